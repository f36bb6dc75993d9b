package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every test of single operators, and well-known networks, on each backend. */
@Tag("slow")
class AllNodeTestsTest {

    @Test
    void failsNothingButWhatIsKnown() throws Exception {
        try (TestArchive nodes = TestArchive.open(SharedData.of("onnx/onnx-node-tests.zip"));
                TestArchive models = TestArchive.open(SharedData.of("onnx/onnx-model-tests.zip"))) {
            TestSets sets = new TestSets();
            List<OnnxTest> tests = new ArrayList<>(OnnxTests.find(nodes));
            assertEquals(1802, tests.size());
            sets.add("all single operators", tests);
            List<OnnxTest> light = OnnxTests.find(models).stream()
                    .filter(TestSets.below("light"))
                    .toList();
            assertEquals(9, light.size());
            sets.add("`light`", light);
            tests.addAll(light);
            SequencedMap<String, OnnxTestReport> reports = new LinkedHashMap<>();
            for (String backend : BackendsUnderTest.NAMES) {
                OnnxTestReport report = OnnxTestRun.run(
                        BackendsUnderTest.provider(backend), tests, OnnxTestOptions.defaults(), result -> {});
                System.out.println(report.lastLine());
                assertEquals(List.of(), KnownFailures.of(backend).unexpected(report.results()));
                reports.put(backend, report);
            }
            OnnxPage.hold("all", sets.markdown(reports));
        }
    }
}
