package dev.convoy.models;

import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model whose layers stand one behind the other (Keras 3 {@code Sequential}). */
public final class Sequential extends AbstractModel {

    private Sequential(Parts parts, Network network) {
        super(parts, network);
    }

    /**
     * A model named {@code sequential}.
     *
     * @throws dev.convoy.graph.GraphException if a layer cannot take what the one before gives
     */
    public static Sequential of(Input input, Layer... layers) {
        return of("sequential", input, List.of(layers));
    }

    /**
     * Layers behind a model, a new head on {@link #upTo a trained body} for example; a model named {@code sequential} that
     * takes what the body takes, with its preprocessing and frozen layers.
     *
     * @throws IllegalArgumentException if the body has several inputs
     * @throws dev.convoy.graph.GraphException if a layer cannot take what the one before gives
     */
    public static Model of(Model body, Layer... head) {
        if (body.inputs().size() != 1) {
            throw new IllegalArgumentException("A Sequential model has one input; '" + body.name() + "' has "
                    + body.inputs().keySet() + ". Remedy: put it into a Functional model");
        }
        List<Layer> layers = new ArrayList<>(List.of(body));
        layers.addAll(List.of(head));
        Map.Entry<String, TensorSpec> input = body.inputs().firstEntry();
        Model model = of("sequential", new Input(input.getKey(), input.getValue()), layers);
        return body.preprocessing().map(model::withPreprocessing).orElse(model);
    }

    /**
     * @throws dev.convoy.graph.GraphException if a layer cannot take what the one before gives
     */
    public static Sequential of(String name, Input input, List<? extends Layer> layers) {
        Symbol first = Symbol.of(input);
        List<Symbol> current = List.of(first);
        Network.Names names = new Network.Names();
        layers.stream().map(LayerNode::of).filter(LayerNode::isNamed).forEach(n -> names.reserve(n.name()));
        for (Layer layer : layers) {
            LayerNode node = LayerNode.of(layer);
            LayerNode named =
                    node.isNamed() ? node : LayerNode.named(names.next(Network.Names.snake(layer.className())), layer);
            current = Symbol.call(named, current);
        }
        Network network = new Network(List.of(first), current);
        return new Sequential(Parts.of(name, network), network);
    }

    @Override
    Sequential copy(Parts parts, Network itsNetwork) {
        return new Sequential(parts, itsNetwork);
    }
}
