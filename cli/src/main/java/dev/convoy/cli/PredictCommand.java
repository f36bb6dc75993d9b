package dev.convoy.cli;

import dev.convoy.data.Image;
import dev.convoy.models.Model;
import dev.convoy.models.Prediction;
import dev.convoy.models.Predictor;
import dev.convoy.models.Scored;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy predict}: which classes a classifier sees in images. */
@Command(
        name = "predict",
        description = "Classifies images and prints the most likely classes of each.",
        footer = {
            "",
            "Example, with what Teachable Machine exports:",
            "  convoy predict keras_model.h5 cat.jpg --labels labels.txt"
        })
final class PredictCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "PNG, JPEG, GIF or BMP files.")
    private List<Path> images = List.of();

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = {
                "Class names: one a line, numbered or not, or Teachable Machine's metadata.json.",
                "Default: those in the model's file, if it has any."
            })
    private @Nullable Path labels;

    @Option(
            names = "--top",
            paramLabel = "K",
            defaultValue = "5",
            description = "Classes to print; default ${DEFAULT-VALUE}.")
    private int top;

    @Option(
            names = "--preprocess",
            paramLabel = "NAME",
            completionCandidates = PreprocessingNames.class,
            description = {
                "What was done to images in training: ${COMPLETION-CANDIDATES}.",
                "Default: what the model says; else teachable-machine for 224x224 colour images, unit for others."
            })
    private @Nullable String preprocess;

    @Mixin
    private final BackendOption backend = new BackendOption();

    private final Terminal terminal;
    private final Failures failures;

    @Inject
    PredictCommand(Terminal terminal, Failures failures) {
        this.terminal = terminal;
        this.failures = failures;
    }

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UserError("--top is at least 1, got " + top);
        }
        List<String> given = labels == null ? List.of() : Labels.read(labels);
        Model loaded = model.load();
        List<String> names = labels == null ? loaded.labels() : given;
        ImageInput input = ImageInput.of(loaded, preprocess);
        if (loaded.outputs().size() != 1) {
            throw new UserError("Model '" + loaded.name() + "' has outputs "
                    + loaded.outputs().keySet() + ", predict works on models with one. Remedy: use 'convoy run'");
        }
        if (input.guessed()) {
            terminal.err()
                    .println("convoy: images are prepared by '"
                            + input.preprocessing().name() + "', a guess; --preprocess names another");
        }
        int status = 0;
        Model classifier = Networks.classesIfAny(loaded).isPresent() ? Networks.withProbabilities(loaded) : loaded;
        try (Predictor predictor = backend.predictor(classifier).withLabels(names)) {
            for (Path image : images) {
                try {
                    print(
                            image,
                            predictor.classify(input.tensor(Image.read(image))).getFirst());
                } catch (IOException e) {
                    status = failures.report(e);
                }
            }
        }
        return status;
    }

    private void print(Path image, Prediction prediction) {
        terminal.out().println(image);
        for (Scored scored : prediction.top(top)) {
            terminal.out().printf(Locale.ROOT, "  %6.2f %%  %s%n", 100 * scored.probability(), scored.label());
        }
    }
}
