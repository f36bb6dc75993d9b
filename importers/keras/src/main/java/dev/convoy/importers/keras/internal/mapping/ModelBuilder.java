package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.weights.LayerWeights;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Named;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the Convoy model of a description out of layers that are mapped already: once without weights, to find out which
 * are needed, and once with them.
 */
public final class ModelBuilder {

    private static final int MOST_STEPS = 2048;

    private final MappedLayers layers;
    private final Map<String, List<Tensor>> weights;
    private final long largest;
    private final Map<String, LayerWeights> needs = new LinkedHashMap<>();
    private long elements;

    /**
     * @param weights the tensors of each layer by path, or nothing while it is found out which are needed
     * @param largest how many elements all weights together can have at most
     */
    public ModelBuilder(MappedLayers layers, Map<String, List<Tensor>> weights, long largest) {
        this.layers = layers;
        this.weights = weights;
        this.largest = largest;
    }

    /** What a layer without layers of its own needs; known after {@link #build}. */
    public LayerWeights needs(LayerDescription layer) {
        return needs.getOrDefault(layer.path(), new LayerWeights(layer, List.of()));
    }

    /**
     * @throws LayerProblem if a layer cannot take its inputs
     * @throws FormatException if the layers do not fit together otherwise
     */
    public Model build(ModelDescription model) {
        return build(model, List.of());
    }

    /** @param given the inputs of a model inside a model */
    Model build(ModelDescription model, List<TensorSpec> given) {
        return switch (model) {
            case ModelDescription.Sequential sequential -> sequential(sequential, given);
            case ModelDescription.Functional functional -> new FunctionalBuilder(this, functional, given).build();
        };
    }

    private Model sequential(ModelDescription.Sequential model, List<TensorSpec> given) {
        TensorSpec spec = given.size() == 1 ? given.getFirst() : stated(model);
        boolean named =
                !model.layers().isEmpty() && MappedLayers.isInput(model.layers().getFirst());
        Members members = new Members(this);
        Input input = new Input(members.unique(named ? model.layers().getFirst().name() : "input"), spec);
        List<Layer> chain = new ArrayList<>();
        List<Symbol> current = List.of(Symbol.of(input));
        for (LayerDescription layer : model.layers()) {
            if (!MappedLayers.isInput(layer)) {
                Named member = members.member(layer, current);
                chain.add(member);
                current = Members.call(layer, member, current);
            }
        }
        return members.finished(Sequential.of(nameOf(model), input, chain));
    }

    private static TensorSpec stated(ModelDescription.Sequential model) {
        return InputShapes.of(model)
                .orElseThrow(() -> new FormatException(
                        "the file does not say the shape of the input of Sequential '" + model.name() + "'",
                        "in Python, build the model (model.build(input_shape)) and save it again"));
    }

    static String nameOf(ModelDescription model) {
        return nameOf(model.name());
    }

    /** Keras 3 and Convoy allow no slashes in names. */
    static String nameOf(String name) {
        return name.isBlank() ? "model" : name.replace('/', '_');
    }

    /** The Convoy layer of a member: mapped, or a model built for these inputs. */
    Layer layer(LayerDescription description, List<TensorSpec> inputs) {
        ModelDescription inner = description.model();
        if (inner != null) {
            return build(inner, inputs);
        }
        Layer layer = layers.get(description);
        if (layer instanceof TimeDistributed) {
            checkSteps(inputs);
        }
        List<ParameterSpec> parameters =
                layer.parameters(inputs.stream().map(InputShapes::withSizes).toList());
        for (ParameterSpec parameter : parameters) {
            elements = Math.addExact(elements, parameter.spec().shape().elements());
        }
        if (elements > largest) {
            throw new FormatException(
                    "with this layer the model has " + elements + " weights, the file is too small for so many",
                    "copy or download the file again");
        }
        needs.put(description.path(), Stored.needs(description, layer, parameters));
        return layer;
    }

    /** The layer is written once per step. */
    private static void checkSteps(List<TensorSpec> inputs) {
        for (TensorSpec input : inputs) {
            Shape shape = input.shape();
            if (shape.rank() > 1 && (!shape.dim(1).isKnown() || shape.size(1) > MOST_STEPS)) {
                throw new FormatException("TimeDistributed over the axis 1 of " + shape + " is not supported", "");
            }
        }
    }

    /** Whether calls of this are functions, each a layer of its own. */
    boolean isOp(LayerDescription description) {
        return OpLayers.isOp(description) && !layers.has(description);
    }

    /** The tensors of a layer, empty while weights are not known. */
    List<Tensor> weights(LayerDescription layer) {
        return weights.getOrDefault(layer.path(), List.of());
    }

    /** Whether this is the run with weights. */
    boolean hasWeights() {
        return !weights.isEmpty();
    }
}
