package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.weights.LayerWeights.Slot;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Named;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The layers of one model that is being built, under names that Convoy allows: unique and without slashes. */
final class Members {

    /** More elements per sample than this, and the file is nonsense. */
    private static final long MOST_ELEMENTS = Integer.MAX_VALUE;

    private final ModelBuilder builder;
    private final Set<String> names = new HashSet<>();
    private final Map<LayerDescription, Named> members = new LinkedHashMap<>();

    Members(ModelBuilder builder) {
        this.builder = builder;
    }

    String unique(String name) {
        String base = name.isBlank() ? "layer" : name.replace('/', '_');
        String unique = base;
        for (int i = 1; !names.add(unique); i++) {
            unique = base + "_" + i;
        }
        return unique;
    }

    /** The layer of a description, made for the inputs of its first call. */
    Named member(LayerDescription description, List<Symbol> inputs) {
        Named known = members.get(description);
        if (known == null) {
            String name = unique(description.name());
            Layer layer = located(
                    description,
                    () -> builder.layer(
                            description, inputs.stream().map(Symbol::spec).toList()));
            known = new Named(name, layer);
            members.put(description, known);
        }
        return known;
    }

    /** The outputs of a member that is called once. */
    static List<Symbol> call(LayerDescription description, Named member, List<Symbol> inputs) {
        return call(description, LayerNode.of(member), inputs);
    }

    static List<Symbol> call(LayerDescription description, LayerNode node, List<Symbol> inputs) {
        List<Symbol> outputs = located(description, () -> Symbol.call(node, inputs));
        for (Symbol output : outputs) {
            Shape shape = output.spec().shape();
            located(description, () -> checkSize(shape));
        }
        return outputs;
    }

    private static Shape checkSize(Shape shape) {
        double elements = shape.dims().stream()
                .filter(d -> d.isKnown())
                .mapToDouble(d -> d.size())
                .reduce(1, (a, b) -> a * b);
        if (elements > MOST_ELEMENTS) {
            throw new FormatException("its output " + shape + " has more elements than fit in an array", "");
        }
        return shape;
    }

    @FunctionalInterface
    private interface Step<T> {
        T run();
    }

    /** Names the layer in whatever is thrown: rules of layers, sizes that are not known, sums that overflow. */
    private static <T> T located(LayerDescription description, Step<T> step) {
        try {
            return step.run();
        } catch (LayerProblem inner) {
            throw inner;
        } catch (FormatException e) {
            throw new LayerProblem(description, e);
        } catch (IllegalArgumentException
                | IllegalStateException
                | ArithmeticException
                | IndexOutOfBoundsException
                | NegativeArraySizeException e) {
            throw new LayerProblem(description, new FormatException(String.valueOf(e.getMessage()), "", e));
        }
    }

    /** The model with its weights, if this is the run with weights, and with the layers frozen that the file freezes. */
    Model finished(Model model) {
        Set<String> frozen = new HashSet<>(model.frozen());
        members.forEach((description, member) -> {
            boolean parameters = member.layer() instanceof Model inner
                    ? !inner.parameterSpecs().isEmpty()
                    : !builder.needs(description).slots().isEmpty();
            if (!description.trainable() && parameters) {
                frozen.removeIf(f -> f.startsWith(member.name() + "/"));
                frozen.add(member.name());
            }
        });
        Model result = frozen.isEmpty() ? model : model.frozen(frozen);
        return builder.hasWeights() ? result.withParameters(parameters()) : result;
    }

    private Parameters parameters() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        members.forEach((description, member) -> {
            if (member.layer() instanceof Model inner && description.model() != null) {
                inner.parameters().asMap().forEach((n, tensor) -> parameters.put(member.name() + "/" + n, tensor));
            } else {
                List<Tensor> tensors = builder.weights(description);
                List<Slot> slots = builder.needs(description).slots();
                for (int i = 0; i < slots.size(); i++) {
                    if (slots.get(i).used()) {
                        parameters.put(member.name() + "/" + slots.get(i).name(), tensors.get(i));
                    }
                }
            }
        });
        return Parameters.of(parameters);
    }
}
