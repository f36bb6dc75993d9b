package dev.convoy.cli;

import dev.convoy.data.Npy;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command works on. */
final class ModelOptions {

    @SuppressWarnings("NullAway.Init")
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            description = "Model file: Keras .keras or .h5, or what another importer reads.")
    private Path model;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "The weights, where MODEL holds the architecture alone.")
    private @Nullable Path weights;

    @Option(
            names = "--pin",
            paramLabel = "INPUT=FILE.npy",
            description = "The value of an input that has to be known when an ONNX file is loaded, a shape for example;"
                    + " the model does not have this input then.")
    private Map<String, Path> pinned = Map.of();

    Path path() {
        return model;
    }

    ModelSource source() {
        return new ModelSource(model, weights);
    }

    /**
     * The values that inputs are pinned to.
     *
     * @throws IOException if one cannot be read
     */
    ImportOptions importOptions() throws IOException {
        ImportOptions options = ImportOptions.defaults();
        for (Map.Entry<String, Path> pin : pinned.entrySet()) {
            options = options.pinned(pin.getKey(), Npy.read(pin.getValue()));
        }
        return options;
    }

    Model load() throws IOException {
        Model loaded = Models.load(source(), importOptions());
        for (String name : pinned.keySet()) {
            if (loaded.inputs().containsKey(name)) {
                throw new UserError("Input '" + name + "' cannot be pinned, only those of ONNX files can. Remedy: leave"
                        + " --pin out");
            }
        }
        return loaded;
    }
}
