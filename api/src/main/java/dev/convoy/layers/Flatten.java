package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * {@code [n, …]} as {@code [n, product]}, channels varying fastest (Keras 3 {@code Flatten}).
 *
 * @param dataFormat CHANNELS_LAST by default; channels-first data is brought to channels last before it is flattened
 */
public record Flatten(Layout dataFormat) implements Layer {

    public static Flatten of() {
        return new Flatten(Layout.CHANNELS_LAST);
    }

    public Flatten dataFormat(Layout value) {
        return new Flatten(value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("Flatten", inputs);
        int rank = x.shape().rank();
        Check.of("Flatten").that(rank >= 1, "L1", "the input has a batch axis", ">= 1", x.shape());
        Value last = dataFormat == Layout.CHANNELS_FIRST && rank > 2
                ? g.transpose(x, Layout.CHANNELS_FIRST.permutationTo(Layout.CHANNELS_LAST, rank))
                : x;
        int product = Math.toIntExact(last.shape().slice(1, rank).elements());
        return List.of(g.reshape(last, Shape.of(product).prepend(x.shape().dim(0))));
    }
}
