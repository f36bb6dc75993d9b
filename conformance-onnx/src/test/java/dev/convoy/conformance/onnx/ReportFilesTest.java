package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.onnx.report.MarkdownPage;
import dev.convoy.conformance.onnx.report.ReportFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ReportFilesTest {

    private static TestResult result(String test, TestStatus status, String reason, String... operators) {
        return new TestResult(
                test, "tests.zip", status, reason, new TreeSet<>(List.of(operators)), Duration.ofMillis(1500));
    }

    private static final OnnxTestReport REPORT = new OnnxTestReport(
            "cpu",
            List.of(
                    result("test_abs", TestStatus.PASSED, "", "Abs"),
                    result("test_abs_2", TestStatus.FAILED, "a | b <c>", "Abs", "Constant"),
                    result("test_magic", TestStatus.UNSUPPORTED, "no magic", "Magic"),
                    result("test_both", TestStatus.UNSUPPORTED, "no magic", "Abs", "Magic")));

    @Test
    void thePageCountsOperatorsAndReasons() {
        assertEquals("""
            # The tests of ONNX on cpu

            | operator | passed | failed | unsupported |
            | --- | ---: | ---: | ---: |
            | (several) | 0 | 0 | 1 |
            | Abs | 1 | 1 | 0 |
            | Magic | 0 | 0 | 1 |

            ## Failed

            | tests | reason |
            | ---: | --- |
            | 1 | a \\| b <c> |

            ## Unsupported

            | tests | reason |
            | ---: | --- |
            | 2 | no magic |

            ## Tests

            | test | result | reason |
            | --- | --- | --- |
            | test_abs | passed |  |
            | test_abs_2 | failed | a \\| b <c> |
            | test_magic | unsupported | no magic |
            | test_both | unsupported | no magic |

            cpu: 1 passed, 1 failed, 2 unsupported
            """, MarkdownPage.of(REPORT));
    }

    @Test
    void machinesReadJsonAndXml(@TempDir Path folder) throws IOException {
        ReportFiles.write(REPORT, folder.resolve("new"));
        JsonNode json =
                new ObjectMapper().readTree(folder.resolve("new/report.json").toFile());
        assertEquals("cpu", json.get("backend").asString());
        assertEquals("a | b <c>", json.get("tests").get(1).get("reason").asString());
        assertEquals(1.5, json.get("tests").get(0).get("seconds").asDouble());
        String xml = Files.readString(folder.resolve("new/report.xml"));
        assertTrue(xml.contains(" tests=\"4\" failures=\"1\" errors=\"0\" skipped=\"2\""), xml);
        assertTrue(xml.contains("<failure message=\"a | b &lt;c"), xml);
    }
}
