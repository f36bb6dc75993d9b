package dev.convoy.training;

import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/** Draws the random tensors that a training graph asks for. */
final class NoiseTensors {

    private NoiseTensors() {}

    static Tensor draw(Noise kind, Shape shape, SplitMix64 random) {
        int size = Math.toIntExact(shape.elements());
        TensorSpec spec = new TensorSpec(kind.type(), shape);
        return switch (kind) {
            case Noise.Bernoulli(double probability) -> {
                boolean[] values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.uniform(i) < probability;
                }
                yield Tensor.wrap(spec, values);
            }
            case Noise.Normal(double mean, double stddev) -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (float) (mean + stddev * random.gaussian(i));
                }
                yield Tensor.wrap(spec, values);
            }
            case Noise.Uniform(double low, double high) -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (float) (low + (high - low) * random.uniform(i));
                }
                yield Tensor.wrap(spec, values);
            }
        };
    }
}
