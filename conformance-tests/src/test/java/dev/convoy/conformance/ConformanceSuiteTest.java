package dev.convoy.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.CheckResult.Status;
import dev.convoy.conformance.check.Capability;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Profile;
import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.conformance.report.JUnitXml;
import dev.convoy.conformance.report.MarkdownTable;
import dev.convoy.spi.Availability;
import dev.convoy.spi.BackendProvider;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.w3c.dom.Document;

class ConformanceSuiteTest {

    private static final List<ConformanceCheck> CHECKS = ConformanceSuite.checks();
    private static final String PASSING = "required/convolution.C3/groups-2-of-4-channels";
    private static final String WITH_ERRATUM = "required/example.avg_pool2d/avgpool-4x4";

    private static ConformanceCheck check(String id) {
        return CHECKS.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    private static ConformanceReport run(Profile profile, ConformanceCheck... checks) {
        return ConformanceRun.run(new ReferenceProvider(), profile, List.of(checks), result -> {});
    }

    @Test
    void everyDocumentedExampleIsACheckAndSevenHaveErrata() {
        List<ConformanceCheck> examples =
                CHECKS.stream().filter(c -> c.group().equals("example")).toList();
        assertEquals(71, examples.size());
        assertEquals(7, examples.stream().filter(c -> c.erratum() != null).count());
    }

    @Test
    void namesAreMadeOfKindRuleAndCase() {
        for (ConformanceCheck check : CHECKS) {
            assertTrue(
                    check.id().matches("(required|optional)/[a-z0-9_]+\\.[A-Za-z0-9_]+/[a-z0-9_.-]+"), check::toString);
        }
    }

    @Test
    void aKnownFailureThatPassesFails() {
        ConformanceReport report = run(new Profile(Map.of(PASSING, "kernels to be written"), Set.of()), check(PASSING));
        assertEquals("reference: 0 passed, 1 failed, 0 skipped", report.lastLine());
        String detail = report.failures().getFirst().detail();
        assertEquals("passes, but is listed as a known failure: kernels to be written", detail);
    }

    @Test
    void aKnownFailureThatFailsIsSkippedWithItsReason() {
        ConformanceCheck failing = failing();
        Profile profile = new Profile(Map.of(failing.id(), "kernels to be written"), Set.of());
        CheckResult result = run(profile, failing).results().getFirst();
        assertEquals(Status.SKIPPED, result.status());
        assertEquals("known failure: kernels to be written", result.detail());
    }

    private static ConformanceCheck failing() {
        return new ConformanceCheck("required/op.C1/failing", subject -> {
            throw new AssertionError("expected 1 < 2, got | \u0000");
        });
    }

    @Test
    void whatABackendLacksIsSkipped() {
        Profile profile = new Profile(Map.of(), Set.of(Capability.SAME_BITS_FOR_ANY_THREAD_COUNT));
        ConformanceReport report = run(profile, check("required/session.S6/threads-1-2-3"), check(PASSING));
        assertEquals("reference: 1 passed, 0 failed, 1 skipped", report.lastLine());
    }

    @Test
    void anUnavailableBackendSkipsEverythingWithTheReason() {
        BackendProvider provider = Mockito.mock(BackendProvider.class);
        Mockito.when(provider.name()).thenReturn("cuda");
        Mockito.when(provider.availability())
                .thenReturn(new Availability.Unavailable("libcuda.so.1 not found", "install the NVIDIA driver"));
        ConformanceReport report = ConformanceRun.run(provider);
        assertEquals(0, report.passed() + report.failed());
        assertTrue(report.results().getFirst().detail().contains("libcuda.so.1 not found"), report::device);
    }

    @Test
    void theXmlIsWellFormedAndCounts() throws Exception {
        ConformanceReport report = run(Profile.COMPLETE, check(PASSING), check(WITH_ERRATUM), failing());
        StringWriter out = new StringWriter();
        JUnitXml.write(report, out);
        byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
        assertEquals("3", xml.getDocumentElement().getAttribute("tests"));
        assertEquals("1", xml.getDocumentElement().getAttribute("failures"));
        assertEquals(3, xml.getElementsByTagName("testcase").getLength());
        assertEquals(
                "expected 1 < 2, got | ?",
                xml.getElementsByTagName("failure")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("message")
                        .getNodeValue());
        assertTrue(
                xml.getElementsByTagName("system-out").item(0).getTextContent().contains("printed 4.2, follows 3.25"));
    }

    @Test
    void thePageHasTheErrataAndEndsWithTheCounts() {
        ConformanceReport report = run(Profile.COMPLETE, check(PASSING), check(WITH_ERRATUM), failing());
        String page = MarkdownTable.of(report);
        assertTrue(page.contains("| convolution | 1 | 0 | 0 |"), page);
        assertTrue(page.contains("at [0,1] printed 4.2, follows 3.25"), page);
        assertTrue(page.endsWith("reference: 2 passed, 1 failed, 0 skipped\n"), page);
    }
}
