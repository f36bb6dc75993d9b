package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** What the dropout layers do: draw what is kept, for each element or for all along shared axes. */
final class Masks {

    private Masks() {}

    /** L1: what is dropped is a proper part. */
    static void checkRate(String layer, double rate) {
        Check.of(layer)
                .that(rate >= 0 && rate < 1, "L1", "rate is what is dropped, not what is kept", "0 <= rate < 1", rate);
    }

    /** True with probability {@code 1 - rate}; of size 1 along the shared axes. */
    static Value kept(LayerScope scope, Value x, double rate, List<Integer> sharedAxes) {
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        sharedAxes.forEach(axis -> dims.set(x.shape().axis(axis), Dim.of(1)));
        return scope.noise(Shape.ofDims(dims), new Noise.Bernoulli(1 - rate));
    }

    /** Inverted dropout in training, the input at inference. */
    static Value dropout(LayerScope scope, Value x, double rate, List<Integer> sharedAxes) {
        if (!scope.training() || rate == 0) {
            return x;
        }
        GraphBuilder g = scope.graph();
        Value kept = kept(scope, x, rate, sharedAxes);
        return g.select(kept, g.mul(x, 1 / (1 - rate)), g.scalar(0, x.spec().type()));
    }
}
