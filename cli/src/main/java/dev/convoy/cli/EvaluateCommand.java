package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.training.ConfusionMatrix;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy evaluate}: how well a classifier does on pictures whose classes are known. */
@Command(
        name = "evaluate",
        description = "Measures loss and accuracy of a classifier on the test pictures of a data set or folder.",
        footer = {
            "",
            "Examples:",
            "  convoy evaluate runs/fashion-mnist/model.keras --data fashion-mnist",
            "  convoy evaluate keras_model.h5 --labels labels.txt --data pictures/ --out report"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--data",
            required = true,
            paramLabel = "NAME|DIR",
            description = "fashion-mnist, mnist, cifar10, a folder with the files of one of these, or a folder, .zip or"
                    + " .tar.gz with a sub-folder of pictures for each class.")
    private String data;

    @Option(names = "--offline", description = "Download nothing.")
    private boolean offline;

    @Option(
            names = "--labels",
            paramLabel = "FILE",
            description = "Class names in the order of the model's outputs; default: what the model says, else the"
                    + " sub-folders in the order of their names.")
    private @Nullable Path labels;

    @Option(
            names = "--preprocess",
            paramLabel = "NAME",
            completionCandidates = PreprocessingNames.class,
            description = "What was done to pictures in training: ${COMPLETION-CANDIDATES}; default as for predict.")
    private @Nullable String preprocess;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "32",
            description = "Pictures at once, unless the model's file fixes it; default ${DEFAULT-VALUE}.")
    private int batch;

    @Option(names = "--out", paramLabel = "DIR", description = "Write confusion.svg, mistakes.html and metrics.json.")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace what is in --out.")
    private boolean force;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private final BackendOption backend = new BackendOption();

    private final Terminal terminal;

    @Inject
    EvaluateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** A model and the pictures as it takes them. */
    private record Test(Model model, Dataset data) {}

    @Override
    public Integer call() throws IOException {
        if (batch < 1) {
            throw new UserError("--batch is at least 1, got " + batch);
        }
        RunFolder folder = out == null ? null : new RunFolder(out);
        if (folder != null) {
            folder.check(force);
        }
        Model loaded = model.load();
        int count = Networks.classes(loaded);
        List<String> known = labels == null ? loaded.labels() : Labels.read(labels);
        if (!known.isEmpty() && known.size() != count) {
            throw new UserError("The model tells " + count + " classes apart, there are " + known.size()
                    + " labels. Remedy: give one label for each class, in order");
        }
        Test test = test(loaded, known);
        List<String> classes = classes(known, test.data(), count);
        Assessment assessment = Assessment.of(
                Networks.withProbabilities(test.model()),
                test.data(),
                classes,
                Networks.fixedBatch(loaded).orElse(batch),
                backend);
        if (folder != null) {
            folder.open(false);
            assessment.write(folder);
            folder.writeJson(RunFolder.Item.METRICS, figures(assessment));
        }
        terminal.out().println(json ? RunFolder.json(figures(assessment)) : assessment.toString());
        return 0;
    }

    private Test test(Model loaded, List<String> known) throws IOException {
        Optional<Dataset> named = named();
        boolean exact = preprocess == null && loaded.preprocessing().isEmpty();
        if (named.isPresent() && exact) {
            Optional<Model> fitted = Networks.fitted(loaded, named.get().input());
            if (fitted.isPresent()) {
                return new Test(fitted.get(), named.get());
            }
        }
        ImageInput input = ImageInput.of(loaded, preprocess);
        if (input.guessed()) {
            terminal.err()
                    .println("convoy: images are prepared by '"
                            + input.preprocessing().name() + "', a guess; --preprocess names another");
        }
        if (named.isPresent()) {
            return new Test(loaded, input.dataset(named.get()));
        }
        return new Test(loaded, input.arranged(FolderPictures.test(Path.of(data), input.preprocessing(), known)));
    }

    /** The test pictures of a data set with a name: this name, or a folder with its files. */
    private Optional<Dataset> named() throws IOException {
        Optional<NamedPictures> named = NamedPictures.of(data);
        if (named.isPresent()) {
            return Optional.of(named.get().test(null, offline, terminal));
        }
        Path folder = Path.of(data);
        if (!Files.exists(folder)) {
            throw new UserError("There is no data set and no folder '" + data + "'. Remedy: take one of "
                    + String.join(", ", NamedPictures.names())
                    + ", or a folder with a sub-folder of pictures for each class");
        }
        return NamedPictures.inFolder(folder);
    }

    private static List<String> classes(List<String> known, Dataset data, int count) {
        List<String> names = known.isEmpty() ? data.classNames() : known;
        if (names.isEmpty()) {
            return IntStream.range(0, count).mapToObj(Integer::toString).toList();
        }
        if (names.size() != count) {
            throw new UserError("The model tells " + count + " classes apart, the pictures are of " + names.size()
                    + " (" + String.join(", ", names) + "). Remedy: name the model's classes in order with --labels");
        }
        return names;
    }

    private Map<String, Object> figures(Assessment assessment) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("test_accuracy", assessment.accuracy());
        figures.put("test_loss", assessment.loss());
        figures.put("model", model.path().toString());
        figures.put("data", data);
        figures.put("test_pictures", assessment.evaluation().samples());
        figures.put("backend", assessment.evaluation().backend());
        figures.put("seconds", assessment.evaluation().seconds());
        ConfusionMatrix matrix = assessment.matrix();
        List<Map<String, Object>> classes = new ArrayList<>();
        for (int i = 0; i < matrix.classes(); i++) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", assessment.classes().get(i));
            one.put("pictures", matrix.support(i));
            one.put("precision", orNull(matrix.precision(i)));
            one.put("recall", orNull(matrix.recall(i)));
            classes.add(one);
        }
        figures.put("classes", classes);
        figures.put("confusion", matrix.rows());
        return figures;
    }

    /** JSON has no NaN. */
    private static @Nullable Double orNull(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
