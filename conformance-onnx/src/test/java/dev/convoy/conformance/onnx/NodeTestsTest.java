package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The tests of single operators that concern CNN inference, all of older operator versions, and the small models of PyTorch,
 * on each backend; {@code -Donnx.docs=write} writes the tables of {@code docs/onnx.md}.
 */
class NodeTestsTest {

    private static final List<String> BACKENDS = BackendsUnderTest.NAMES;

    private static final Map<String, OnnxTestReport> REPORTS = new LinkedHashMap<>();
    private static final TestSets SETS = new TestSets();
    private static final List<OnnxTest> TESTS = new ArrayList<>();
    private static final Set<TestSets.Place> OPERATOR_TESTS = new HashSet<>();
    private static final List<TestArchive> ARCHIVES = new ArrayList<>();

    private static List<OnnxTest> find(String archive) throws IOException {
        TestArchive opened = TestArchive.open(SharedData.of(archive));
        ARCHIVES.add(opened);
        return OnnxTests.find(opened);
    }

    @BeforeAll
    static void findTests() throws IOException {
        List<OnnxTest> newest = find("onnx/onnx-node-tests.zip").stream()
                .filter(Selection.of("@" + SharedData.of("onnx/node-tests-cnn.txt")))
                .toList();
        List<OnnxTest> older = find("onnx/onnx-node-tests-older-opsets.zip");
        TESTS.addAll(newest);
        TESTS.addAll(older);
        assertEquals(1123 + 702, TESTS.size(), "tests of the two archives");
        OPERATOR_TESTS.addAll(TestSets.places(TESTS));
        SETS.add("single operators of CNN inference", newest);
        SETS.add(
                "those of them without float8, float4, int4, uint4, int2, uint2",
                TestSets.withoutSmallTypes(newest, SharedData.of("onnx/tests-manifest.tsv")));
        SETS.add("older versions of the operators", older);
        List<OnnxTest> models = find("onnx/onnx-model-tests.zip");
        for (String set : List.of("pytorch-converted", "pytorch-operator", "simple")) {
            List<OnnxTest> tests = models.stream().filter(TestSets.below(set)).toList();
            SETS.add('`' + set + '`', tests);
            TESTS.addAll(tests);
        }
    }

    @AfterAll
    static void close() throws IOException {
        for (TestArchive archive : ARCHIVES) {
            archive.close();
        }
    }

    private static OnnxTestReport report(String backend) throws InterruptedException {
        OnnxTestReport known = REPORTS.get(backend);
        if (known != null) {
            return known;
        }
        OnnxTestReport report =
                OnnxTestRun.run(BackendsUnderTest.provider(backend), TESTS, OnnxTestOptions.defaults(), result -> {});
        System.out.println(report.lastLine());
        REPORTS.put(backend, report);
        return report;
    }

    @ParameterizedTest
    @FieldSource("BACKENDS")
    void failsNothingButWhatIsKnown(String backend) throws Exception {
        OnnxTestReport report = report(backend);
        assertEquals(List.of(), KnownFailures.of(backend).unexpected(report.results()));
        assertTrue(report.count(TestStatus.PASSED) >= 700, report::lastLine);
    }

    @Test
    void theDocumentSaysWhatPasses() throws Exception {
        SequencedMap<String, OnnxTestReport> reports = new LinkedHashMap<>();
        SequencedMap<String, OnnxTestReport> ofOperators = new LinkedHashMap<>();
        for (String backend : BACKENDS) {
            reports.put(backend, report(backend));
            ofOperators.put(backend, TestSets.part(report(backend), OPERATOR_TESTS));
        }
        OnnxPage.hold("sets", SETS.markdown(reports));
        OnnxPage.hold("operators", OperatorTable.markdown(ofOperators));
    }
}
