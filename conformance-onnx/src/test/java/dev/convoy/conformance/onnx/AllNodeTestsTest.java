package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every test of single operators, and the small and light models, on each backend. */
@Tag("slow")
class AllNodeTestsTest {

    private static final List<String> BACKENDS = BackendsUnderTest.NAMES;

    @ParameterizedTest
    @FieldSource("BACKENDS")
    void failsNothingButWhatIsKnown(String backend) throws IOException, InterruptedException {
        try (TestArchive nodes = TestArchive.open(SharedData.of("onnx/onnx-node-tests.zip"));
                TestArchive models = TestArchive.open(SharedData.of("onnx/onnx-model-tests.zip"))) {
            List<OnnxTest> tests = new ArrayList<>(OnnxTests.find(nodes));
            tests.addAll(OnnxTests.find(models));
            assertEquals(1802 + 149, tests.size(), "tests of the two archives");
            OnnxTestReport report = OnnxTestRun.run(
                    BackendsUnderTest.provider(backend), tests, OnnxTestOptions.defaults(), result -> {});
            System.out.println(report.lastLine());
            assertEquals(List.of(), KnownFailures.of(backend).unexpected(report.results()));
        }
    }
}
