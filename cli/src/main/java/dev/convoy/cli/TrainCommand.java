package dev.convoy.cli;

import dev.convoy.models.Model;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.CsvLogger;
import dev.convoy.training.EarlyStopping;
import dev.convoy.training.Metrics;
import dev.convoy.training.Optimizer;
import dev.convoy.training.ProgressLine;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code convoy train}: teaches a network the classes of pictures. */
@Command(
        name = "train",
        sortOptions = false,
        description = {
            "Trains a classifier of pictures and writes the model, with a report of the training, into a folder.",
            "",
            "The test pictures are used once, at the end. --validation holds out training pictures, on which loss and"
                    + " accuracy are measured after each epoch.",
        },
        footer = {
            "",
            "Examples:",
            "  convoy train fashion-mnist",
            "  convoy train mnist --model lenet5 --epochs 3 --out runs/digits",
            "  convoy train pictures/ --size 64x64 --validation 0.1 --augment flip,shift",
            "  convoy train fashion-mnist --resume"
        })
final class TrainCommand implements Callable<Integer> {

    private static final int EPOCHS = 10;
    private static final int BATCH_SIZE = 32;

    @SuppressWarnings("NullAway.Init")
    @Parameters(
            index = "0",
            paramLabel = "DATA",
            description =
                    "fashion-mnist, mnist, cifar10, or a folder, .zip or .tar.gz with a sub-folder of pictures for"
                            + " each class, or with these in 'train' and 'test'.")
    private String data;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the files of a data set with a name are; default: they are downloaded once.")
    private @Nullable Path files;

    @Option(names = "--offline", description = "Download nothing.")
    private boolean offline;

