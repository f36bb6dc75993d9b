package dev.convoy.models;

import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import java.util.List;

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
        return new Sequential(Parts.named(name), new Network(List.of(first), current));
    }

    @Override
    Model copy(Parts parts, Network sameNetwork) {
        return new Sequential(parts, sameNetwork);
    }
}
