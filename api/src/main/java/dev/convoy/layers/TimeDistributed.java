package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a layer to each step of {@code [n, t, …]}, with the same parameters (Keras 3 {@code TimeDistributed}). As in
 * Keras the layer is written once per step, so that each sees a batch of n, and the number of steps is known. The
 * parameters are those of the layer.
 *
 * @param layer takes {@code [n, …]} and has one output
 */
public record TimeDistributed(Layer layer) implements Layer {

    public static TimeDistributed of(Layer layer) {
        return new TimeDistributed(layer);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        TensorSpec x = Inputs.one("TimeDistributed", inputs);
        check(x.shape());
        return layer.parameters(List.of(x.withShape(step(x.shape()))));
    }

    private static void check(Shape x) {
        Check.of("TimeDistributed")
                .that(
                        x.rank() >= 3 && x.dim(1).isKnown() && x.size(1) >= 1,
                        "L1",
                        "the input is [n, t, …] with a known number of steps",
                        "rank >= 3",
                        x);
    }

    private static Shape step(Shape x) {
        return x.slice(0, 1).concat(x.slice(2, x.rank()));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("TimeDistributed", inputs);
        check(x.shape());
        List<Value> steps = new ArrayList<>();
        for (int t = 0; t < x.shape().size(1); t++) {
            Value step = g.reshape(g.slice(x, 1, t, t + 1), step(x.shape()));
            List<Value> results = layer.apply(scope, List.of(step));
            Check.of("TimeDistributed").that(results.size() == 1, "L2", "the layer has one output", 1, results.size());
            Shape y = results.getFirst().shape();
            Shape single =
                    y.slice(0, 1).concat(Shape.ofDims(List.of(Dim.of(1)))).concat(y.slice(1, y.rank()));
            steps.add(g.reshape(results.getFirst(), single));
        }
        return List.of(g.concat(steps, 1));
    }
}
