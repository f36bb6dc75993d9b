package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * In training, adds normal numbers of mean 0; at inference changes nothing (Keras 3 {@code GaussianNoise}).
 *
 * @param stddev standard deviation, at least 0
 */
public record GaussianNoise(double stddev) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the standard deviation is negative
     */
    public GaussianNoise {
        Check.of("GaussianNoise").that(stddev >= 0, "L1", "stddev is at least 0", ">= 0", stddev);
    }

    public static GaussianNoise of(double stddev) {
        return new GaussianNoise(stddev);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("GaussianNoise", inputs);
        if (!scope.training() || stddev == 0) {
            return List.of(x);
        }
        return List.of(scope.graph().add(x, scope.noise(x.shape(), new Noise.Normal(0, stddev))));
    }
}
