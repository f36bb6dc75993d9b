package dev.convoy.cli;

import dev.convoy.models.Model;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Sizes of inputs that leave some free. */
final class ShapeOptions {

    @Option(
            names = "--shape",
            paramLabel = "INPUT=SIZES",
            description = "Sizes without the batch of an input that leaves some free: --shape image=64,64,3.")
    private Map<String, String> shapes = Map.of();

    /**
     * The shapes that are given, with the batch as the model has it.
     *
     * @throws UserError if there is no such input, or what is given are no sizes
     */
    Map<String, Shape> of(Model model) {
        Map<String, Shape> sized = new LinkedHashMap<>();
        shapes.forEach((name, sizes) -> {
            TensorSpec declared = model.inputs().get(name);
            if (declared == null) {
                throw new UserError("There is no input '" + name + "'. Remedy: name one of "
                        + model.inputs().keySet());
            }
            sized.put(name, shape(name, declared, sizes));
        });
        return sized;
    }

    private static Shape shape(String name, TensorSpec declared, String sizes) {
        List<Dim> dims = new ArrayList<>(List.of(declared.shape().dim(0)));
        for (String size : sizes.split(",")) {
            try {
                dims.add(Dim.of(Integer.parseInt(size.strip())));
            } catch (IllegalArgumentException e) {
                throw new UserError("'" + sizes + "' are no sizes. Remedy: write them as 64,64,3");
            }
        }
        Shape shape = Shape.ofDims(dims);
        if (!declared.accepts(declared.withShape(shape))) {
            throw new UserError("Input '" + name + "' is " + declared + ", --shape " + name + "=" + sizes
                    + " does not fit. Remedy: give the sizes behind the batch");
        }
        return shape;
    }

    /**
     * Requires that no size but the batch's is left free.
     *
     * @throws UserError if one is
     */
    void requireSizes(Model model) {
        Map<String, Shape> given = of(model);
        model.inputs().forEach((name, spec) -> {
            boolean free = spec.shape().dims().stream().skip(1).anyMatch(d -> !d.isKnown());
            if (free && !given.containsKey(name)) {
                throw new UserError("Input '" + name + "' of model '" + model.name() + "' leaves sizes free, " + spec
                        + ". Remedy: give all behind the batch, --shape " + name + "=64,64,3 for example");
            }
        });
    }
}
