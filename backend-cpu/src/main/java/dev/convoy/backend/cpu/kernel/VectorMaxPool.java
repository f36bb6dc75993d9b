package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.kernel.VectorStripLoops.Group;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The largest elements of seven neighbouring windows, a vector of channels at a time: those of each column first, which
 * neighbouring windows share. A column that a window lacks is the one beside it once more.
 */
final class VectorMaxPool {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorMaxPool() {}

    /** Windows that move by one column, channels {@code [from, to)}. */
    static void single(Group group, float[] x, float[] y, int from, int to) {
        int step = group.step();
        int pitch = group.pitch();
        int left = group.left() ? 0 : step;
        int right = group.right() ? 8 * step : 7 * step;
        int rows = group.rows();
        for (int c = from; c < to; c += L) {
            int s = group.base() + c;
            FloatVector best0 = FloatVector.fromArray(S, x, s + left);
            FloatVector best1 = FloatVector.fromArray(S, x, s + step);
            FloatVector best2 = FloatVector.fromArray(S, x, s + 2 * step);
            FloatVector best3 = FloatVector.fromArray(S, x, s + 3 * step);
            FloatVector best4 = FloatVector.fromArray(S, x, s + 4 * step);
            FloatVector best5 = FloatVector.fromArray(S, x, s + 5 * step);
            FloatVector best6 = FloatVector.fromArray(S, x, s + 6 * step);
            FloatVector best7 = FloatVector.fromArray(S, x, s + 7 * step);
            FloatVector best8 = FloatVector.fromArray(S, x, s + right);
            for (int r = 1; r < rows; r++) {
                s += pitch;
                FloatVector x0 = FloatVector.fromArray(S, x, s + left);
                best0 = best0.blend(x0, x0.compare(VectorOperators.GT, best0));
                FloatVector x1 = FloatVector.fromArray(S, x, s + step);
                best1 = best1.blend(x1, x1.compare(VectorOperators.GT, best1));
                FloatVector x2 = FloatVector.fromArray(S, x, s + 2 * step);
                best2 = best2.blend(x2, x2.compare(VectorOperators.GT, best2));
                FloatVector x3 = FloatVector.fromArray(S, x, s + 3 * step);
                best3 = best3.blend(x3, x3.compare(VectorOperators.GT, best3));
                FloatVector x4 = FloatVector.fromArray(S, x, s + 4 * step);
                best4 = best4.blend(x4, x4.compare(VectorOperators.GT, best4));
                FloatVector x5 = FloatVector.fromArray(S, x, s + 5 * step);
                best5 = best5.blend(x5, x5.compare(VectorOperators.GT, best5));
                FloatVector x6 = FloatVector.fromArray(S, x, s + 6 * step);
                best6 = best6.blend(x6, x6.compare(VectorOperators.GT, best6));
                FloatVector x7 = FloatVector.fromArray(S, x, s + 7 * step);
                best7 = best7.blend(x7, x7.compare(VectorOperators.GT, best7));
                FloatVector x8 = FloatVector.fromArray(S, x, s + right);
                best8 = best8.blend(x8, x8.compare(VectorOperators.GT, best8));
            }
            int t = group.at() + c;
            FloatVector pair0 = best0.blend(best1, best1.compare(VectorOperators.GT, best0));
            pair0.blend(best2, best2.compare(VectorOperators.GT, pair0)).intoArray(y, t);
            FloatVector pair1 = best1.blend(best2, best2.compare(VectorOperators.GT, best1));
            pair1.blend(best3, best3.compare(VectorOperators.GT, pair1)).intoArray(y, t + step);
            FloatVector pair2 = best2.blend(best3, best3.compare(VectorOperators.GT, best2));
            pair2.blend(best4, best4.compare(VectorOperators.GT, pair2)).intoArray(y, t + 2 * step);
            FloatVector pair3 = best3.blend(best4, best4.compare(VectorOperators.GT, best3));
            pair3.blend(best5, best5.compare(VectorOperators.GT, pair3)).intoArray(y, t + 3 * step);
            FloatVector pair4 = best4.blend(best5, best5.compare(VectorOperators.GT, best4));
            pair4.blend(best6, best6.compare(VectorOperators.GT, pair4)).intoArray(y, t + 4 * step);
            FloatVector pair5 = best5.blend(best6, best6.compare(VectorOperators.GT, best5));
            pair5.blend(best7, best7.compare(VectorOperators.GT, pair5)).intoArray(y, t + 5 * step);
            FloatVector pair6 = best6.blend(best7, best7.compare(VectorOperators.GT, best6));
            pair6.blend(best8, best8.compare(VectorOperators.GT, pair6)).intoArray(y, t + 6 * step);
        }
    }

