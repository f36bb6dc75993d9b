package dev.convoy.conformance.training;

import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/** Tensors of given or generated numbers. */
final class Draw {

    private Draw() {}

    static Tensor tensor(double[] values, int... sizes) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, sizes);
    }

    /** Uniform in {@code [low, high)}. */
    static Tensor uniform(SplitMix64 random, double low, double high, int... sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = low + (high - low) * random.uniform(i);
        }
        return tensor(values, sizes);
    }
}
