package dev.convoy.models;

import java.nio.file.Path;
import java.util.Set;

/**
 * Writes models in one file format. Found by {@link java.util.ServiceLoader}: list the class in
 * {@code META-INF/services/dev.convoy.models.ModelExporter}.
 */
public interface ModelExporter {

    /** The endings of the files it writes, without the dot: {@code onnx}. */
    Set<String> extensions();

    /**
     * Writes or replaces a file; nobody ever sees half of one.
     *
     * @throws ExportException if the format cannot hold the model, or writing fails
     */
    void save(Model model, Path path, ExportOptions options);
}
