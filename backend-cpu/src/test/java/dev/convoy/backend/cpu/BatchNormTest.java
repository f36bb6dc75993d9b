package dev.convoy.backend.cpu;

import dev.convoy.graph.composite.BatchNormGrad;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batch normalisation of a batch and its gradient against the formulas of the paper in double, on every kind of loop. */
class BatchNormTest {

    private static final double EPSILON = 1e-3;
    private static final double TOLERANCE = 1e-5;

    /** Channels that fill vectors and ones that do not; rows of one block and of several. */
    private static final int[][] SHAPES = {{3, 2, 2, 5}, {2, 5, 4, 16}, {5, 16, 16, 48}, {4, 30, 31, 6}, {7, 32}};

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    private static double[] means(int channels, int size, IntToDoubleFunction element) {
        double[] means = new double[channels];
        for (int i = 0; i < size; i++) {
            means[i % channels] += element.applyAsDouble(i) * channels / size;
        }
        return means;
    }

    private static double[] each(int size, IntToDoubleFunction element) {
        double[] all = new double[size];
        for (int i = 0; i < size; i++) {
            all[i] = element.applyAsDouble(i);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void normalisesByTheBatch(Cpu.Way way) {
        for (int[] shape : SHAPES) {
            int c = shape[shape.length - 1];
            Tensor x = Cpu.random(1, shape);
            Tensor scale = Cpu.random(2, c);
            Tensor offset = Cpu.random(3, c);
            int n = x.size();
            float[] values = x.floats();
            double[] mean = means(c, n, i -> values[i]);
            double[] variance = means(c, n, i -> Math.pow(values[i] - mean[i % c], 2));
            List<Tensor> results = Cpu.op(way, 2, new BatchNormTraining(EPSILON, -1), x, scale, offset);
            double[] y = each(
                    n,
                    i -> scale.floats()[i % c] * (values[i] - mean[i % c]) / Math.sqrt(variance[i % c] + EPSILON)
                            + offset.floats()[i % c]);
            Cpu.assertClose(y, results.get(0), TOLERANCE);
            Cpu.assertClose(mean, results.get(1), TOLERANCE);
            Cpu.assertClose(variance, results.get(2), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void gradients(Cpu.Way way) {
        for (int[] shape : SHAPES) {
            int c = shape[shape.length - 1];
            Tensor x = Cpu.random(1, shape);
            Tensor scale = Cpu.random(2, c);
            Tensor dy = Cpu.random(4, shape);
            int n = x.size();
            double[] mean = means(c, n, i -> x.floats()[i]);
            double[] variance = means(c, n, i -> Math.pow(x.floats()[i] - mean[i % c], 2));
            double[] normal = each(n, i -> (x.floats()[i] - mean[i % c]) / Math.sqrt(variance[i % c] + EPSILON));
            double[] shift = means(c, n, i -> dy.floats()[i]);
            double[] tilt = means(c, n, i -> dy.floats()[i] * normal[i]);
            List<Tensor> results = Cpu.op(
                    way, 2, new BatchNormGrad(EPSILON, shape.length - 1), x, scale, floats(mean), floats(variance), dy);
            double[] dx = each(
                    n,
                    i -> scale.floats()[i % c]
                            / Math.sqrt(variance[i % c] + EPSILON)
                            * (dy.floats()[i] - shift[i % c] - normal[i] * tilt[i % c]));
            double rows = (double) n / c;
            Cpu.assertClose(dx, results.get(0), TOLERANCE);
            Cpu.assertClose(each(c, j -> tilt[j] * rows), results.get(1), TOLERANCE * Math.sqrt(rows));
            Cpu.assertClose(each(c, j -> shift[j] * rows), results.get(2), TOLERANCE);
        }
    }

    private static Tensor floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length);
    }
}
