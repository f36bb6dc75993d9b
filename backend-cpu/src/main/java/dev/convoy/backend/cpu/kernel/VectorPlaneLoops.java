package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link ChannelLoops#convolved} in tiles of eight or four windows and one vector of channels. Where the windows are
 * no multiple of four, the last four overlap those before.
 */
final class VectorPlaneLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** A small row for warming up, which takes every path. */
    static final ChannelLoops.Row TRIAL = new ChannelLoops.Row(
            new int[] {0, 1, 2, 13, 14, 15, 26, 27, 28},
            new float[9 * L],
            L,
            new Finish(new float[L], 0, Float.POSITIVE_INFINITY),
            13);

    private VectorPlaneLoops() {}

    static void convolved(ChannelLoops.Row row, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        for (int c = 0; c < row.pitch(); c += L) {
            int i = 0;
            for (; i + 8 <= windows; i += 8) {
                eight(row, c, planes, base + i, y, at + i * row.pitch() + c);
            }
            for (; i + 4 <= windows; i += 4) {
                four(row, c, planes, base + i, y, at + i * row.pitch() + c);
            }
            if (i < windows) {
                i = windows - 4;
                four(row, c, planes, base + i, y, at + i * row.pitch() + c);
            }
        }
    }

    private static void eight(ChannelLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
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
        bounded(sum1, low, high).intoArray(y, at + pitch);
        bounded(sum2, low, high).intoArray(y, at + 2 * pitch);
        bounded(sum3, low, high).intoArray(y, at + 3 * pitch);
        bounded(sum4, low, high).intoArray(y, at + 4 * pitch);
        bounded(sum5, low, high).intoArray(y, at + 5 * pitch);
        bounded(sum6, low, high).intoArray(y, at + 6 * pitch);
        bounded(sum7, low, high).intoArray(y, at + 7 * pitch);
    }

    private static void four(ChannelLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
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
        bounded(sum1, low, high).intoArray(y, at + pitch);
        bounded(sum2, low, high).intoArray(y, at + 2 * pitch);
        bounded(sum3, low, high).intoArray(y, at + 3 * pitch);
    }

    private static FloatVector bounded(FloatVector sum, FloatVector low, FloatVector high) {
        FloatVector raised = sum.blend(low, sum.compare(VectorOperators.LT, low));
        return raised.blend(high, raised.compare(VectorOperators.GT, high));
    }
}
