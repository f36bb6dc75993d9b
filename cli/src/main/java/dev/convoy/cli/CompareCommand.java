package dev.convoy.cli;

import dev.convoy.data.Image;
import dev.convoy.data.Npy;
import dev.convoy.models.Comparison;
import dev.convoy.models.LayerDifference;
import dev.convoy.models.Model;
import dev.convoy.models.RandomInputs;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code convoy compare}: where backends differ on a model. */
@Command(
        name = "compare",
        description = {
            "Runs a model on several backends and prints the largest difference of each layer and output",
            "from the first backend's. Exits with 1 if one is beyond the tolerance; the first is named."
        },
        footer = {"", "Example:", "  convoy compare keras_model.h5 --backends cpu,onnx --input cat.jpg"})
final class CompareCommand implements Callable<Integer> {

    private static final long SEED = 1;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(
            names = "--backends",
            required = true,
            split = ",",
            paramLabel = "NAME",
            description = "Two or more; the first one's results are taken for right.")
    private List<String> backends = List.of();

    @Option(
            names = "--input",
            paramLabel = "FILE.npy|IMAGE",
            description = "What the model is run on; else random numbers, the same each time.")
    private @Nullable Path input;

    @Mixin
    private final ShapeOptions shapes = new ShapeOptions();

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = "The largest difference allowed, times the layer's largest value where that is above 1;"
                    + " default ${DEFAULT-VALUE}.")
    private double tolerance = Comparison.TOLERANCE;

    private final Terminal terminal;

    @Inject
    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (backends.size() < 2) {
            throw new UserError("There is one backend, " + backends + ". Remedy: name two, --backends cpu,onnx");
        }
        Model loaded = model.load();
        Map<String, Tensor> inputs = inputs(loaded);
        List<Backend> open = new ArrayList<>();
        try {
            for (String name : backends) {
                open.add(Backends.open(name, Purpose.PREDICT, BackendOptions.defaults()));
            }
            boolean agree = true;
            for (Backend other : open.subList(1, open.size())) {
                agree &= print(Comparison.of(loaded, inputs, open.getFirst(), other), other.name());
            }
            return agree ? 0 : Main.PROBLEMS;
        } finally {
            open.forEach(Backend::close);
        }
    }

    private Map<String, Tensor> inputs(Model loaded) throws IOException {
        Path file = input;
        if (file == null) {
            shapes.requireSizes(loaded);
            return RandomInputs.of(loaded, shapes.of(loaded), 1, SEED);
        }
        if (loaded.inputs().size() != 1) {
            throw new UserError("Model '" + loaded.name() + "' has inputs " + loaded.inputs()
                    + ", --input gives one. Remedy: leave --input out, random numbers are taken");
        }
        String name = loaded.inputs().firstEntry().getKey();
        TensorSpec spec = loaded.inputs().firstEntry().getValue();
        Tensor tensor = file.toString().toLowerCase(Locale.ROOT).endsWith(".npy")
                ? Conversion.to(spec.type(), Npy.read(file))
                : ImageInput.of(loaded, null).tensor(Image.read(file));
        return Map.of(name, tensor);
    }

    /** @return whether all is within the tolerance */
    private boolean print(Comparison comparison, String name) {
        terminal.out().println(backends.getFirst() + " and " + name + ":");
        comparison.layers().forEach(layer -> line("", layer));
        comparison.outputs().forEach(output -> line("output ", output));
        Optional<LayerDifference> first = comparison.firstBeyond(tolerance);
        terminal.out()
                .println(first.map(d -> String.format(
                                Locale.ROOT,
                                "%s and %s first diverge in '%s': %.3g at element %d, beyond %.3g",
                                backends.getFirst(),
                                name,
                                d.name(),
                                d.largest(),
                                d.index(),
                                tolerance))
                        .orElse(String.format(
                                Locale.ROOT, "%s and %s agree within %.3g", backends.getFirst(), name, tolerance)));
        return first.isEmpty();
    }

    private void line(String kind, LayerDifference difference) {
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "  %-44s %-30s %9.2e of %.3g%s%n",
                        kind + difference.name(),
                        difference.spec(),
                        difference.largest(),
                        difference.magnitude(),
                        difference.within(tolerance) ? "" : "  beyond");
    }
}