    @Mixin
    private final FolderPictures folderPictures = new FolderPictures();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = {
                "fashion-mnist, lenet5, mnist, cifar10, or a model file, whose training goes on.",
                "Default: the network of that name, lenet5 for mnist; for a folder a small one for its pictures."
            })
    private @Nullable String model;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "How often all pictures are seen; default 10, for fashion-mnist 5.")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Pictures per step; default 32, for mnist 128.")
    private @Nullable Integer batch;

    @Mixin
    private final OptimizerOptions optimizers = new OptimizerOptions();

    @Mixin
    private final AugmentOption augment = new AugmentOption();

    @Option(
            names = "--validation",
            paramLabel = "FRACTION",
            description = "Hold out this share of the training pictures; default: none.")
    private @Nullable Double validation;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after N epochs without a better validation loss, with the model of the best epoch.")
    private @Nullable Integer patience;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides first weights, order, noise and what is held out; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to write; default runs/<name of the data>.")
    private @Nullable Path out;

    @Option(names = "--resume", description = "Go on from the checkpoint in the folder, with the same bits.")
    private boolean resume;

    @Option(names = "--force", description = "Replace the run that is in the folder.")
    private boolean force;

    @Mixin
    private final BackendOption backend = new BackendOption();

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    private final Terminal terminal;

    @Inject
    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Optimizer optimizer = optimizers.optimizer();
        requireSensible();
        Optional<NamedPictures> named = NamedPictures.of(data);
        RunFolder folder = new RunFolder(out == null ? Path.of("runs", name()) : out);
        folder.check(resume, force);
        TrainedModel start =
                TrainedModel.of(model, named.map(NamedPictures::network).orElse(null));
        Pictures all = pictures(named, start);
        Pictures pictures = validation == null ? all : all.holdOut(validation, seed);
        if (patience != null && pictures.validation().isEmpty()) {
            throw new UserError("--patience watches the validation loss, and no pictures are held out. Remedy: add"
                    + " --validation 0.1");
        }
        Model first = start.forPictures(pictures, seed);
        int size = batch == null ? named.map(NamedPictures::batchSize).orElse(BATCH_SIZE) : batch;
        requireBatch(first, size);
        RunReport report = new RunReport(
                data,
                start.name(),
                optimizers,
                augment.names(),
                epochs == null ? named.map(NamedPictures::epochs).orElse(EPOCHS) : epochs,
                size,
                seed);
        terminal.out().println(report.heading(pictures, first, folder));
        Trainer trainer = trainer(first, report, folder).optimizer(optimizer);
        return train(pictures.validation().map(trainer::validation).orElse(trainer), pictures, folder, report, start);
    }

    private Trainer trainer(Model first, RunReport report, RunFolder folder) {
        Trainer trainer = Trainer.of(first)
                .loss(new Crossentropy.Sparse(Networks.givesLogits(first)))
                .metrics(Metrics.ACCURACY)
                .epochs(report.epochs())
                .batchSize(report.batchSize())
                .seed(seed)
                .checkpoint(folder.file(RunFolder.Item.CHECKPOINT), 0)
                .resume(resume)
                .options(backend.options())
                .callbacks(
                        ProgressLine.of(terminal.out(), terminal.interactive()),
                        CsvLogger.of(folder.file(RunFolder.Item.HISTORY)).append(resume));
        if (patience != null) {
            trainer = trainer.callbacks(
                    EarlyStopping.of("val_loss").patience(patience).restoreBestWeights(true));
        }
        String name = backend.name();
        Trainer placed = name == null ? trainer : trainer.on(name);
        return augment.augmentation().map(placed::augment).orElse(placed);
    }

    private int train(Trainer trainer, Pictures pictures, RunFolder folder, RunReport report, TrainedModel start)
            throws IOException {
        folder.open(resume);
        Training training;
        try (Interruption interruption = Interruption.watch(terminal)) {
            training = trainer.stopSignal(interruption.signal()).fit(pictures.train());
            if (interruption.requested()) {
                terminal.out().println("Stopped after " + training.steps() + " steps. Go on with:");
                terminal.out().println("  " + resumption());
                return Main.INTERRUPTED;
            }
        }
        Assessment test = Assessment.of(
                Networks.withProbabilities(training.model()),
                pictures.test(),
                pictures.train().classNames(),
                report.batchSize(),
                backend);
        report.write(folder, training, start, pictures, test);
        terminal.out().println("test  " + test);
        terminal.out().println("Written to " + folder.path() + ". Try it with:");
        terminal.out().println("  " + CommandLines.of(trial(folder, start.item(), pictures)));
        return 0;
    }

    /** The words of a command that tries the model; what its file does not say stands there. */
    private static List<String> trial(RunFolder folder, RunFolder.Item model, Pictures pictures) {
        List<String> words =
                new ArrayList<>(List.of("predict", folder.file(model).toString(), "PICTURE"));
        if (model == RunFolder.Item.ONNX_MODEL) {
            words.addAll(List.of(
                    "--labels",
                    folder.file(RunFolder.Item.LABELS).toString(),
                    "--preprocess",
                    pictures.preprocessing().name()));
        }
        return words;
    }

    /** A file may fix the batch, as PyTorch's exporter does unless told otherwise. */
    private static void requireBatch(Model model, int size) {
        OptionalInt fixed = Networks.fixedBatch(model);
        if (fixed.isPresent() && fixed.getAsInt() != size) {
            throw new UserError("Model '" + model.name() + "' takes batches of " + fixed.getAsInt()
                    + " alone, for its file fixes the first axis; the training has batches of " + size
                    + ". Remedy: export it with a free first axis (dynamic_axes or dynamic_shapes in PyTorch), or give"
                    + " --batch " + fixed.getAsInt());
        }
    }

    /** The name of the data, without its folder and its ending. */
    private String name() {
        Path last = Path.of(data).toAbsolutePath().normalize().getFileName();
        return last == null ? "pictures" : last.toString().replaceFirst("(?<=.)\\.(zip|tar|tar\\.gz|tgz)$", "");
    }

    private Pictures pictures(Optional<NamedPictures> named, TrainedModel start) throws IOException {
        if (named.isPresent()) {
            if (folderPictures.isGiven()) {
                throw new UserError("--size and --grey are for folders. Remedy: leave them out");
            }
            return named.get().read(files, offline, terminal);
        }
        Path folder = Path.of(data);
        if (!Files.exists(folder)) {
            throw new UserError("There is no data set and no folder '" + data + "'. Remedy: take one of "
                    + String.join(", ", NamedPictures.names())
                    + ", or a folder with a sub-folder of pictures for each class");
        }
        if (files != null || offline) {
            throw new UserError(
                    "--data and --offline are for data sets with a name, " + String.join(", ", NamedPictures.names())
                            + ". Remedy: name one of these instead of '" + data + "', or leave the options out");
        }
        return folderPictures.read(folder, start.wanted(), seed);
    }

    private void requireSensible() {
        requirePositive("--epochs", epochs);
        requirePositive("--batch", batch);
        requirePositive("--patience", patience);
        if (validation != null && !(validation > 0 && validation < 1)) {
            throw new UserError(
                    "--validation is a share between 0 and 1, got " + validation + ". Remedy: 0.1 for a tenth");
        }
        if (resume && force) {
            throw new UserError("--resume goes on with a run, --force replaces it. Remedy: give one of them");
        }
    }

    private static void requirePositive(String option, @Nullable Integer value) {
        if (value != null && value < 1) {
            throw new UserError(option + " is at least 1, got " + value);
        }
    }

    /** The command line that goes on with this run. */
    private String resumption() {
        List<String> words =
                new ArrayList<>(spec.root().commandLine().getParseResult().originalArgs());
        words.remove("--force");
        if (!words.contains("--resume")) {
            words.add("--resume");
        }
        return CommandLines.of(words);
    }
}
