package dev.convoy.conformance.onnx.report;

import dev.convoy.conformance.onnx.OnnxTestReport;
import dev.convoy.conformance.onnx.TestResult;
import dev.convoy.conformance.onnx.TestStatus;
import java.io.Writer;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A report in the form of Ant's and Surefire's JUnit reports; what is unsupported is skipped. */
public final class JUnitFile {

    private JUnitFile() {}

    /**
     * @param out is not closed
     * @throws XMLStreamException if it cannot be written
     */
    public static void write(OnnxTestReport report, Writer out) throws XMLStreamException {
        XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "tests of ONNX on " + report.backend());
        xml.writeAttribute("tests", Integer.toString(report.results().size()));
        xml.writeAttribute("failures", Long.toString(report.count(TestStatus.FAILED)));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(report.count(TestStatus.UNSUPPORTED)));
        for (TestResult result : report.results()) {
            write(result, xml);
        }
        xml.writeCharacters("\n");
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.flush();
    }

    private static void write(TestResult result, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", legal(result.archive()));
        xml.writeAttribute("name", legal(result.test()));
        xml.writeAttribute(
                "time", String.format(Locale.ROOT, "%.3f", result.time().toNanos() / 1e9));
        switch (result.status()) {
            case PASSED -> {}
            case FAILED -> message("failure", result, xml);
            case UNSUPPORTED -> message("skipped", result, xml);
        }
        xml.writeEndElement();
    }

    private static void message(String element, TestResult result, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeEmptyElement(element);
        xml.writeAttribute("message", legal(result.reason()));
    }

    /** The text without the characters that XML 1.0 cannot hold. */
    private static String legal(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]", "?");
    }
}
