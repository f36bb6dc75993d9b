package dev.convoy.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.Initializers.Distribution;
import dev.convoy.layers.Initializers.FanMode;
import dev.convoy.layers.Initializers.Identity;
import dev.convoy.layers.Initializers.Orthogonal;
import dev.convoy.layers.Initializers.RandomNormal;
import dev.convoy.layers.Initializers.RandomUniform;
import dev.convoy.layers.Initializers.TruncatedNormal;
import dev.convoy.layers.Initializers.VarianceScaling;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The distributions that initializers promise, told from 92,160 draws. */
class InitializersTest {

    /** A kernel of 3x3, 64 channels to 160: fans 576 and 1440. */
    private static final TensorSpec KERNEL = TensorSpec.float32(3, 3, 64, 160);

    /**
     * What an initializer draws.
     *
     * @param variance of the distribution, by its formula
     * @param bound no draw is larger
     */
    record Expectation(String name, Initializer initializer, double mean, double variance, double bound) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Two standard deviations of the normal before it is truncated, for a variance after. */
    private static double truncated(double variance) {
        return 2 * Math.sqrt(variance) / 0.87962566103423978;
    }

    private static Expectation uniform(String name, Initializer initializer, double variance) {
        return new Expectation(name, initializer, 0, variance, Math.sqrt(3 * variance));
    }

    private static Expectation normal(String name, Initializer initializer, double variance) {
        return new Expectation(name, initializer, 0, variance, truncated(variance));
    }

    static Stream<Expectation> expectations() {
        double in = 576;
        double average = (576 + 1440) / 2.0;
        return Stream.of(
                uniform("glorot_uniform", Initializers.GLOROT_UNIFORM, 1 / average),
                normal("glorot_normal", Initializers.GLOROT_NORMAL, 1 / average),
                uniform("he_uniform", Initializers.HE_UNIFORM, 2 / in),
                normal("he_normal", Initializers.HE_NORMAL, 2 / in),
                uniform("lecun_uniform", Initializers.LECUN_UNIFORM, 1 / in),
                normal("lecun_normal", Initializers.LECUN_NORMAL, 1 / in),
                new Expectation("random_uniform", new RandomUniform(-1, 3), 1, 16 / 12.0, 3),
                new Expectation("random_normal", new RandomNormal(0.5, 2), 0.5, 4, 0.5 + 2 * 6),
                new Expectation(
                        "truncated_normal",
                        new TruncatedNormal(1, 0.1),
                        1,
                        Math.pow(0.1 * 0.87962566103423978, 2),
                        1.2),
                new Expectation(
                        "variance_scaling",
                        new VarianceScaling(3, FanMode.FAN_OUT, Distribution.NORMAL),
                        0,
                        3 / 1440.0,
                        6 * Math.sqrt(3 / 1440.0)));
    }

    @ParameterizedTest
    @MethodSource
    void expectations(Expectation expected) {
        float[] draws = expected.initializer().create(KERNEL, SplitMix64.of(1)).floats();
        double mean = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i])
                .average()
                .orElseThrow();
        double variance = IntStream.range(0, draws.length)
                .mapToDouble(i -> (draws[i] - mean) * (draws[i] - mean))
                .average()
                .orElseThrow();
        double largest = IntStream.range(0, draws.length)
                .mapToDouble(i -> draws[i])
                .max()
                .orElseThrow();
        double deviation = Math.sqrt(expected.variance());
        assertEquals(expected.mean(), mean, 5 * deviation / Math.sqrt(draws.length));
        assertEquals(1, variance / expected.variance(), 5 * Math.sqrt(2.0 / draws.length));
        assertTrue(largest <= expected.bound() * (1 + 1e-6), () -> largest + " > " + expected.bound());
        assertTrue(largest > expected.mean() + 1.5 * deviation);
    }

    @Test
    void theSeedDecides() {
        Tensor first = Initializers.HE_NORMAL.create(KERNEL, SplitMix64.of(1));
        assertEquals(first, Initializers.HE_NORMAL.create(KERNEL, SplitMix64.of(1)));
        assertNotEquals(first, Initializers.HE_NORMAL.create(KERNEL, SplitMix64.of(2)));
    }

    @Test
    void orthogonalVectorsAreOrthonormal() {
        for (int[] sizes : new int[][] {{8, 5}, {5, 8}, {3, 3, 2, 7}}) {
            Tensor tensor = new Orthogonal(2).create(TensorSpec.float32(sizes), SplitMix64.of(3));
            int columns = sizes[sizes.length - 1];
            int rows = tensor.size() / columns;
            int count = Math.min(rows, columns);
            for (int a = 0; a < count; a++) {
                for (int b = 0; b < count; b++) {
                    double dot = 0;
                    for (int i = 0; i < Math.max(rows, columns); i++) {
                        int left = rows < columns ? a * columns + i : i * columns + a;
                        int right = rows < columns ? b * columns + i : i * columns + b;
                        dot += tensor.get(left) * tensor.get(right);
                    }
                    assertEquals(a == b ? 4 : 0, dot, 1e-5);
                }
            }
        }
    }

    @Test
    void identity() {
        Tensor tensor = new Identity(3).create(TensorSpec.float32(2, 3), SplitMix64.of(0));
        assertArrayEquals(new float[] {3, 0, 0, 0, 3, 0}, tensor.floats());
        assertThrows(GraphException.class, () -> new Identity(1).create(KERNEL, SplitMix64.of(0)));
        assertThrows(GraphException.class, () -> new Orthogonal(1).create(TensorSpec.float32(3), SplitMix64.of(0)));
        assertThrows(GraphException.class, () -> new VarianceScaling(0, FanMode.FAN_IN, Distribution.UNIFORM));
    }
}
