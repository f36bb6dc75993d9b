package dev.convoy.cli;

import dev.convoy.models.Comparison;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.LayerDifference;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxReader;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy convert}: a model in another format, and whether it still computes the same. */
@Command(
        name = "convert",
        description = {
            "Writes a model in the format that the ending of OUT names, .onnx for example, and checks what was"
                    + " written:",
            "both sides are run on a random input, as far as the class path can, and the largest difference is"
                    + " printed.",
            "Exits with 1 if it is beyond the tolerance."
        },
        footer = {"", "Example:", "  convoy convert keras_model.h5 model.onnx"})
final class ConvertCommand implements Callable<Integer> {

    private static final long SEED = 1;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @SuppressWarnings("NullAway.Init")
    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write or replace.")
    private Path target;

    @Mixin
    private final ShapeOptions shapes = new ShapeOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "The largest difference allowed, times the output's largest value where that is above 1;"
                    + " default ${DEFAULT-VALUE}.")
    private double tolerance = Comparison.TOLERANCE;

    private final Terminal terminal;

    @Inject
    ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Model loaded = model.load();
        boolean onnx = target.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
        if (onnx) {
            shapes.requireSizes(loaded);
        }
        Models.save(loaded, target, options(loaded));
        terminal.out().println("wrote " + target + " (" + Files.size(target) + " bytes)");
        if (onnx) {
            ModelProto read = OnnxReader.read(target, Limits.defaults());
            terminal.out()
                    .println("read again: " + read.getGraph().getNodeCount() + " nodes, operator set "
                            + read.getOpsetImport(0).getVersion());
        }
        Map<String, Tensor> inputs = inputs(loaded);
        if (inputs == null) {
            terminal.out().println("not run: the model leaves sizes free");
            return 0;
        }
        boolean agree = checkFile(loaded, inputs) & checkBackend(loaded, inputs);
        return agree ? 0 : Main.PROBLEMS;
    }

    private ExportOptions options(Model loaded) {
        ExportOptions options = ExportOptions.defaults();
        for (Map.Entry<String, Shape> given : shapes.of(loaded).entrySet()) {
            options = options.withShape(given.getKey(), given.getValue());
        }
        return options;
    }

    /** Random inputs of the sizes that the model has or that are given; null if some are free still. */
    private @Nullable Map<String, Tensor> inputs(Model loaded) {
        Map<String, Shape> given = shapes.of(loaded);
        boolean free = loaded.inputs().entrySet().stream()
                .anyMatch(input -> !given.containsKey(input.getKey()) && isFree(input.getValue()));
        return free ? null : RandomInputs.of(loaded, given, 1, SEED);
    }

    private static boolean isFree(TensorSpec spec) {
        return spec.shape().dims().stream().skip(1).anyMatch(d -> !d.isKnown());
    }

    /** Loads what was written, if an importer can, and runs both models on one backend. */
    private boolean checkFile(Model loaded, Map<String, Tensor> inputs) {
        Model copy;
        try {
            copy = Models.load(ModelSource.of(target), ImportOptions.defaults());
        } catch (ImportException e) {
            boolean unread = e.report().format().equals("unknown");
            if (!unread) {
                throw e;
            }
            terminal.out().println("not loaded: no importer on the class path reads " + target.getFileName());
            return true;
        }
        try (Predictor before = loaded.predictor();
                Predictor after = copy.predictor()) {
            List<Tensor> given = new ArrayList<>(inputs.values());
            Map<String, Tensor> renamed = new LinkedHashMap<>();
            copy.inputs().keySet().forEach(name -> renamed.put(name, given.get(renamed.size())));
            List<Tensor> expected = new ArrayList<>(before.predict(inputs).values());
            List<LayerDifference> differences = new ArrayList<>();
            after.predict(renamed)
                    .forEach((name, tensor) ->
                            differences.add(LayerDifference.of(name, expected.get(differences.size()), tensor)));
            return print("the model and the file loaded again", differences);
        }
    }

    /** Runs the model on the backend that computes what the file says, beside the best other one. */
    private boolean checkBackend(Model loaded, Map<String, Tensor> inputs) {
        List<Backends.Found> found = Backends.find();
        Optional<Backends.Found> runtime = found.stream()
                .filter(f -> f.name().equals("onnx") && f.isAvailable())
                .findFirst();
        Optional<Backends.Found> other = found.stream()
                .filter(f -> f.name().equals("cpu") && f.isAvailable())
                .findFirst();
        if (runtime.isEmpty() || other.isEmpty()) {
            terminal.out().println("not run on ONNX Runtime: backends cpu and onnx are not both on the class path");
            return true;
        }
        try (Backend expected = Backends.open("cpu", Purpose.PREDICT, BackendOptions.defaults());
                Backend actual = Backends.open("onnx", Purpose.PREDICT, BackendOptions.defaults())) {
            return print(
                    "cpu and onnx",
                    Comparison.of(loaded, inputs, expected, actual).outputs());
        }
    }

    /** @return whether all is within the tolerance */
    private boolean print(String sides, List<LayerDifference> differences) {
        double largest =
                differences.stream().mapToDouble(LayerDifference::largest).max().orElse(0);
        boolean agree = differences.stream().allMatch(d -> d.within(tolerance));
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%s: largest difference %.2e on a random input%s%n",
                        sides,
                        largest,
                        agree ? "" : ", beyond the tolerance of " + tolerance);
        return agree;
    }
}
