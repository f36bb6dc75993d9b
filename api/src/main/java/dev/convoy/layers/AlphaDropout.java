package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * In training, sets elements to SELU's lowest value {@code p = -1.7581} with probability {@code rate} and applies the
 * affine function {@code a · x + b} that keeps mean 0 and variance 1: {@code a = ((1 - rate)(1 + rate · p²))^(-1/2)},
 * {@code b = -a · p · rate}; at inference changes nothing (Keras 3 {@code AlphaDropout}; Klambauer et al. 2017).
 *
 * @param rate what is dropped, in {@code [0, 1)}
 * @param sharedAxes axes along which one decision holds for all elements (Keras' {@code noise_shape} with a 1 there);
 *     none by default
 */
public record AlphaDropout(double rate, List<Integer> sharedAxes) implements Layer {

    private static final double LOWEST = -1.6732632423543772 * 1.0507009873554805;

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public AlphaDropout {
        sharedAxes = List.copyOf(sharedAxes);
        Masks.checkRate("AlphaDropout", rate);
    }

    public static AlphaDropout of(double rate) {
        return new AlphaDropout(rate, List.of());
    }

    public AlphaDropout sharedAxes(Integer... axes) {
        return new AlphaDropout(rate, List.of(axes));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("AlphaDropout", inputs);
        if (!scope.training() || rate == 0) {
            return List.of(x);
        }
        double a = 1 / Math.sqrt((1 - rate) * (1 + rate * LOWEST * LOWEST));
        Value kept = Masks.kept(scope, x, rate, sharedAxes);
        Value chosen = g.select(kept, x, g.scalar(LOWEST, x.spec().type()));
        return List.of(g.add(g.mul(chosen, a), -a * LOWEST * rate));
    }
}
