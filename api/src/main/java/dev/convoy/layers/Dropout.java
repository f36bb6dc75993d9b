package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * In training, sets elements to 0 with probability {@code rate} and multiplies the others by {@code 1 / (1 - rate)}, so
 * that the expectation stays; at inference changes nothing (Keras 3 {@code Dropout}; Srivastava et al. 2014, inverted).
 *
 * @param rate what is dropped, in {@code [0, 1)}
 * @param sharedAxes axes along which one decision holds for all elements (Keras' {@code noise_shape} with a 1 there);
 *     none by default
 */
public record Dropout(double rate, List<Integer> sharedAxes) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public Dropout {
        sharedAxes = List.copyOf(sharedAxes);
        Check.of("Dropout")
                .that(rate >= 0 && rate < 1, "L1", "rate is what is dropped, not what is kept", "0 <= rate < 1", rate);
    }

    public static Dropout of(double rate) {
        return new Dropout(rate, List.of());
    }

    public Dropout sharedAxes(Integer... axes) {
        return new Dropout(rate, List.of(axes));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("Dropout", inputs);
        if (!scope.training() || rate == 0) {
            return List.of(x);
        }
        GraphBuilder g = scope.graph();
        List<Dim> dims = new ArrayList<>(x.shape().dims());
        sharedAxes.forEach(axis -> dims.set(x.shape().axis(axis), Dim.of(1)));
        Value kept = scope.noise(Shape.ofDims(dims), new Noise.Bernoulli(1 - rate));
        return List.of(
                g.select(kept, g.mul(x, 1 / (1 - rate)), g.scalar(0, x.spec().type())));
    }
}
