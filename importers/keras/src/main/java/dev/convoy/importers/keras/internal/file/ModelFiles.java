package dev.convoy.importers.keras.internal.file;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.Json;
import dev.convoy.importers.keras.internal.config.Usage;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Attribute;
import dev.convoy.importers.keras.internal.hdf5.Hdf5File;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Group;
import dev.convoy.importers.keras.internal.hdf5.Hdf5Limits;
import dev.convoy.models.ModelSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * The parts of a Keras model, opened.
 *
 * @param format what kind of file it is, with the version
 * @param version the Keras that wrote it
 * @param backend {@code tensorflow}, {@code theano} and so on, or empty
 * @param architecture the JSON of the model
 * @param weights the HDF5 file with the weights
 * @param usage what Convoy has written beside them
 */
public record ModelFiles(
        String format, KerasVersion version, String backend, JsonNode architecture, Hdf5File weights, Usage usage)
        implements AutoCloseable {

    private static final Usage NO_USAGE = new Usage(List.of(), null);

    private static final long CONFIG_BYTES = 128_000_000;
    private static final String NO_ARCHITECTURE = "it holds weights only: the architecture is missing";
    private static final String GIVE_ARCHITECTURE = "give the architecture too, the JSON of model.to_json() "
            + "(new ModelSource(json, weights)), or save the whole model with model.save(\"model.keras\")";

    /**
     * Opens a model.
     *
     * @throws IOException if a file cannot be read
     * @throws FormatException if it is no Keras model, or damaged
     */
    public static ModelFiles open(ModelSource source) throws IOException {
        Path model = source.model();
        Path weights = source.weights();
        FileKind kind = readable(model);
        if (weights != null) {
            FileKind weightsKind = readable(weights);
            boolean swapped = kind == FileKind.HDF5 && weightsKind == FileKind.JSON;
            return pair(swapped ? weights : model, swapped ? model : weights);
        }
        return switch (kind) {
            case HDF5 -> whole(Hdf5File.open(model, Hdf5Limits.defaults()));
            case ZIP -> archive(model);
            case UNPACKED_KERAS -> unpacked(model);
            case JSON -> throw jsonAlone(model);
            default -> throw kind.refusal();
        };
    }

    private static FileKind readable(Path path) throws IOException {
        FileKind kind = FileKind.of(path);
        if (!kind.isReadable()) {
            throw kind.refusal();
        }
        return kind;
    }

    private static ModelFiles whole(Hdf5File file) {
        return closingOnFailure(file, () -> {
            Hdf5Group root = file.root();
            JsonNode architecture = Json.parse(
                    "model_config",
                    attribute(root, "model_config")
                            .orElseThrow(() -> new FormatException(NO_ARCHITECTURE, GIVE_ARCHITECTURE)));
            KerasVersion version =
                    attribute(root, "keras_version").map(KerasVersion::parse).orElse(KerasVersion.UNKNOWN);
            String backend = attribute(root, "backend").orElse("");
            return new ModelFiles("Keras " + version + " HDF5", version, backend, architecture, file, NO_USAGE);
        });
    }

    private static ModelFiles archive(Path path) throws IOException {
        try (KerasArchive archive = KerasArchive.open(path)) {
            String config = archive.text("config.json", CONFIG_BYTES)
                    .orElseThrow(() -> new FormatException(
                            archive.has("data.pkl") || archive.has("archive/data.pkl")
                                    ? "it is a PyTorch file, not a Keras one"
                                    : "it is a zip file without config.json, so no .keras file",
                            "save the model with model.save(\"model.keras\")"));
            String metadata = archive.text("metadata.json", CONFIG_BYTES).orElse("{}");
            byte[] weights = archive.bytes(
                            "model.weights.h5", Hdf5Limits.defaults().bytes() / 2)
                    .orElseThrow(() -> new FormatException(
                            "the .keras file has no model.weights.h5, so no weights",
                            "save the model anew with model.save(\"model.keras\")"));
            JsonNode architecture = Json.parse("config.json", config);
            Usage usage = usage(archive.text(Usage.ENTRY, CONFIG_BYTES));
            Hdf5File file = Hdf5File.of("model.weights.h5", weights, Hdf5Limits.defaults());
            return ofKeras3("zip", architecture, metadata, file, usage);
        }
    }

    private static ModelFiles unpacked(Path folder) throws IOException {
        JsonNode architecture = Json.parse("config.json", text(folder.resolve("config.json")));
        Path metadata = folder.resolve("metadata.json");
        Path beside = folder.resolve(Usage.ENTRY);
        Usage usage = usage(Files.exists(beside) ? Optional.of(text(beside)) : Optional.empty());
        Hdf5File file = Hdf5File.open(folder.resolve("model.weights.h5"), Hdf5Limits.defaults());
        String versions = Files.exists(metadata) ? text(metadata) : "{}";
        return closingOnFailure(file, () -> ofKeras3("unpacked .keras", architecture, versions, file, usage));
    }

    private static Usage usage(Optional<String> json) {
        return json.map(text -> Usage.read(Json.parse(Usage.ENTRY, text))).orElse(NO_USAGE);
    }

    private static ModelFiles ofKeras3(
            String what, JsonNode architecture, String metadata, Hdf5File weights, Usage usage) {
        JsonNode version = Json.parse("metadata.json", metadata).path("keras_version");
        KerasVersion keras =
                version.isString() ? KerasVersion.parse(version.stringValue()) : new KerasVersion("3", 3, 0);
        return new ModelFiles("Keras " + keras + " " + what, keras, "", architecture, weights, usage);
    }

    private static ModelFiles pair(Path json, Path weights) throws IOException {
        FileKind kind = FileKind.of(json);
        if (kind != FileKind.JSON) {
            throw new FormatException(
                    "with weights in a second file, the first must be the architecture's JSON; it is: " + kind.label(),
                    "give the JSON of model.to_json() and the weights, or one whole model");
        }
        JsonNode architecture = Json.parse(String.valueOf(json.getFileName()), text(json));
        refuseTensorFlowJs(architecture);
        if (FileKind.of(weights) != FileKind.HDF5) {
            throw new FormatException(
                    "the weights are no HDF5 file but: " + FileKind.of(weights).label(),
                    "save them with model.save_weights(\"model.weights.h5\")");
        }
        Hdf5File file = Hdf5File.open(weights, Hdf5Limits.defaults());
        return closingOnFailure(file, () -> {
            Optional<String> inWeights = attribute(file.root(), "keras_version");
            String text = architecture.path("keras_version").asString(inWeights.orElse(""));
            boolean recent = text.isEmpty() && architecture.has("module");
            KerasVersion version = recent ? new KerasVersion("3", 3, 0) : KerasVersion.parse(inWeights.orElse(text));
            String backend = attribute(file.root(), "backend")
                    .orElse(architecture.path("backend").asString(""));
            return new ModelFiles(
                    "Keras " + version + " JSON and weights", version, backend, architecture, file, NO_USAGE);
        });
    }

    private static FormatException jsonAlone(Path path) throws IOException {
        JsonNode json = Json.parse(String.valueOf(path.getFileName()), text(path));
        refuseTensorFlowJs(json);
        return json.has("class_name")
                ? new FormatException(
                        "it is the architecture alone, without weights",
                        "give the weights too (new ModelSource(json, weights)), or save the whole model with"
                                + " model.save(\"model.keras\")")
                : new FormatException(
                        "the JSON is no Keras architecture: it has no class_name",
                        "write it with model.to_json(), or save the whole model with model.save(\"model.keras\")");
    }

    private static void refuseTensorFlowJs(JsonNode json) {
        boolean manifest = json.has("weightsManifest") || json.has("modelTopology");
        if (manifest && json.path("format").asString("").equals("graph-model")
                || json.path("modelTopology").has("node")) {
            throw new FormatException(
                    "it is a TensorFlow.js graph model, which holds TensorFlow operations and no Keras layers",
                    "save the Keras model that it was made from: model.save(\"model.keras\")");
        }
        if (manifest) {
            throw new FormatException(
                    "it is a TensorFlow.js layers model, which is not read",
                    "in Python: tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras"
                            + " model.json model.h5");
        }
    }

    private static String text(Path path) throws IOException {
        if (Files.size(path) > CONFIG_BYTES) {
            throw new FormatException(path.getFileName() + " has more than " + CONFIG_BYTES + " bytes", "");
        }
        String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Optional<String> attribute(Hdf5Group group, String name) {
        return group.attribute(name).map(Hdf5Attribute::string);
    }

    private static ModelFiles closingOnFailure(Hdf5File file, Supplier<ModelFiles> opening) {
        try {
            return opening.get();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
