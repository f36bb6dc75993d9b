package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * In training, multiplies each element by a normal number of mean 1 and standard deviation {@code √(rate / (1 - rate))};
 * at inference changes nothing (Keras 3 {@code GaussianDropout}; Srivastava et al. 2014).
 *
 * @param rate in {@code [0, 1)}
 */
public record GaussianDropout(double rate) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public GaussianDropout {
        Masks.checkRate("GaussianDropout", rate);
    }

    public static GaussianDropout of(double rate) {
        return new GaussianDropout(rate);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("GaussianDropout", inputs);
        if (!scope.training() || rate == 0) {
            return List.of(x);
        }
        Noise noise = new Noise.Normal(1, Math.sqrt(rate / (1 - rate)));
        return List.of(scope.graph().mul(x, scope.noise(x.shape(), noise)));
    }
}
