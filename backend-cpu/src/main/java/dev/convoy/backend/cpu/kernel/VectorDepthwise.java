package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.kernel.StripLoops.StripWeights;
import dev.convoy.backend.cpu.kernel.VectorStripLoops.Group;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Depthwise convolution of seven neighbouring windows, a vector of channels at a time: each element of the data is loaded
 * once for all windows that read it, each weight once for all windows. The sums stay in registers; C2 needs the body
 * without calls of our own for that, and spills them where the rows of a window are not a loop.
 */
final class VectorDepthwise {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorDepthwise() {}

    /** Windows that move by one column, channels {@code [from, to)}. */
    static void single(Group group, float[] x, StripWeights weights, Finish finish, float[] y, int from, int to) {
        float[] bias = Objects.requireNonNull(finish.bias());
        float[] w = weights.array();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        int step = group.step();
        int pitch = group.pitch();
        int second = weights.pitch();
        boolean left = group.left();
        boolean right = group.right();
        int rows = group.rows();
        for (int c = from; c < to; c += L) {
            FloatVector sum0 = FloatVector.fromArray(S, bias, c);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            FloatVector sum4 = sum0;
            FloatVector sum5 = sum0;
            FloatVector sum6 = sum0;
            int s = group.base() + c;
            int v = weights.start() + c;
            for (int r = 0; r < rows; r++) {
                FloatVector w0 = FloatVector.fromArray(S, w, v);
                FloatVector w1 = FloatVector.fromArray(S, w, v + second);
                FloatVector w2 = FloatVector.fromArray(S, w, v + 2 * second);
                if (left) {
                    sum0 = FloatVector.fromArray(S, x, s).fma(w0, sum0);
                }
                FloatVector x1 = FloatVector.fromArray(S, x, s + step);
                sum0 = x1.fma(w1, sum0);
                sum1 = x1.fma(w0, sum1);
                FloatVector x2 = FloatVector.fromArray(S, x, s + 2 * step);
                sum0 = x2.fma(w2, sum0);
                sum1 = x2.fma(w1, sum1);
                sum2 = x2.fma(w0, sum2);
                FloatVector x3 = FloatVector.fromArray(S, x, s + 3 * step);
                sum1 = x3.fma(w2, sum1);
                sum2 = x3.fma(w1, sum2);
                sum3 = x3.fma(w0, sum3);
                FloatVector x4 = FloatVector.fromArray(S, x, s + 4 * step);
                sum2 = x4.fma(w2, sum2);
                sum3 = x4.fma(w1, sum3);
                sum4 = x4.fma(w0, sum4);
                FloatVector x5 = FloatVector.fromArray(S, x, s + 5 * step);
                sum3 = x5.fma(w2, sum3);
                sum4 = x5.fma(w1, sum4);
                sum5 = x5.fma(w0, sum5);
                FloatVector x6 = FloatVector.fromArray(S, x, s + 6 * step);
                sum4 = x6.fma(w2, sum4);
                sum5 = x6.fma(w1, sum5);
                sum6 = x6.fma(w0, sum6);
                FloatVector x7 = FloatVector.fromArray(S, x, s + 7 * step);
                sum5 = x7.fma(w2, sum5);
                sum6 = x7.fma(w1, sum6);
                if (right) {
                    sum6 = FloatVector.fromArray(S, x, s + 8 * step).fma(w2, sum6);
                }
                s += pitch;
                v += 3 * second;
            }
            int t = group.at() + c;
            sum0 = sum0.blend(low, sum0.compare(VectorOperators.LT, low));
            sum0.blend(high, sum0.compare(VectorOperators.GT, high)).intoArray(y, t);
            sum1 = sum1.blend(low, sum1.compare(VectorOperators.LT, low));
            sum1.blend(high, sum1.compare(VectorOperators.GT, high)).intoArray(y, t + step);
            sum2 = sum2.blend(low, sum2.compare(VectorOperators.LT, low));
            sum2.blend(high, sum2.compare(VectorOperators.GT, high)).intoArray(y, t + 2 * step);
            sum3 = sum3.blend(low, sum3.compare(VectorOperators.LT, low));
            sum3.blend(high, sum3.compare(VectorOperators.GT, high)).intoArray(y, t + 3 * step);
            sum4 = sum4.blend(low, sum4.compare(VectorOperators.LT, low));
            sum4.blend(high, sum4.compare(VectorOperators.GT, high)).intoArray(y, t + 4 * step);
            sum5 = sum5.blend(low, sum5.compare(VectorOperators.LT, low));
            sum5.blend(high, sum5.compare(VectorOperators.GT, high)).intoArray(y, t + 5 * step);
            sum6 = sum6.blend(low, sum6.compare(VectorOperators.LT, low));
            sum6.blend(high, sum6.compare(VectorOperators.GT, high)).intoArray(y, t + 6 * step);
        }
    }

