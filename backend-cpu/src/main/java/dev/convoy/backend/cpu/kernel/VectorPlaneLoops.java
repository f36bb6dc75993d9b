package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over {@link Planes}: {@link ChannelLoops#convolved} in tiles of eight or four windows and one vector of channels,
 * where the last four windows overlap those before if they are no multiple of four, and {@link ChannelLoops#addProducts}.
 * Channels that fill no vector are stored as if they did, and what lies behind them after that.
 */
final class VectorPlaneLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** A small row for warming up, which takes every path. */
    static final ChannelLoops.Row TRIAL = new ChannelLoops.Row(
            new int[] {0, 1, 2, 13, 14, 15, 26, 27, 28},
            new float[9 * L],
            L,
            L,
            new Finish(new float[L], 0, Float.POSITIVE_INFINITY),
            13);

    private VectorPlaneLoops() {}

    static void convolved(ChannelLoops.Row row, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        int channels = row.channels();
        for (int c = (channels - 1) / L * L; c >= 0; c -= L) {
            int i = 0;
            for (; i + 8 <= windows; i += 8) {
                eight(row, c, planes, base + i, y, at + i * channels + c);
            }
            for (; i + 4 <= windows; i += 4) {
                four(row, c, planes, base + i, y, at + i * channels + c);
            }
            if (i < windows) {
                i = windows - 4;
                four(row, c, planes, base + i, y, at + i * channels + c);
            }
        }
    }

    private static void eight(ChannelLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        int channels = row.channels();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int e = 0; e < offsets.length; e++) {
            FloatVector weight = FloatVector.fromArray(S, w, e * pitch + c);
            int s = base + offsets[e];
            sum0 = FloatVector.broadcast(S, x[s]).fma(weight, sum0);
            sum1 = FloatVector.broadcast(S, x[s + 1]).fma(weight, sum1);
            sum2 = FloatVector.broadcast(S, x[s + 2]).fma(weight, sum2);
            sum3 = FloatVector.broadcast(S, x[s + 3]).fma(weight, sum3);
            sum4 = FloatVector.broadcast(S, x[s + 4]).fma(weight, sum4);
            sum5 = FloatVector.broadcast(S, x[s + 5]).fma(weight, sum5);
            sum6 = FloatVector.broadcast(S, x[s + 6]).fma(weight, sum6);
            sum7 = FloatVector.broadcast(S, x[s + 7]).fma(weight, sum7);
        }
        FloatVector low = FloatVector.broadcast(S, row.finish().low());
        FloatVector high = FloatVector.broadcast(S, row.finish().high());
        bounded(sum0, low, high).intoArray(y, at);
        bounded(sum1, low, high).intoArray(y, at + channels);
        bounded(sum2, low, high).intoArray(y, at + 2 * channels);
        bounded(sum3, low, high).intoArray(y, at + 3 * channels);
        bounded(sum4, low, high).intoArray(y, at + 4 * channels);
        bounded(sum5, low, high).intoArray(y, at + 5 * channels);
        bounded(sum6, low, high).intoArray(y, at + 6 * channels);
        bounded(sum7, low, high).intoArray(y, at + 7 * channels);
    }

    private static void four(ChannelLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        int channels = row.channels();
        FloatVector sum0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int e = 0; e < offsets.length; e++) {
            FloatVector weight = FloatVector.fromArray(S, w, e * pitch + c);
            int s = base + offsets[e];
            sum0 = FloatVector.broadcast(S, x[s]).fma(weight, sum0);
            sum1 = FloatVector.broadcast(S, x[s + 1]).fma(weight, sum1);
            sum2 = FloatVector.broadcast(S, x[s + 2]).fma(weight, sum2);
            sum3 = FloatVector.broadcast(S, x[s + 3]).fma(weight, sum3);
        }
        FloatVector low = FloatVector.broadcast(S, row.finish().low());
        FloatVector high = FloatVector.broadcast(S, row.finish().high());
        bounded(sum0, low, high).intoArray(y, at);
        bounded(sum1, low, high).intoArray(y, at + channels);
        bounded(sum2, low, high).intoArray(y, at + 2 * channels);
        bounded(sum3, low, high).intoArray(y, at + 3 * channels);
    }

    private static FloatVector bounded(FloatVector sum, FloatVector low, FloatVector high) {
        FloatVector raised = sum.blend(low, sum.compare(VectorOperators.LT, low));
        return raised.blend(high, raised.compare(VectorOperators.GT, high));
    }

    /** Nine elements share each gradient; nine sums hide how long an addition takes. */
    static void addProducts(
            ChannelLoops.Products row, float[] planes, int base, float[] dy, int at, float[] sums, int start) {
        int pitch = row.pitch();
        for (int c = 0; c < pitch; c += L) {
            for (int e = 0; e < row.offsets().length; e += 9) {
                addNine(row, e, planes, base, dy, at + c, sums, start + e * pitch + c);
            }
        }
    }

    private static void addNine(
            ChannelLoops.Products row, int e, float[] x, int base, float[] dy, int at, float[] sums, int start) {
        int windows = row.windows();
        int channels = row.channels();
        int pitch = row.pitch();
        int[] offsets = row.offsets();
        int at0 = base + offsets[e];
        int at1 = base + offsets[e + 1];
        int at2 = base + offsets[e + 2];
        int at3 = base + offsets[e + 3];
        int at4 = base + offsets[e + 4];
        int at5 = base + offsets[e + 5];
        int at6 = base + offsets[e + 6];
        int at7 = base + offsets[e + 7];
        int at8 = base + offsets[e + 8];
        FloatVector sum0 = FloatVector.fromArray(S, sums, start);
        FloatVector sum1 = FloatVector.fromArray(S, sums, start + pitch);
        FloatVector sum2 = FloatVector.fromArray(S, sums, start + 2 * pitch);
        FloatVector sum3 = FloatVector.fromArray(S, sums, start + 3 * pitch);
        FloatVector sum4 = FloatVector.fromArray(S, sums, start + 4 * pitch);
        FloatVector sum5 = FloatVector.fromArray(S, sums, start + 5 * pitch);
        FloatVector sum6 = FloatVector.fromArray(S, sums, start + 6 * pitch);
        FloatVector sum7 = FloatVector.fromArray(S, sums, start + 7 * pitch);
        FloatVector sum8 = FloatVector.fromArray(S, sums, start + 8 * pitch);
        for (int i = 0; i < windows; i++) {
            FloatVector gradient = FloatVector.fromArray(S, dy, at + i * channels);
            sum0 = FloatVector.broadcast(S, x[at0 + i]).fma(gradient, sum0);
            sum1 = FloatVector.broadcast(S, x[at1 + i]).fma(gradient, sum1);
            sum2 = FloatVector.broadcast(S, x[at2 + i]).fma(gradient, sum2);
            sum3 = FloatVector.broadcast(S, x[at3 + i]).fma(gradient, sum3);
            sum4 = FloatVector.broadcast(S, x[at4 + i]).fma(gradient, sum4);
            sum5 = FloatVector.broadcast(S, x[at5 + i]).fma(gradient, sum5);
            sum6 = FloatVector.broadcast(S, x[at6 + i]).fma(gradient, sum6);
            sum7 = FloatVector.broadcast(S, x[at7 + i]).fma(gradient, sum7);
            sum8 = FloatVector.broadcast(S, x[at8 + i]).fma(gradient, sum8);
        }
        sum0.intoArray(sums, start);
        sum1.intoArray(sums, start + pitch);
        sum2.intoArray(sums, start + 2 * pitch);
        sum3.intoArray(sums, start + 3 * pitch);
        sum4.intoArray(sums, start + 4 * pitch);
        sum5.intoArray(sums, start + 5 * pitch);
        sum6.intoArray(sums, start + 6 * pitch);
        sum7.intoArray(sums, start + 7 * pitch);
        sum8.intoArray(sums, start + 8 * pitch);
    }
}
