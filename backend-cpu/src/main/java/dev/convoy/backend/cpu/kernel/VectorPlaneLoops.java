package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over {@link Planes}: {@link PlaneLoops#convolved} in tiles of eight or four windows and one or two vectors of
 * channels, where the last four windows overlap those before if they are no multiple of four, and {@link PlaneLoops#addProducts}.
 * Channels that fill no vector are stored as if they did, and what lies behind them after that.
 */
final class VectorPlaneLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    /** Whether there are registers for the 16 sums of a pair. */
    private static final boolean PAIRED = L >= 16;

    private VectorPlaneLoops() {}

    static void convolved(PlaneLoops.Row row, float[] planes, int base, float[] y, int at) {
        sum(row, planes, base, y, at);
        if (row.finish().bounds()) {
            bound(row.finish(), y, at, at + row.windows() * row.channels());
        }
    }

    private static void sum(PlaneLoops.Row row, float[] planes, int base, float[] y, int at) {
        int c = row.pitch() - L;
        if (row.together() > 1) {
            for (; c >= 0; c -= L) {
                runs(row, c, planes, base, y, at);
            }
            return;
        }
        for (; PAIRED && c >= L; c -= 2 * L) {
            pairs(row, c - L, planes, base, y, at);
        }
        for (; c >= 0; c -= L) {
            singles(row, c, planes, base, y, at);
        }
    }

    private static void runs(PlaneLoops.Row row, int c, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        int channels = row.channels();
        int i = 0;
        for (; i + 8 <= windows; i += 8) {
            VectorRunLoops.eight(row, c, planes, base + i, y, at + i * channels + c);
        }
        for (; i < windows; i += 4) {
            i = Math.min(i, windows - 4);
            VectorRunLoops.four(row, c, planes, base + i, y, at + i * channels + c);
        }
    }

    private static void pairs(PlaneLoops.Row row, int c, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        int channels = row.channels();
        int i = 0;
        for (; i + 8 <= windows; i += 8) {
            eightPairs(row, c, planes, base + i, y, at + i * channels + c);
        }
        for (; i < windows; i += 4) {
            i = Math.min(i, windows - 4);
            four(row, c + L, planes, base + i, y, at + i * channels + c + L);
            four(row, c, planes, base + i, y, at + i * channels + c);
        }
    }

    private static void singles(PlaneLoops.Row row, int c, float[] planes, int base, float[] y, int at) {
        int windows = row.windows();
        int channels = row.channels();
        int i = 0;
        for (; i + 8 <= windows; i += 8) {
            eight(row, c, planes, base + i, y, at + i * channels + c);
        }
        for (; i < windows; i += 4) {
            i = Math.min(i, windows - 4);
            four(row, c, planes, base + i, y, at + i * channels + c);
        }
    }

    private static void eight(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
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
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
        sum4.intoArray(y, at + 4 * channels);
        sum5.intoArray(y, at + 5 * channels);
        sum6.intoArray(y, at + 6 * channels);
        sum7.intoArray(y, at + 7 * channels);
    }

    /** Two vectors of channels share each element: to copy it to all lanes takes as long as to multiply it. */
    private static void eightPairs(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
        int[] offsets = row.offsets();
        float[] w = row.w();
        int pitch = row.pitch();
        int channels = row.channels();
        FloatVector left0 = FloatVector.fromArray(S, row.finish().bias(), c);
        FloatVector right0 = FloatVector.fromArray(S, row.finish().bias(), c + L);
        FloatVector left1 = left0;
        FloatVector right1 = right0;
        FloatVector left2 = left0;
        FloatVector right2 = right0;
        FloatVector left3 = left0;
        FloatVector right3 = right0;
        FloatVector left4 = left0;
        FloatVector right4 = right0;
        FloatVector left5 = left0;
        FloatVector right5 = right0;
        FloatVector left6 = left0;
        FloatVector right6 = right0;
        FloatVector left7 = left0;
        FloatVector right7 = right0;
        for (int e = 0; e < offsets.length; e++) {
            FloatVector left = FloatVector.fromArray(S, w, e * pitch + c);
            FloatVector right = FloatVector.fromArray(S, w, e * pitch + c + L);
            int s = base + offsets[e];
            FloatVector element = FloatVector.broadcast(S, x[s]);
            left0 = element.fma(left, left0);
            right0 = element.fma(right, right0);
            element = FloatVector.broadcast(S, x[s + 1]);
            left1 = element.fma(left, left1);
            right1 = element.fma(right, right1);
            element = FloatVector.broadcast(S, x[s + 2]);
            left2 = element.fma(left, left2);
            right2 = element.fma(right, right2);
            element = FloatVector.broadcast(S, x[s + 3]);
            left3 = element.fma(left, left3);
            right3 = element.fma(right, right3);
            element = FloatVector.broadcast(S, x[s + 4]);
            left4 = element.fma(left, left4);
            right4 = element.fma(right, right4);
            element = FloatVector.broadcast(S, x[s + 5]);
            left5 = element.fma(left, left5);
            right5 = element.fma(right, right5);
            element = FloatVector.broadcast(S, x[s + 6]);
            left6 = element.fma(left, left6);
            right6 = element.fma(right, right6);
            element = FloatVector.broadcast(S, x[s + 7]);
            left7 = element.fma(left, left7);
            right7 = element.fma(right, right7);
        }
        int beside = at + L;
        left0.intoArray(y, at);
        right0.intoArray(y, beside);
        left1.intoArray(y, at + channels);
        right1.intoArray(y, beside + channels);
        left2.intoArray(y, at + 2 * channels);
        right2.intoArray(y, beside + 2 * channels);
        left3.intoArray(y, at + 3 * channels);
        right3.intoArray(y, beside + 3 * channels);
        left4.intoArray(y, at + 4 * channels);
        right4.intoArray(y, beside + 4 * channels);
        left5.intoArray(y, at + 5 * channels);
        right5.intoArray(y, beside + 5 * channels);
        left6.intoArray(y, at + 6 * channels);
        right6.intoArray(y, beside + 6 * channels);
        left7.intoArray(y, at + 7 * channels);
        right7.intoArray(y, beside + 7 * channels);
    }

    private static void four(PlaneLoops.Row row, int c, float[] x, int base, float[] y, int at) {
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
        sum0.intoArray(y, at);
        sum1.intoArray(y, at + channels);
        sum2.intoArray(y, at + 2 * channels);
        sum3.intoArray(y, at + 3 * channels);
    }

    /** Not part of the tiles, as C2 inlines only so much into one method. */
    private static void bound(Finish finish, float[] y, int from, int to) {
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        int end = from + S.loopBound(to - from);
        for (int i = from; i < end; i += L) {
            FloatVector sum = FloatVector.fromArray(S, y, i);
            FloatVector raised = sum.blend(low, sum.compare(VectorOperators.LT, low));
            raised.blend(high, raised.compare(VectorOperators.GT, high)).intoArray(y, i);
        }
        finish.bound(y, end, to);
    }

    static void pooled(PlaneLoops.Pooling p, Finish bounds, float[] x, int from, float[] y, int to) {
        int channels = p.channels();
        FloatVector low = FloatVector.broadcast(S, bounds.low());
        FloatVector high = FloatVector.broadcast(S, bounds.high());
        for (int c = (channels - 1) / L * L; c >= 0; c -= L) {
            for (int i = 0; i < p.windows(); i++) {
                int at = from + i * p.stride() * channels + c;
                FloatVector best = highest(x, at, p.tall(), p.length());
                for (int k = 1; k < p.wide(); k++) {
                    FloatVector next = highest(x, at + k * channels, p.tall(), p.length());
                    best = best.blend(next, next.compare(VectorOperators.GT, best));
                }
                best = best.blend(low, best.compare(VectorOperators.LT, low));
                best.blend(high, best.compare(VectorOperators.GT, high)).intoArray(y, to + i * channels + c);
            }
        }
    }

    private static FloatVector highest(float[] x, int at, int rows, int length) {
        FloatVector best = FloatVector.fromArray(S, x, at);
        for (int r = 1; r < rows; r++) {
            FloatVector next = FloatVector.fromArray(S, x, at + r * length);
            best = best.blend(next, next.compare(VectorOperators.GT, best));
        }
        return best;
    }

    /** Nine elements share each gradient; nine sums hide how long an addition takes. */
    static void addProducts(PlaneLoops.Products form, int rows, float[] planes, float[] dy, int at, float[] sums) {
        int pitch = form.pitch();
        for (int c = 0; c < form.channels(); c += L) {
            for (int e = 0; e < form.offsets().length; e += 9) {
                addNine(form, rows, e, planes, dy, at + c, sums, e * pitch + c);
            }
        }
    }

    private static void addNine(
            PlaneLoops.Products form, int rows, int e, float[] x, float[] dy, int at, float[] sums, int start) {
        int windows = form.windows();
        int channels = form.channels();
        int pitch = form.pitch();
        int[] offsets = form.offsets();
        int at0 = offsets[e];
        int at1 = offsets[e + 1];
        int at2 = offsets[e + 2];
        int at3 = offsets[e + 3];
        int at4 = offsets[e + 4];
        int at5 = offsets[e + 5];
        int at6 = offsets[e + 6];
        int at7 = offsets[e + 7];
        int at8 = offsets[e + 8];
        FloatVector sum0 = FloatVector.fromArray(S, sums, start);
        FloatVector sum1 = FloatVector.fromArray(S, sums, start + pitch);
        FloatVector sum2 = FloatVector.fromArray(S, sums, start + 2 * pitch);
        FloatVector sum3 = FloatVector.fromArray(S, sums, start + 3 * pitch);
        FloatVector sum4 = FloatVector.fromArray(S, sums, start + 4 * pitch);
        FloatVector sum5 = FloatVector.fromArray(S, sums, start + 5 * pitch);
        FloatVector sum6 = FloatVector.fromArray(S, sums, start + 6 * pitch);
        FloatVector sum7 = FloatVector.fromArray(S, sums, start + 7 * pitch);
        FloatVector sum8 = FloatVector.fromArray(S, sums, start + 8 * pitch);
        for (int r = 0; r < rows; r++) {
            int base = r * form.step();
            int from = at + r * windows * channels;
            for (int i = 0; i < windows; i++) {
                FloatVector gradient = FloatVector.fromArray(S, dy, from + i * channels);
                sum0 = FloatVector.broadcast(S, x[at0 + base + i]).fma(gradient, sum0);
                sum1 = FloatVector.broadcast(S, x[at1 + base + i]).fma(gradient, sum1);
                sum2 = FloatVector.broadcast(S, x[at2 + base + i]).fma(gradient, sum2);
                sum3 = FloatVector.broadcast(S, x[at3 + base + i]).fma(gradient, sum3);
                sum4 = FloatVector.broadcast(S, x[at4 + base + i]).fma(gradient, sum4);
                sum5 = FloatVector.broadcast(S, x[at5 + base + i]).fma(gradient, sum5);
                sum6 = FloatVector.broadcast(S, x[at6 + base + i]).fma(gradient, sum6);
                sum7 = FloatVector.broadcast(S, x[at7 + base + i]).fma(gradient, sum7);
                sum8 = FloatVector.broadcast(S, x[at8 + base + i]).fma(gradient, sum8);
            }
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
