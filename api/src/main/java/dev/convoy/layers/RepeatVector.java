package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * {@code [n, c]} as {@code [n, times, c]} (Keras 3 {@code RepeatVector}).
 *
 * @param times Keras' argument {@code n}, at least 1
 */
public record RepeatVector(int times) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the number is not positive
     */
    public RepeatVector {
        Check.of("RepeatVector").that(times >= 1, "L1", "n is at least 1", ">= 1", times);
    }

    public static RepeatVector of(int times) {
        return new RepeatVector(times);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Shape x = Inputs.one("RepeatVector", inputs).shape();
        Check.of("RepeatVector").that(x.rank() == 2, "L2", "the input is [n, c]", "rank 2", x);
        Shape head = x.slice(0, 1);
        Value single = g.reshape(inputs.getFirst(), head.concat(Shape.of(1)).concat(x.slice(1, 2)));
        return List.of(g.broadcast(single, head.concat(Shape.of(times)).concat(x.slice(1, 2))));
    }
}
