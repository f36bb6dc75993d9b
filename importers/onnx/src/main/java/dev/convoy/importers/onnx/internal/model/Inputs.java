package dev.convoy.importers.onnx.internal.model;

import dev.convoy.importers.onnx.internal.Problems;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.ValueDescription;
import dev.convoy.layers.Input;
import dev.convoy.models.ImportOptions;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The inputs of a model: what the file declares, and what who loads it says instead. */
final class Inputs {

    /** What the batch is called where it has to be a free axis as any other. */
    private static final String FREE_BATCH = "n";

    private final GraphDescription graph;
    private final ImportOptions options;

    Inputs(GraphDescription graph, ImportOptions options) {
        this.graph = graph;
        this.options = options;
    }

    /** Problems with names in the options, and with inputs that cannot be declared. */
    void check(Problems problems) {
        List<String> names = graph.inputs().stream().map(ValueDescription::name).toList();
        options.pinned().keySet().stream()
                .filter(n -> !names.contains(n))
                .forEach(n -> problems.add("input '" + n + "' is pinned, the model's inputs are " + names, ""));
        options.inputs().keySet().stream()
                .filter(n -> !names.contains(n))
                .forEach(n -> problems.add("input '" + n + "' is declared, the model's inputs are " + names, ""));
        for (ValueDescription input : unpinned()) {
            if (spec(input) == null) {
                String what = "input '" + input.name() + "' is a " + input.kind();
                if (input.kind().equals("tensor")) {
                    problems.addUndeclared(
                            input.name(),
                            what + " whose type and shape the file does not say",
                            "say them: ImportOptions.defaults().input(\"" + input.name() + "\", TensorSpec)");
                } else {
                    problems.add(what + ", which is not supported", "");
                }
            }
        }
    }

    private List<ValueDescription> unpinned() {
        return graph.inputs().stream()
                .filter(i -> !options.pinned().containsKey(i.name()))
                .toList();
    }

    private @Nullable TensorSpec spec(ValueDescription input) {
        TensorSpec declared = options.inputs().get(input.name());
        if (declared != null) {
            return declared;
        }
        DataType type = input.type();
        Shape shape = input.shape();
        return type == null || type.storage() == DataType.Storage.NONE || shape == null
                ? null
                : new TensorSpec(type, shape);
    }

    /**
     * The inputs without the pinned ones, by name.
     *
     * @param isBatchNamed whether the batch is a dimension that layers see by its name; else it is an axis that is free as
     *     others are, and the model is traced anew for each size of it
     */
    SequencedMap<String, Input> declared(boolean isBatchNamed) {
        Optional<String> batch = batch();
        SequencedMap<String, Input> inputs = new LinkedHashMap<>();
        for (ValueDescription input : unpinned()) {
            TensorSpec spec = spec(input);
            if (spec != null) {
                String replaced = isBatchNamed ? Input.BATCH : FREE_BATCH;
                Shape shape = Shape.ofDims(spec.shape().dims().stream()
                        .map(dim -> renamed(dim, input, batch, replaced))
                        .toList());
                inputs.put(input.name(), new Input(input.name(), spec.withShape(shape)));
            }
        }
        return inputs;
    }

    /** Whether the batch is left free by the file. */
    boolean hasFreeBatch() {
        return batch().isPresent();
    }

    /** The name of the first axis of the first input whose first axis is free. */
    private Optional<String> batch() {
        return unpinned().stream()
                .flatMap(i -> Optional.ofNullable(spec(i)).stream())
                .filter(s -> s.shape().rank() > 0)
                .flatMap(s -> Optional.ofNullable(s.shape().dim(0).name()).stream())
                .findFirst();
    }

    private static Dim renamed(Dim dim, ValueDescription input, Optional<String> batch, String replaced) {
        String name = dim.name();
        if (name == null) {
            return dim;
        }
        boolean isUnnamedFirst = name.equals(input.name() + " axis 0");
        if (isUnnamedFirst || batch.filter(name::equals).isPresent()) {
            return Dim.named(replaced);
        }
        return Dim.named(name.equals(replaced) ? name + " of " + input.name() : name);
    }
}
