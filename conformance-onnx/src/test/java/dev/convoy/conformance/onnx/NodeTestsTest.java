package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The tests of single operators that concern CNN inference, and all of older operator versions, on each backend;
 * {@code -Donnx.docs=write} writes the table of {@code docs/onnx.md}.
 */
class NodeTestsTest {

    private static final String BEGIN = "<!-- operators: written by NodeTestsTest -->\n";
    private static final String END = "<!-- end of operators -->\n";
    private static final List<String> BACKENDS = BackendsUnderTest.NAMES;

    private static final Map<String, OnnxTestReport> REPORTS = new LinkedHashMap<>();

    private static OnnxTestReport report(String backend) throws IOException, InterruptedException {
        OnnxTestReport known = REPORTS.get(backend);
        if (known != null) {
            return known;
        }
        Path newest = SharedData.of("onnx/onnx-node-tests.zip");
        Path older = SharedData.of("onnx/onnx-node-tests-older-opsets.zip");
        Path names = SharedData.of("onnx/node-tests-cnn.txt");
        try (TestArchive newestTests = TestArchive.open(newest);
                TestArchive olderTests = TestArchive.open(older)) {
            List<OnnxTest> tests = new ArrayList<>(OnnxTests.find(newestTests).stream()
                    .filter(Selection.of("@" + names))
                    .toList());
            tests.addAll(OnnxTests.find(olderTests));
            assertEquals(1123 + 702, tests.size(), "tests of the two archives");
            OnnxTestReport report = OnnxTestRun.run(
                    BackendsUnderTest.provider(backend), tests, OnnxTestOptions.defaults(), result -> {});
            System.out.println(report.lastLine());
            REPORTS.put(backend, report);
            return report;
        }
    }

    @ParameterizedTest
    @FieldSource("BACKENDS")
    void failsNothingButWhatIsKnown(String backend) throws Exception {
        OnnxTestReport report = report(backend);
        assertEquals(List.of(), KnownFailures.of(backend).unexpected(report.results()));
        assertTrue(report.count(TestStatus.PASSED) >= 700, report::lastLine);
    }

    @Test
    void theDocumentSaysWhichOperatorsRun() throws Exception {
        SequencedMap<String, OnnxTestReport> reports = new LinkedHashMap<>();
        for (String backend : BACKENDS) {
            reports.put(backend, report(backend));
        }
        Path page = Path.of(System.getProperty("convoy.root"), "docs", "onnx.md");
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        assertTrue(begin >= BEGIN.length() && end >= begin, page + " has no place for the operators");
        String current = text.substring(0, begin) + "\n" + OperatorTable.markdown(reports) + "\n" + text.substring(end);
        if (System.getProperty("onnx.docs", "").equals("write")) {
            Path written = Files.writeString(page.resolveSibling("onnx.md.new"), current);
            Files.move(written, page, StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        assertEquals(current, text, page + " is stale; CONTRIBUTING.md says how to write it");
    }
}
