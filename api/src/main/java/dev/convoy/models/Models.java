package dev.convoy.models;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Loads models with whichever importers are on the class path. */
public final class Models {

    private Models() {}

    /**
     * Loads a model.
     *
     * @throws ImportException if the file is missing, no importer reads it, or it has problems; lists all of them
     */
    public static Model load(Path path) {
        return load(ModelSource.of(path), ImportOptions.defaults());
    }

    /**
     * Loads a model.
     *
     * @throws ImportException if a file is missing, no importer reads it, or it has problems; lists all of them
     */
    public static Model load(ModelSource source, ImportOptions options) {
        return importer(source).load(source, options);
    }

    /**
     * Everything that stands in the way of loading a model, without loading it.
     *
     * @throws ImportException if a file is missing or no importer reads it
     */
    public static ImportReport inspect(ModelSource source, ImportOptions options) {
        return importer(source).inspect(source, options);
    }

    /**
     * Writes or replaces a file in the format that its ending names.
     *
     * @throws ExportException if no exporter on the class path writes such files, or writing fails
     */
    public static void save(Model model, Path path) {
        save(model, path, ExportOptions.defaults());
    }

    /**
     * Writes or replaces a file in the format that its ending names.
     *
     * @throws ExportException if no exporter on the class path writes such files, or writing fails
     */
    public static void save(Model model, Path path, ExportOptions options) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new ExportException("Cannot write '" + path + "': there is no folder '" + folder
                    + "'. Remedy: make it, or name another");
        }
        if (Files.isDirectory(path)) {
            throw new ExportException("Cannot write '" + path + "': it is a folder. Remedy: name a file in it");
        }
        String name = path.getFileName() == null ? "" : path.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        List<ModelExporter> exporters = found(ModelExporter.class);
        exporters.stream()
                .filter(e -> e.extensions().contains(extension))
                .findFirst()
                .orElseThrow(
                        () -> new ExportException("No exporter on the class path writes '" + path + "'; there are: "
                                + exporters.stream()
                                        .flatMap(e -> e.extensions().stream())
                                        .sorted()
                                        .map(e -> "." + e)
                                        .collect(Collectors.joining(", "))
                                + ". Remedy: "
                                + (exporters.isEmpty()
                                        ? "add convoy-importer-keras or convoy-importer-onnx"
                                        : "use one of these endings")))
                .save(model, path, options);
    }

    private static ModelImporter importer(ModelSource source) {
        for (Path path :
                source.weights() == null ? List.of(source.model()) : List.of(source.model(), source.weights())) {
            if (!Files.exists(path)) {
                throw ImportException.of(path.toString(), "missing", "there is no such file", "check the path");
            }
        }
        List<ModelImporter> importers = importers();
        return importers.stream()
                .filter(i -> i.accepts(source))
                .findFirst()
                .orElseThrow(() -> ImportException.of(
                        source.model().toString(),
                        "unknown",
                        "no importer on the class path reads it; there are: "
                                + importers.stream().map(ModelImporter::formats).collect(Collectors.joining(", ")),
                        importers.isEmpty()
                                ? "add convoy-importer-keras or convoy-importer-onnx"
                                : "convert it to one of these formats"));
    }

    private static List<ModelImporter> importers() {
        return found(ModelImporter.class);
    }

    private static <T> List<T> found(Class<T> service) {
        List<T> found = new ArrayList<>();
        for (ServiceLoader.Provider<T> provider :
                ServiceLoader.load(service).stream().toList()) {
            try {
                found.add(provider.get());
            } catch (ServiceConfigurationError | LinkageError e) {
                System.getLogger(Models.class.getName())
                        .log(System.Logger.Level.WARNING, provider.type().getName() + " failed to load", e);
            }
        }
        return found;
    }
}
