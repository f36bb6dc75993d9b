package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.function.LongToDoubleFunction;

/** The initializers of Keras 3 with its formulas and defaults; the random numbers are Convoy's own. */
public final class Initializers {

    /** Standard deviation of a standard normal that is drawn again beyond two: Keras divides by it. */
    private static final double TRUNCATED_STDDEV = 0.87962566103423978;

    public static final Initializer ZEROS = new Constant(0);
    public static final Initializer ONES = new Constant(1);
    public static final Initializer GLOROT_UNIFORM = new VarianceScaling(1, FanMode.FAN_AVG, Distribution.UNIFORM);
    public static final Initializer GLOROT_NORMAL =
            new VarianceScaling(1, FanMode.FAN_AVG, Distribution.TRUNCATED_NORMAL);
    public static final Initializer HE_UNIFORM = new VarianceScaling(2, FanMode.FAN_IN, Distribution.UNIFORM);
    public static final Initializer HE_NORMAL = new VarianceScaling(2, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);
    public static final Initializer LECUN_UNIFORM = new VarianceScaling(1, FanMode.FAN_IN, Distribution.UNIFORM);
    public static final Initializer LECUN_NORMAL =
            new VarianceScaling(1, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL);

    private Initializers() {}

    /** Every element the same. */
    public record Constant(double value) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            return Tensor.full(spec, value);
        }
    }

    /** Uniform in {@code [min, max)}; Keras' defaults are -0.05 and 0.05. */
    public record RandomUniform(double min, double max) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            return fill(spec, n -> min + (max - min) * random.uniform(n));
        }
    }

    /** Normal; Keras' defaults are mean 0 and standard deviation 0.05. */
    public record RandomNormal(double mean, double stddev) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            return fill(spec, n -> mean + stddev * random.gaussian(n));
        }
    }

    /** Normal, drawn again beyond two standard deviations; Keras' defaults are mean 0 and standard deviation 0.05. */
    public record TruncatedNormal(double mean, double stddev) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            return fill(spec, n -> mean + stddev * truncated(random.stream(n)));
        }
    }

    /** Which fan divides the variance. */
    public enum FanMode {
        FAN_IN,
        FAN_OUT,
        FAN_AVG
    }

    /** The distribution that a variance is given to. */
    public enum Distribution {
        UNIFORM,
        NORMAL,
        TRUNCATED_NORMAL
    }

    /**
     * Variance {@code scale / max(1, fan)}. The fans of a kernel {@code [k…, in, out]} are {@code in · Πk} and
     * {@code out · Πk} (Glorot and Bengio 2010; He et al. 2015; LeCun et al. 1998, by scale and mode).
     */
    public record VarianceScaling(double scale, FanMode mode, Distribution distribution) implements Initializer {

        /**
         * @throws dev.convoy.graph.GraphException if the scale is not positive
         */
        public VarianceScaling {
            Check.of("VarianceScaling").that(scale > 0, "I1", "the scale is positive", "> 0", scale);
        }

        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            double variance = scale / Math.max(1, fan(spec.shape()));
            return switch (distribution) {
                case UNIFORM ->
                    new RandomUniform(-Math.sqrt(3 * variance), Math.sqrt(3 * variance)).create(spec, random);
                case NORMAL -> new RandomNormal(0, Math.sqrt(variance)).create(spec, random);
                case TRUNCATED_NORMAL ->
                    new TruncatedNormal(0, Math.sqrt(variance) / TRUNCATED_STDDEV).create(spec, random);
            };
        }

        private double fan(Shape shape) {
            int rank = shape.rank();
            double receptive = rank > 2 ? shape.slice(0, rank - 2).elements() : 1;
            double in = rank == 0 ? 1 : receptive * shape.size(rank < 2 ? 0 : -2);
            double out = rank == 0 ? 1 : receptive * shape.size(-1);
            return switch (mode) {
                case FAN_IN -> in;
                case FAN_OUT -> out;
                case FAN_AVG -> (in + out) / 2;
            };
        }
    }

    /**
     * The identity matrix times a gain, for kernels of rank 2.
     */
    public record Identity(double gain) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            Check.of("Identity").that(spec.shape().rank() == 2, "I2", "the parameter has rank 2", 2, spec.shape());
            int columns = spec.shape().size(1);
            return fill(spec, n -> n / columns == n % columns ? gain : 0);
        }
    }

    /**
     * Orthonormal rows or columns, whichever are fewer, of the kernel as a matrix {@code [Πk · in, out]}, times a gain
     * (Saxe et al. 2014): Gram–Schmidt on normal numbers, in double.
     */
    public record Orthogonal(double gain) implements Initializer {
        @Override
        public Tensor create(TensorSpec spec, SplitMix64 random) {
            Shape shape = spec.shape();
            Check.of("Orthogonal").that(shape.rank() >= 2, "I2", "the parameter has rank 2 or more", ">= 2", shape);
            int columns = shape.size(-1);
            int rows = (int) (shape.elements() / Math.max(1, columns));
            double[][] basis = orthonormal(Math.min(rows, columns), Math.max(rows, columns), random);
            return fill(spec, n -> {
                int row = (int) (n / columns);
                int column = (int) (n % columns);
                return gain * (rows < columns ? basis[row][column] : basis[column][row]);
            });
        }

        private static double[][] orthonormal(int count, int length, SplitMix64 random) {
            double[][] vectors = new double[count][length];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < length; j++) {
                    vectors[i][j] = random.gaussian((long) i * length + j);
                }
                for (int pass = 0; pass < 2; pass++) {
                    for (int k = 0; k < i; k++) {
                        addScaled(vectors[i], vectors[k], -dot(vectors[i], vectors[k]));
                    }
                }
                double norm = Math.sqrt(dot(vectors[i], vectors[i]));
                for (int j = 0; j < length; j++) {
                    vectors[i][j] /= norm;
                }
            }
            return vectors;
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static void addScaled(double[] target, double[] source, double factor) {
            for (int i = 0; i < target.length; i++) {
                target[i] += factor * source[i];
            }
        }
    }

    private static double truncated(SplitMix64 random) {
        for (long attempt = 0; ; attempt++) {
            double value = random.gaussian(attempt);
            if (Math.abs(value) <= 2) {
                return value;
            }
        }
    }

    private static Tensor fill(TensorSpec spec, LongToDoubleFunction element) {
        float[] values = new float[Math.toIntExact(spec.shape().elements())];
        for (int n = 0; n < values.length; n++) {
            values[n] = (float) element.applyAsDouble(n);
        }
        return Tensor.wrap(spec, values);
    }
}
