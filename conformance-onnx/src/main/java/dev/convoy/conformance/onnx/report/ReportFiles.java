package dev.convoy.conformance.onnx.report;

import dev.convoy.conformance.onnx.OnnxTestReport;
import dev.convoy.data.AtomicFiles;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.stream.XMLStreamException;

/** Writes a report in all its forms. */
public final class ReportFiles {

    private ReportFiles() {}

    /**
     * Writes or replaces {@code report.json}, {@code report.md} and {@code report.xml}.
     *
     * @param folder is made if it is not there
     * @return the files
     */
    public static List<Path> write(OnnxTestReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path json = text(folder.resolve("report.json"), JsonFile.of(report));
        Path markdown = text(folder.resolve("report.md"), MarkdownPage.of(report));
        Path xml = folder.resolve("report.xml");
        AtomicFiles.write(xml, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            try {
                JUnitFile.write(report, writer);
            } catch (XMLStreamException e) {
                throw new IOException("'" + xml + "' cannot be written: " + e.getMessage(), e);
            }
            writer.flush();
        });
        return List.of(json, markdown, xml);
    }

    private static Path text(Path file, String text) throws IOException {
        AtomicFiles.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        return file;
    }
}