    /** Windows that move by two columns, channels {@code [from, to)}. */
    static void twofold(Group group, float[] x, StripWeights weights, Finish finish, float[] y, int from, int to) {
        float[] bias = Objects.requireNonNull(finish.bias());
        float[] w = weights.array();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        int step = group.step();
        int pitch = group.pitch();
        int second = weights.pitch();
        boolean left = group.left();
        boolean right = group.right();
        int rows = group.rows();
        for (int c = from; c < to; c += L) {
            FloatVector sum0 = FloatVector.fromArray(S, bias, c);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            FloatVector sum4 = sum0;
            FloatVector sum5 = sum0;
            FloatVector sum6 = sum0;
            int s = group.base() + c;
            int v = weights.start() + c;
            for (int r = 0; r < rows; r++) {
                FloatVector w0 = FloatVector.fromArray(S, w, v);
                FloatVector w1 = FloatVector.fromArray(S, w, v + second);
                FloatVector w2 = FloatVector.fromArray(S, w, v + 2 * second);
                if (left) {
                    sum0 = FloatVector.fromArray(S, x, s).fma(w0, sum0);
                }
                sum0 = FloatVector.fromArray(S, x, s + step).fma(w1, sum0);
                FloatVector x2 = FloatVector.fromArray(S, x, s + 2 * step);
                sum0 = x2.fma(w2, sum0);
                sum1 = x2.fma(w0, sum1);
                sum1 = FloatVector.fromArray(S, x, s + 3 * step).fma(w1, sum1);
                FloatVector x4 = FloatVector.fromArray(S, x, s + 4 * step);
                sum1 = x4.fma(w2, sum1);
                sum2 = x4.fma(w0, sum2);
                sum2 = FloatVector.fromArray(S, x, s + 5 * step).fma(w1, sum2);
                FloatVector x6 = FloatVector.fromArray(S, x, s + 6 * step);
                sum2 = x6.fma(w2, sum2);
                sum3 = x6.fma(w0, sum3);
                sum3 = FloatVector.fromArray(S, x, s + 7 * step).fma(w1, sum3);
                FloatVector x8 = FloatVector.fromArray(S, x, s + 8 * step);
                sum3 = x8.fma(w2, sum3);
                sum4 = x8.fma(w0, sum4);
                sum4 = FloatVector.fromArray(S, x, s + 9 * step).fma(w1, sum4);
                FloatVector x10 = FloatVector.fromArray(S, x, s + 10 * step);
                sum4 = x10.fma(w2, sum4);
                sum5 = x10.fma(w0, sum5);
                sum5 = FloatVector.fromArray(S, x, s + 11 * step).fma(w1, sum5);
                FloatVector x12 = FloatVector.fromArray(S, x, s + 12 * step);
                sum5 = x12.fma(w2, sum5);
                sum6 = x12.fma(w0, sum6);
                sum6 = FloatVector.fromArray(S, x, s + 13 * step).fma(w1, sum6);
                if (right) {
                    sum6 = FloatVector.fromArray(S, x, s + 14 * step).fma(w2, sum6);
                }
                s += pitch;
                v += 3 * second;
            }
            int t = group.at() + c;
            sum0 = sum0.blend(low, sum0.compare(VectorOperators.LT, low));
            sum0.blend(high, sum0.compare(VectorOperators.GT, high)).intoArray(y, t);
            sum1 = sum1.blend(low, sum1.compare(VectorOperators.LT, low));
            sum1.blend(high, sum1.compare(VectorOperators.GT, high)).intoArray(y, t + step);
            sum2 = sum2.blend(low, sum2.compare(VectorOperators.LT, low));
            sum2.blend(high, sum2.compare(VectorOperators.GT, high)).intoArray(y, t + 2 * step);
            sum3 = sum3.blend(low, sum3.compare(VectorOperators.LT, low));
            sum3.blend(high, sum3.compare(VectorOperators.GT, high)).intoArray(y, t + 3 * step);
            sum4 = sum4.blend(low, sum4.compare(VectorOperators.LT, low));
            sum4.blend(high, sum4.compare(VectorOperators.GT, high)).intoArray(y, t + 4 * step);
            sum5 = sum5.blend(low, sum5.compare(VectorOperators.LT, low));
            sum5.blend(high, sum5.compare(VectorOperators.GT, high)).intoArray(y, t + 5 * step);
            sum6 = sum6.blend(low, sum6.compare(VectorOperators.LT, low));
            sum6.blend(high, sum6.compare(VectorOperators.GT, high)).intoArray(y, t + 6 * step);
        }
    }
}
