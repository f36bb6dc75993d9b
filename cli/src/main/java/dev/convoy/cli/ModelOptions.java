package dev.convoy.cli;

import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import java.nio.file.Path;
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

    Path path() {
        return model;
    }

    ModelSource source() {
        return new ModelSource(model, weights);
    }

    Model load() {
        return Models.load(source(), ImportOptions.defaults());
    }
}
