package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link ChannelLoops} that handle each tap by itself, for at least one whole vector of channels. */
final class VectorTapLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, S.vectorShape());
    private static final VectorSpecies<Long> J = VectorSpecies.of(long.class, S.vectorShape());
    private static final int L = S.length();

    private VectorTapLoops() {}

    static void max(float[] x, ChannelLoops.Run run, int[] pixels, float[] y, long[] indices) {
        for (int start = 0; start < run.channels(); start += L) {
            maxBlock(x, run, VectorChannelLoops.block(start, run.channels()), pixels, y, indices);
        }
    }

    private static void maxBlock(float[] x, ChannelLoops.Run run, int c, int[] pixels, float[] y, long[] indices) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int channels = run.channels();
        int windows = run.windows();
        int base = run.base() + c;
        int moved = run.step() / channels;
        for (int i = 0; i < windows; i++) {
            int source = base + i * run.step();
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0]);
            IntVector place = IntVector.broadcast(I, pixels[0] + i * moved);
            for (int t = 1; t < taps; t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t]);
                VectorMask<Float> larger = next.compare(VectorOperators.GT, best);
                best = best.blend(next, larger);
                place = place.blend(pixels[t] + i * moved, larger.cast(I));
            }
            int at = run.at() + c + i * channels;
            best.intoArray(y, at);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 0)).intoArray(indices, at);
            ((LongVector) place.convertShape(VectorOperators.I2L, J, 1)).intoArray(indices, at + L / 2);
        }
    }

    /** Nine taps, or three, share each element of dy; nine sums hide how long an addition takes. */
    static void addProducts(float[] x, ChannelLoops.Run run, float[] dy, int[] weights, float[] dw, int start) {
        int nines = run.taps() / 9 * 9;
        int threes = run.taps() / 3 * 3;
        for (int c = 0; c < run.channels(); c += L) {
            for (int t = 0; t < nines; t += 9) {
                addNine(x, run, c, t, dy, weights, dw, start + c);
            }
            for (int t = nines; t < threes; t += 3) {
                addThree(x, run, c, t, dy, weights, dw, start + c);
            }
            for (int t = threes; t < run.taps(); t++) {
                addOne(x, run, c, t, dy, weights, dw, start + c);
            }
        }
    }

    private static void addNine(
            float[] x, ChannelLoops.Run run, int c, int t, float[] dy, int[] weights, float[] dw, int start) {
        int windows = run.windows();
        int channels = run.channels();
        int step = run.step();
        int[] offsets = run.offsets();
        int at0 = run.base() + offsets[t + 0];
        int at1 = run.base() + offsets[t + 1];
        int at2 = run.base() + offsets[t + 2];
        int at3 = run.base() + offsets[t + 3];
        int at4 = run.base() + offsets[t + 4];
        int at5 = run.base() + offsets[t + 5];
        int at6 = run.base() + offsets[t + 6];
        int at7 = run.base() + offsets[t + 7];
        int at8 = run.base() + offsets[t + 8];
        int at = run.at() + c;
        FloatVector sum0 = FloatVector.fromArray(S, dw, start + weights[t + 0]);
        FloatVector sum1 = FloatVector.fromArray(S, dw, start + weights[t + 1]);
        FloatVector sum2 = FloatVector.fromArray(S, dw, start + weights[t + 2]);
        FloatVector sum3 = FloatVector.fromArray(S, dw, start + weights[t + 3]);
        FloatVector sum4 = FloatVector.fromArray(S, dw, start + weights[t + 4]);
        FloatVector sum5 = FloatVector.fromArray(S, dw, start + weights[t + 5]);
        FloatVector sum6 = FloatVector.fromArray(S, dw, start + weights[t + 6]);
        FloatVector sum7 = FloatVector.fromArray(S, dw, start + weights[t + 7]);
        FloatVector sum8 = FloatVector.fromArray(S, dw, start + weights[t + 8]);
        for (int i = 0; i < windows; i++) {
            int moved = i * step;
            FloatVector gradient = FloatVector.fromArray(S, dy, at + i * channels);
            sum0 = FloatVector.broadcast(S, x[at0 + moved]).fma(gradient, sum0);
            sum1 = FloatVector.broadcast(S, x[at1 + moved]).fma(gradient, sum1);
            sum2 = FloatVector.broadcast(S, x[at2 + moved]).fma(gradient, sum2);
            sum3 = FloatVector.broadcast(S, x[at3 + moved]).fma(gradient, sum3);
            sum4 = FloatVector.broadcast(S, x[at4 + moved]).fma(gradient, sum4);
            sum5 = FloatVector.broadcast(S, x[at5 + moved]).fma(gradient, sum5);
            sum6 = FloatVector.broadcast(S, x[at6 + moved]).fma(gradient, sum6);
            sum7 = FloatVector.broadcast(S, x[at7 + moved]).fma(gradient, sum7);
            sum8 = FloatVector.broadcast(S, x[at8 + moved]).fma(gradient, sum8);
        }
        sum0.intoArray(dw, start + weights[t + 0]);
        sum1.intoArray(dw, start + weights[t + 1]);
        sum2.intoArray(dw, start + weights[t + 2]);
        sum3.intoArray(dw, start + weights[t + 3]);
        sum4.intoArray(dw, start + weights[t + 4]);
        sum5.intoArray(dw, start + weights[t + 5]);
        sum6.intoArray(dw, start + weights[t + 6]);
        sum7.intoArray(dw, start + weights[t + 7]);
        sum8.intoArray(dw, start + weights[t + 8]);
    }

    private static void addThree(
            float[] x, ChannelLoops.Run run, int c, int t, float[] dy, int[] weights, float[] dw, int start) {
        int windows = run.windows();
        int channels = run.channels();
        int step = run.step();
        int first = run.base() + run.offsets()[t];
        int second = run.base() + run.offsets()[t + 1];
        int third = run.base() + run.offsets()[t + 2];
        int at = run.at() + c;
        FloatVector sum0 = FloatVector.fromArray(S, dw, start + weights[t]);
        FloatVector sum1 = FloatVector.fromArray(S, dw, start + weights[t + 1]);
        FloatVector sum2 = FloatVector.fromArray(S, dw, start + weights[t + 2]);
        for (int i = 0; i < windows; i++) {
            FloatVector gradient = FloatVector.fromArray(S, dy, at + i * channels);
            sum0 = FloatVector.broadcast(S, x[first + i * step]).fma(gradient, sum0);
            sum1 = FloatVector.broadcast(S, x[second + i * step]).fma(gradient, sum1);
            sum2 = FloatVector.broadcast(S, x[third + i * step]).fma(gradient, sum2);
        }
        sum0.intoArray(dw, start + weights[t]);
        sum1.intoArray(dw, start + weights[t + 1]);
        sum2.intoArray(dw, start + weights[t + 2]);
    }

    private static void addOne(
            float[] x, ChannelLoops.Run run, int c, int t, float[] dy, int[] weights, float[] dw, int start) {
        int windows = run.windows();
        int source = run.base() + run.offsets()[t];
        FloatVector sum = FloatVector.fromArray(S, dw, start + weights[t]);
        for (int i = 0; i < windows; i++) {
            FloatVector gradient = FloatVector.fromArray(S, dy, run.at() + c + i * run.channels());
            sum = FloatVector.broadcast(S, x[source + i * run.step()]).fma(gradient, sum);
        }
        sum.intoArray(dw, start + weights[t]);
    }
}
