package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.kernel.ChannelLoops.Run;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over blocks of channels, each block over all windows of the run, with what the block needs in registers. A last
 * block that is not full lies over the one before; if there is none, a mask covers it.
 */
final class VectorBlockLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorBlockLoops() {}

    static int block(int start, int channels) {
        return start + L <= channels ? start : Math.max(0, channels - L);
    }

    static void maxAll(float[] x, Run run, float[] y) {
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            if (run.channels() < L) {
                maxMasked(x, run, y, S.indexInRange(0, run.channels()));
            } else {
                maxBlock(x, run, c, y);
            }
        }
    }

    private static void maxBlock(float[] x, Run run, int c, float[] y) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int step = run.step();
        int pitch = run.pitch();
        int windows = run.windows();
        int base = run.base() + c;
        int at = run.at() + c;
        for (int i = 0; i < windows; i++) {
            int source = base + i * step;
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0]);
            for (int t = 1; t < taps; t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t]);
                best = best.blend(next, next.compare(VectorOperators.GT, best));
            }
            best.intoArray(y, at + i * pitch);
        }
    }

    private static void maxMasked(float[] x, Run run, float[] y, VectorMask<Float> mask) {
        int[] offsets = run.offsets();
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step();
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0], mask);
            for (int t = 1; t < run.taps(); t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t], mask);
                best = best.blend(next, next.compare(VectorOperators.GT, best));
            }
            best.intoArray(y, run.at() + i * run.pitch(), mask);
        }
    }

    static void meanAll(float[] x, Run run, float divisor, float[] y) {
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            VectorMask<Float> mask = S.indexInRange(c, run.channels());
            int fours = run.windows() / 4 * 4;
            meanFours(x, run, c, mask, divisor, fours, y);
            meanOnes(x, run, c, mask, divisor, fours, y);
        }
    }

    /** Four windows at once, as a loop over few taps takes longer to begin and to end than to run. */
    private static void meanFours(
            float[] x, Run run, int c, VectorMask<Float> mask, float divisor, int windows, float[] y) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int step = run.step();
        int pitch = run.pitch();
        for (int i = 0; i < windows; i += 4) {
            int source = run.base() + i * step + c;
            FloatVector sum0 = FloatVector.zero(S);
            FloatVector sum1 = sum0;
            FloatVector sum2 = sum0;
            FloatVector sum3 = sum0;
            for (int t = 0; t < taps; t++) {
                int from = source + offsets[t];
                sum0 = sum0.add(FloatVector.fromArray(S, x, from, mask));
                sum1 = sum1.add(FloatVector.fromArray(S, x, from + step, mask));
                sum2 = sum2.add(FloatVector.fromArray(S, x, from + 2 * step, mask));
                sum3 = sum3.add(FloatVector.fromArray(S, x, from + 3 * step, mask));
            }
            int at = run.at() + i * pitch + c;
            sum0.div(divisor).intoArray(y, at, mask);
            sum1.div(divisor).intoArray(y, at + pitch, mask);
            sum2.div(divisor).intoArray(y, at + 2 * pitch, mask);
            sum3.div(divisor).intoArray(y, at + 3 * pitch, mask);
        }
    }

    private static void meanOnes(
            float[] x, Run run, int c, VectorMask<Float> mask, float divisor, int first, float[] y) {
        int[] offsets = run.offsets();
        for (int i = first; i < run.windows(); i++) {
            int source = run.base() + i * run.step() + c;
            FloatVector sum = FloatVector.zero(S);
            for (int t = 0; t < run.taps(); t++) {
                sum = sum.add(FloatVector.fromArray(S, x, source + offsets[t], mask));
            }
            sum.div(divisor).intoArray(y, run.at() + i * run.pitch() + c, mask);
        }
    }

    static void weightedAll(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y) {
        float[] bias = finish.bias() == null ? new float[run.channels()] : finish.bias();
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            if (run.channels() < L) {
                weightedMasked(x, run, w, weights, bias, finish, y, S.indexInRange(0, run.channels()));
            } else if (run.taps() == 9 && run.windows() > 1) {
                weightedNine(x, run, c, w, weights, bias, finish, y);
            } else {
                weightedBlock(x, run, c, w, weights, bias, finish, y);
            }
        }
    }

    private static void weightedBlock(
            float[] x, Run run, int c, float[] w, int[] weights, float[] bias, Finish finish, float[] y) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        FloatVector first = FloatVector.fromArray(S, bias, c);
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step() + c;
            FloatVector sum = first;
            for (int t = 0; t < taps; t++) {
                FloatVector weight = FloatVector.fromArray(S, w, weights[t] + c);
                sum = FloatVector.fromArray(S, x, source + offsets[t]).fma(weight, sum);
            }
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, run.at() + i * run.pitch() + c);
        }
    }

    private static void weightedMasked(
            float[] x,
            Run run,
            float[] w,
            int[] weights,
            float[] bias,
            Finish finish,
            float[] y,
            VectorMask<Float> mask) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        FloatVector first = FloatVector.fromArray(S, bias, 0, mask);
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step();
            FloatVector sum = first;
            for (int t = 0; t < taps; t++) {
                FloatVector weight = FloatVector.fromArray(S, w, weights[t], mask);
                sum = FloatVector.fromArray(S, x, source + offsets[t], mask).fma(weight, sum);
            }
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, run.at() + i * run.pitch(), mask);
        }
    }

    /** A window of nine taps, such as 3x3: the weights stay in registers. */
    private static void weightedNine(
            float[] x, Run run, int c, float[] w, int[] weights, float[] bias, Finish finish, float[] y) {
        FloatVector w0 = FloatVector.fromArray(S, w, weights[0] + c);
        FloatVector w1 = FloatVector.fromArray(S, w, weights[1] + c);
        FloatVector w2 = FloatVector.fromArray(S, w, weights[2] + c);
        FloatVector w3 = FloatVector.fromArray(S, w, weights[3] + c);
        FloatVector w4 = FloatVector.fromArray(S, w, weights[4] + c);
        FloatVector w5 = FloatVector.fromArray(S, w, weights[5] + c);
        FloatVector w6 = FloatVector.fromArray(S, w, weights[6] + c);
        FloatVector w7 = FloatVector.fromArray(S, w, weights[7] + c);
        FloatVector w8 = FloatVector.fromArray(S, w, weights[8] + c);
        FloatVector first = FloatVector.fromArray(S, bias, c);
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        int[] offsets = run.offsets();
        int top = run.base() + offsets[0] + c;
        int left = offsets[1] - offsets[0];
        int middle = offsets[3] - offsets[0];
        int bottom = offsets[6] - offsets[0];
        int windows = run.windows();
        int step = run.step();
        int at = run.at() + c;
        int pitch = run.pitch();
        for (int i = 0; i < windows; i++) {
            int s = top + i * step;
            FloatVector sum = FloatVector.fromArray(S, x, s).fma(w0, first);
            sum = FloatVector.fromArray(S, x, s + left).fma(w1, sum);
            sum = FloatVector.fromArray(S, x, s + 2 * left).fma(w2, sum);
            sum = FloatVector.fromArray(S, x, s + middle).fma(w3, sum);
            sum = FloatVector.fromArray(S, x, s + middle + left).fma(w4, sum);
            sum = FloatVector.fromArray(S, x, s + middle + 2 * left).fma(w5, sum);
            sum = FloatVector.fromArray(S, x, s + bottom).fma(w6, sum);
            sum = FloatVector.fromArray(S, x, s + bottom + left).fma(w7, sum);
            sum = FloatVector.fromArray(S, x, s + bottom + 2 * left).fma(w8, sum);
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, at + i * pitch);
        }
    }
}