    /** Windows that move by two columns, channels {@code [from, to)}. */
    static void twofold(Group group, float[] x, float[] y, int from, int to) {
        int step = group.step();
        int pitch = group.pitch();
        int left = group.left() ? 0 : step;
        int right = group.right() ? 14 * step : 13 * step;
        int rows = group.rows();
        for (int c = from; c < to; c += L) {
            int s = group.base() + c;
            FloatVector best0 = FloatVector.fromArray(S, x, s + left);
            FloatVector best1 = FloatVector.fromArray(S, x, s + step);
            FloatVector best2 = FloatVector.fromArray(S, x, s + 2 * step);
            FloatVector best3 = FloatVector.fromArray(S, x, s + 3 * step);
            FloatVector best4 = FloatVector.fromArray(S, x, s + 4 * step);
            FloatVector best5 = FloatVector.fromArray(S, x, s + 5 * step);
            FloatVector best6 = FloatVector.fromArray(S, x, s + 6 * step);
            FloatVector best7 = FloatVector.fromArray(S, x, s + 7 * step);
            FloatVector best8 = FloatVector.fromArray(S, x, s + 8 * step);
            FloatVector best9 = FloatVector.fromArray(S, x, s + 9 * step);
            FloatVector best10 = FloatVector.fromArray(S, x, s + 10 * step);
            FloatVector best11 = FloatVector.fromArray(S, x, s + 11 * step);
            FloatVector best12 = FloatVector.fromArray(S, x, s + 12 * step);
            FloatVector best13 = FloatVector.fromArray(S, x, s + 13 * step);
            FloatVector best14 = FloatVector.fromArray(S, x, s + right);
            for (int r = 1; r < rows; r++) {
                s += pitch;
                FloatVector x0 = FloatVector.fromArray(S, x, s + left);
                best0 = best0.blend(x0, x0.compare(VectorOperators.GT, best0));
                FloatVector x1 = FloatVector.fromArray(S, x, s + step);
                best1 = best1.blend(x1, x1.compare(VectorOperators.GT, best1));
                FloatVector x2 = FloatVector.fromArray(S, x, s + 2 * step);
                best2 = best2.blend(x2, x2.compare(VectorOperators.GT, best2));
                FloatVector x3 = FloatVector.fromArray(S, x, s + 3 * step);
                best3 = best3.blend(x3, x3.compare(VectorOperators.GT, best3));
                FloatVector x4 = FloatVector.fromArray(S, x, s + 4 * step);
                best4 = best4.blend(x4, x4.compare(VectorOperators.GT, best4));
                FloatVector x5 = FloatVector.fromArray(S, x, s + 5 * step);
                best5 = best5.blend(x5, x5.compare(VectorOperators.GT, best5));
                FloatVector x6 = FloatVector.fromArray(S, x, s + 6 * step);
                best6 = best6.blend(x6, x6.compare(VectorOperators.GT, best6));
                FloatVector x7 = FloatVector.fromArray(S, x, s + 7 * step);
                best7 = best7.blend(x7, x7.compare(VectorOperators.GT, best7));
                FloatVector x8 = FloatVector.fromArray(S, x, s + 8 * step);
                best8 = best8.blend(x8, x8.compare(VectorOperators.GT, best8));
                FloatVector x9 = FloatVector.fromArray(S, x, s + 9 * step);
                best9 = best9.blend(x9, x9.compare(VectorOperators.GT, best9));
                FloatVector x10 = FloatVector.fromArray(S, x, s + 10 * step);
                best10 = best10.blend(x10, x10.compare(VectorOperators.GT, best10));
                FloatVector x11 = FloatVector.fromArray(S, x, s + 11 * step);
                best11 = best11.blend(x11, x11.compare(VectorOperators.GT, best11));
                FloatVector x12 = FloatVector.fromArray(S, x, s + 12 * step);
                best12 = best12.blend(x12, x12.compare(VectorOperators.GT, best12));
                FloatVector x13 = FloatVector.fromArray(S, x, s + 13 * step);
                best13 = best13.blend(x13, x13.compare(VectorOperators.GT, best13));
                FloatVector x14 = FloatVector.fromArray(S, x, s + right);
                best14 = best14.blend(x14, x14.compare(VectorOperators.GT, best14));
            }
            int t = group.at() + c;
            FloatVector pair0 = best0.blend(best1, best1.compare(VectorOperators.GT, best0));
            pair0.blend(best2, best2.compare(VectorOperators.GT, pair0)).intoArray(y, t);
            FloatVector pair1 = best2.blend(best3, best3.compare(VectorOperators.GT, best2));
            pair1.blend(best4, best4.compare(VectorOperators.GT, pair1)).intoArray(y, t + step);
            FloatVector pair2 = best4.blend(best5, best5.compare(VectorOperators.GT, best4));
            pair2.blend(best6, best6.compare(VectorOperators.GT, pair2)).intoArray(y, t + 2 * step);
            FloatVector pair3 = best6.blend(best7, best7.compare(VectorOperators.GT, best6));
            pair3.blend(best8, best8.compare(VectorOperators.GT, pair3)).intoArray(y, t + 3 * step);
            FloatVector pair4 = best8.blend(best9, best9.compare(VectorOperators.GT, best8));
            pair4.blend(best10, best10.compare(VectorOperators.GT, pair4)).intoArray(y, t + 4 * step);
            FloatVector pair5 = best10.blend(best11, best11.compare(VectorOperators.GT, best10));
            pair5.blend(best12, best12.compare(VectorOperators.GT, pair5)).intoArray(y, t + 5 * step);
            FloatVector pair6 = best12.blend(best13, best13.compare(VectorOperators.GT, best12));
            pair6.blend(best14, best14.compare(VectorOperators.GT, pair6)).intoArray(y, t + 6 * step);
        }
    }
}
