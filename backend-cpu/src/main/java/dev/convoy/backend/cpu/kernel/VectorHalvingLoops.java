package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link PlaneLoops#halved}: the windows of a tile, in two rows, are summed and compared in registers. As in
 * {@link VectorRunLoops} an element is copied to all lanes once for all windows that share it. The last tile overlaps the
 * one before if need be. The tiles here are of three elements that lie together, those of {@link VectorFiveHalvingLoops} of five.
 */
final class VectorHalvingLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Whether there are registers for more than tiles of four. */
    private static final boolean WIDE = L >= 16;

    private VectorHalvingLoops() {}

    static void halved(PlaneLoops.Row row, int step, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        int channels = row.channels();
        int tile = row.together() == 3 ? 8 : 6;
        for (int c = row.pitch() - L; c >= 0; c -= L) {
            int i = 0;
            for (; WIDE && i + tile <= windows; i += tile) {
                if (tile == 8) {
                    eight(row, c, planes, base + i, step, y, at + i / 2 * channels + c);
                } else {
                    VectorFiveHalvingLoops.six(row, c, planes, base + i, step, y, at + i / 2 * channels + c);
                }
            }
            for (; i < windows; i += 4) {
                i = Math.min(i, windows - 4);
                if (tile == 8) {
                    four(row, c, planes, base + i, step, y, at + i / 2 * channels + c);
                } else {
                    VectorFiveHalvingLoops.four(row, c, planes, base + i, step, y, at + i / 2 * channels + c);
                }
            }
        }
    }

    private static void eight(PlaneLoops.Row row, int c, float[] x, int base, int step, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector high0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector low0 = high0;
        FloatVector high1 = high0;
        FloatVector low1 = high0;
        FloatVector high2 = high0;
        FloatVector low2 = high0;
        FloatVector high3 = high0;
        FloatVector low3 = high0;
        FloatVector high4 = high0;
        FloatVector low4 = high0;
        FloatVector high5 = high0;
        FloatVector low5 = high0;
        FloatVector high6 = high0;
        FloatVector low6 = high0;
        FloatVector high7 = high0;
        FloatVector low7 = high0;
        for (int e = 0; e < offsets.length; e += 3) {
            int s = base + offsets[e];
            int t = s + step;
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            high0 = element.fma(w0, high0);
            element = FloatVector.broadcast(S, x[t]);
            low0 = element.fma(w0, low0);
            element = FloatVector.broadcast(S, x[s + 1]);
            high0 = element.fma(w1, high0);
            high1 = element.fma(w0, high1);
            element = FloatVector.broadcast(S, x[t + 1]);
            low0 = element.fma(w1, low0);
            low1 = element.fma(w0, low1);
            element = FloatVector.broadcast(S, x[s + 2]);
            high0 = element.fma(w2, high0);
            high1 = element.fma(w1, high1);
            high2 = element.fma(w0, high2);
            element = FloatVector.broadcast(S, x[t + 2]);
            low0 = element.fma(w2, low0);
            low1 = element.fma(w1, low1);
            low2 = element.fma(w0, low2);
            element = FloatVector.broadcast(S, x[s + 3]);
            high1 = element.fma(w2, high1);
            high2 = element.fma(w1, high2);
            high3 = element.fma(w0, high3);
            element = FloatVector.broadcast(S, x[t + 3]);
            low1 = element.fma(w2, low1);
            low2 = element.fma(w1, low2);
            low3 = element.fma(w0, low3);
            element = FloatVector.broadcast(S, x[s + 4]);
            high2 = element.fma(w2, high2);
            high3 = element.fma(w1, high3);
            high4 = element.fma(w0, high4);
            element = FloatVector.broadcast(S, x[t + 4]);
            low2 = element.fma(w2, low2);
            low3 = element.fma(w1, low3);
            low4 = element.fma(w0, low4);
            element = FloatVector.broadcast(S, x[s + 5]);
            high3 = element.fma(w2, high3);
            high4 = element.fma(w1, high4);
            high5 = element.fma(w0, high5);
            element = FloatVector.broadcast(S, x[t + 5]);
            low3 = element.fma(w2, low3);
            low4 = element.fma(w1, low4);
            low5 = element.fma(w0, low5);
            element = FloatVector.broadcast(S, x[s + 6]);
            high4 = element.fma(w2, high4);
            high5 = element.fma(w1, high5);
            high6 = element.fma(w0, high6);
            element = FloatVector.broadcast(S, x[t + 6]);
            low4 = element.fma(w2, low4);
            low5 = element.fma(w1, low5);
            low6 = element.fma(w0, low6);
            element = FloatVector.broadcast(S, x[s + 7]);
            high5 = element.fma(w2, high5);
            high6 = element.fma(w1, high6);
            high7 = element.fma(w0, high7);
            element = FloatVector.broadcast(S, x[t + 7]);
            low5 = element.fma(w2, low5);
            low6 = element.fma(w1, low6);
            low7 = element.fma(w0, low7);
            element = FloatVector.broadcast(S, x[s + 8]);
            high6 = element.fma(w2, high6);
            high7 = element.fma(w1, high7);
            element = FloatVector.broadcast(S, x[t + 8]);
            low6 = element.fma(w2, low6);
            low7 = element.fma(w1, low7);
            element = FloatVector.broadcast(S, x[s + 9]);
            high7 = element.fma(w2, high7);
            element = FloatVector.broadcast(S, x[t + 9]);
            low7 = element.fma(w2, low7);
        }
        int channels = row.channels();
        FloatVector least = FloatVector.broadcast(S, row.finish().low());
        FloatVector most = FloatVector.broadcast(S, row.finish().high());
        high0 = high0.blend(low0, low0.compare(VectorOperators.GT, high0));
        high1 = high1.blend(low1, low1.compare(VectorOperators.GT, high1));
        high0 = high0.blend(high1, high1.compare(VectorOperators.GT, high0));
        high0 = high0.blend(least, high0.compare(VectorOperators.LT, least));
        high0.blend(most, high0.compare(VectorOperators.GT, most)).intoArray(y, at);
        high2 = high2.blend(low2, low2.compare(VectorOperators.GT, high2));
        high3 = high3.blend(low3, low3.compare(VectorOperators.GT, high3));
        high2 = high2.blend(high3, high3.compare(VectorOperators.GT, high2));
        high2 = high2.blend(least, high2.compare(VectorOperators.LT, least));
        high2.blend(most, high2.compare(VectorOperators.GT, most)).intoArray(y, at + channels);
        high4 = high4.blend(low4, low4.compare(VectorOperators.GT, high4));
        high5 = high5.blend(low5, low5.compare(VectorOperators.GT, high5));
        high4 = high4.blend(high5, high5.compare(VectorOperators.GT, high4));
        high4 = high4.blend(least, high4.compare(VectorOperators.LT, least));
        high4.blend(most, high4.compare(VectorOperators.GT, most)).intoArray(y, at + 2 * channels);
        high6 = high6.blend(low6, low6.compare(VectorOperators.GT, high6));
        high7 = high7.blend(low7, low7.compare(VectorOperators.GT, high7));
        high6 = high6.blend(high7, high7.compare(VectorOperators.GT, high6));
        high6 = high6.blend(least, high6.compare(VectorOperators.LT, least));
        high6.blend(most, high6.compare(VectorOperators.GT, most)).intoArray(y, at + 3 * channels);
    }

    private static void four(PlaneLoops.Row row, int c, float[] x, int base, int step, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        FloatVector high0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector low0 = high0;
        FloatVector high1 = high0;
        FloatVector low1 = high0;
        FloatVector high2 = high0;
        FloatVector low2 = high0;
        FloatVector high3 = high0;
        FloatVector low3 = high0;
        for (int e = 0; e < offsets.length; e += 3) {
            int s = base + offsets[e];
            int t = s + step;
            int k = e * pitch + c;
            FloatVector w0 = FloatVector.fromArray(S, w, k);
            FloatVector w1 = FloatVector.fromArray(S, w, k + pitch);
            FloatVector w2 = FloatVector.fromArray(S, w, k + 2 * pitch);
            FloatVector element = FloatVector.broadcast(S, x[s]);
            high0 = element.fma(w0, high0);
            element = FloatVector.broadcast(S, x[t]);
            low0 = element.fma(w0, low0);
            element = FloatVector.broadcast(S, x[s + 1]);
            high0 = element.fma(w1, high0);
            high1 = element.fma(w0, high1);
            element = FloatVector.broadcast(S, x[t + 1]);
            low0 = element.fma(w1, low0);
            low1 = element.fma(w0, low1);
            element = FloatVector.broadcast(S, x[s + 2]);
            high0 = element.fma(w2, high0);
            high1 = element.fma(w1, high1);
            high2 = element.fma(w0, high2);
            element = FloatVector.broadcast(S, x[t + 2]);
            low0 = element.fma(w2, low0);
            low1 = element.fma(w1, low1);
            low2 = element.fma(w0, low2);
            element = FloatVector.broadcast(S, x[s + 3]);
            high1 = element.fma(w2, high1);
            high2 = element.fma(w1, high2);
            high3 = element.fma(w0, high3);
            element = FloatVector.broadcast(S, x[t + 3]);
            low1 = element.fma(w2, low1);
            low2 = element.fma(w1, low2);
            low3 = element.fma(w0, low3);
            element = FloatVector.broadcast(S, x[s + 4]);
            high2 = element.fma(w2, high2);
            high3 = element.fma(w1, high3);
            element = FloatVector.broadcast(S, x[t + 4]);
            low2 = element.fma(w2, low2);
            low3 = element.fma(w1, low3);
            element = FloatVector.broadcast(S, x[s + 5]);
            high3 = element.fma(w2, high3);
            element = FloatVector.broadcast(S, x[t + 5]);
            low3 = element.fma(w2, low3);
        }
        int channels = row.channels();
        FloatVector least = FloatVector.broadcast(S, row.finish().low());
        FloatVector most = FloatVector.broadcast(S, row.finish().high());
        high0 = high0.blend(low0, low0.compare(VectorOperators.GT, high0));
        high1 = high1.blend(low1, low1.compare(VectorOperators.GT, high1));
        high0 = high0.blend(high1, high1.compare(VectorOperators.GT, high0));
        high0 = high0.blend(least, high0.compare(VectorOperators.LT, least));
        high0.blend(most, high0.compare(VectorOperators.GT, most)).intoArray(y, at);
        high2 = high2.blend(low2, low2.compare(VectorOperators.GT, high2));
        high3 = high3.blend(low3, low3.compare(VectorOperators.GT, high3));
        high2 = high2.blend(high3, high3.compare(VectorOperators.GT, high2));
        high2 = high2.blend(least, high2.compare(VectorOperators.LT, least));
        high2.blend(most, high2.compare(VectorOperators.GT, most)).intoArray(y, at + channels);
    }
}
