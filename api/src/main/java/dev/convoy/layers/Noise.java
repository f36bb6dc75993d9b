package dev.convoy.layers;

import dev.convoy.tensor.DataType;

/** A distribution of the random numbers that {@link LayerScope#noise} asks for. */
public sealed interface Noise {

    /** The element type of the tensor that is drawn. */
    DataType type();

    /** bool, true with a probability. */
    record Bernoulli(double probability) implements Noise {
        @Override
        public DataType type() {
            return DataType.BOOL;
        }
    }

    /** float32, normal. */
    record Normal(double mean, double stddev) implements Noise {
        @Override
        public DataType type() {
            return DataType.FLOAT32;
        }
    }

    /** float32, uniform in {@code [low, high)}. */
    record Uniform(double low, double high) implements Noise {
        @Override
        public DataType type() {
            return DataType.FLOAT32;
        }
    }
}
