package dev.convoy.conformance.report;

import dev.convoy.conformance.CheckResult;
import dev.convoy.conformance.ConformanceReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The XML that build servers read, in the form of Ant's and Surefire's JUnit reports. */
public final class JUnitXml {

    private JUnitXml() {}

    /**
     * @param out is not closed
     * @throws XMLStreamException if it cannot be written
     */
    public static void write(ConformanceReport report, Writer out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "conformance of " + report.backend());
        xml.writeAttribute("tests", Integer.toString(report.results().size()));
        xml.writeAttribute("failures", Long.toString(report.failed()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(report.skipped()));
        Duration total = report.results().stream().map(CheckResult::time).reduce(Duration.ZERO, Duration::plus);
        xml.writeAttribute("time", seconds(total));
        for (CheckResult result : report.results()) {
            write(result, xml);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private static void write(CheckResult result, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.check().rule());
        xml.writeAttribute("name", result.check().id());
        xml.writeAttribute("time", seconds(result.time()));
        switch (result.status()) {
            case PASSED -> {}
            case FAILED -> {
                xml.writeStartElement("failure");
                xml.writeAttribute("message", legal(result.detail()));
                xml.writeCharacters(legal(trace(result)));
                xml.writeEndElement();
            }
            case SKIPPED -> {
                xml.writeStartElement("skipped");
                xml.writeAttribute("message", legal(result.detail()));
                xml.writeEndElement();
            }
        }
        String erratum = result.check().erratum();
        if (erratum != null) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(legal(erratum));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String trace(CheckResult result) {
        if (result.cause() == null) {
            return result.detail();
        }
        StringWriter trace = new StringWriter();
        result.cause().printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }

    /** The text without the characters that XML 1.0 cannot hold. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }
}
