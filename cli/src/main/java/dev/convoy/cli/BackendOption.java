package dev.convoy.cli;

import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The backend that a command runs on. */
final class BackendOption {

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description =
                    "The backend to run on; else convoy.backend, CONVOY_BACKEND, or the best there is ('convoy doctor'"
                            + " lists them).")
    private @Nullable String name;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that the backend may use; else it chooses.")
    private int threads;

    @Nullable
    String name() {
        return name;
    }

    BackendOptions options() {
        return BackendOptions.defaults().withThreads(threads);
    }

    Predictor predictor(Model model) {
        return Predictor.of(model, name, options());
    }
}
