package dev.convoy.backend.cpu.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link Winograd} for one vector of channels: along the columns of a tile into t, then along its rows.
 * Bodies are written out, without vectors as arguments, so that C2 keeps all of them in registers.
 */
final class VectorTransforms {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTransforms() {}

    /** Data of F2; product i goes to {@code vt + i * vs}. */
    static void data2(float[] x, int at, int row, int pixel, float[] t, float[] v, int vt, int vs) {
        for (int j = 0; j < 4; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector x0 = FloatVector.fromArray(S, x, from);
            FloatVector x1 = FloatVector.fromArray(S, x, from + row);
            FloatVector x2 = FloatVector.fromArray(S, x, from + 2 * row);
            FloatVector x3 = FloatVector.fromArray(S, x, from + 3 * row);
            x2.sub(x0).intoArray(t, to);
            x2.add(x1).intoArray(t, to + (4 * L));
            x2.sub(x1).intoArray(t, to + 2 * (4 * L));
            x3.sub(x1).intoArray(t, to + 3 * (4 * L));
        }
        for (int i = 0; i < 4; i++) {
            int from = i * 4 * L;
            int to = vt + i * 4 * vs;
            FloatVector x0 = FloatVector.fromArray(S, t, from);
            FloatVector x1 = FloatVector.fromArray(S, t, from + L);
            FloatVector x2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector x3 = FloatVector.fromArray(S, t, from + 3 * L);
            x2.sub(x0).intoArray(v, to);
            x2.add(x1).intoArray(v, to + vs);
            x2.sub(x1).intoArray(v, to + 2 * vs);
            x3.sub(x1).intoArray(v, to + 3 * vs);
        }
    }

    /** Data of F4; product i goes to {@code vt + i * vs}. */
    static void data4(float[] x, int at, int row, int pixel, float[] t, float[] v, int vt, int vs) {
        for (int j = 0; j < 6; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector x0 = FloatVector.fromArray(S, x, from);
            FloatVector x1 = FloatVector.fromArray(S, x, from + row);
            FloatVector x2 = FloatVector.fromArray(S, x, from + 2 * row);
            FloatVector x3 = FloatVector.fromArray(S, x, from + 3 * row);
            FloatVector x4 = FloatVector.fromArray(S, x, from + 4 * row);
            FloatVector x5 = FloatVector.fromArray(S, x, from + 5 * row);
            FloatVector farEven = x2.fma(FloatVector.broadcast(S, -2.25f), x4);
            FloatVector farOdd = x1.fma(FloatVector.broadcast(S, -2.25f), x3);
            FloatVector nearEven = x2.fma(FloatVector.broadcast(S, -0.5625f), x4);
            FloatVector nearOdd = x1.fma(FloatVector.broadcast(S, -0.5625f), x3);
            x0.fma(FloatVector.broadcast(S, 1.265625f), x2.fma(FloatVector.broadcast(S, -2.8125f), x4))
                    .intoArray(t, to);
            farOdd.fma(FloatVector.broadcast(S, 0.75f), farEven).intoArray(t, to + (6 * L));
            farOdd.fma(FloatVector.broadcast(S, -0.75f), farEven).intoArray(t, to + 2 * (6 * L));
            nearOdd.fma(FloatVector.broadcast(S, 1.5f), nearEven).intoArray(t, to + 3 * (6 * L));
            nearOdd.fma(FloatVector.broadcast(S, -1.5f), nearEven).intoArray(t, to + 4 * (6 * L));
            x1.fma(FloatVector.broadcast(S, 1.265625f), x3.fma(FloatVector.broadcast(S, -2.8125f), x5))
                    .intoArray(t, to + 5 * (6 * L));
        }
        for (int i = 0; i < 6; i++) {
            int from = i * 6 * L;
            int to = vt + i * 6 * vs;
            FloatVector x0 = FloatVector.fromArray(S, t, from);
            FloatVector x1 = FloatVector.fromArray(S, t, from + L);
            FloatVector x2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector x3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector x4 = FloatVector.fromArray(S, t, from + 4 * L);
            FloatVector x5 = FloatVector.fromArray(S, t, from + 5 * L);
            FloatVector farEven = x2.fma(FloatVector.broadcast(S, -2.25f), x4);
            FloatVector farOdd = x1.fma(FloatVector.broadcast(S, -2.25f), x3);
            FloatVector nearEven = x2.fma(FloatVector.broadcast(S, -0.5625f), x4);
            FloatVector nearOdd = x1.fma(FloatVector.broadcast(S, -0.5625f), x3);
            x0.fma(FloatVector.broadcast(S, 1.265625f), x2.fma(FloatVector.broadcast(S, -2.8125f), x4))
                    .intoArray(v, to);
            farOdd.fma(FloatVector.broadcast(S, 0.75f), farEven).intoArray(v, to + vs);
            farOdd.fma(FloatVector.broadcast(S, -0.75f), farEven).intoArray(v, to + 2 * vs);
            nearOdd.fma(FloatVector.broadcast(S, 1.5f), nearEven).intoArray(v, to + 3 * vs);
            nearOdd.fma(FloatVector.broadcast(S, -1.5f), nearEven).intoArray(v, to + 4 * vs);
            x1.fma(FloatVector.broadcast(S, 1.265625f), x3.fma(FloatVector.broadcast(S, -2.8125f), x5))
                    .intoArray(v, to + 5 * vs);
        }
    }

    /** Sums of F2, product i of which is at {@code mt + i * ms}, and a bias. */
    static void sums2(float[] m, int mt, int ms, float[] t, float[] b, int bt, float[] y, int at, int row, int pixel) {
        for (int j = 0; j < 4; j++) {
            int from = mt + j * ms;
            int to = j * L;
            FloatVector x0 = FloatVector.fromArray(S, m, from);
            FloatVector x1 = FloatVector.fromArray(S, m, from + (4 * ms));
            FloatVector x2 = FloatVector.fromArray(S, m, from + 2 * (4 * ms));
            FloatVector x3 = FloatVector.fromArray(S, m, from + 3 * (4 * ms));
            x0.add(x1).add(x2).intoArray(t, to);
            x1.sub(x2).add(x3).intoArray(t, to + (4 * L));
        }
        FloatVector bias = FloatVector.fromArray(S, b, bt);
        for (int i = 0; i < 2; i++) {
            int from = i * 4 * L;
            int to = at + i * row;
            FloatVector x0 = FloatVector.fromArray(S, t, from);
            FloatVector x1 = FloatVector.fromArray(S, t, from + L);
            FloatVector x2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector x3 = FloatVector.fromArray(S, t, from + 3 * L);
            x0.add(x1).add(x2).add(bias).intoArray(y, to);
            x1.sub(x2).add(x3).add(bias).intoArray(y, to + pixel);
        }
    }

    /** Sums of F4, product i of which is at {@code mt + i * ms}, and a bias. */
    static void sums4(float[] m, int mt, int ms, float[] t, float[] b, int bt, float[] y, int at, int row, int pixel) {
        for (int j = 0; j < 6; j++) {
            int from = mt + j * ms;
            int to = j * L;
            FloatVector x0 = FloatVector.fromArray(S, m, from);
            FloatVector x1 = FloatVector.fromArray(S, m, from + (6 * ms));
            FloatVector x2 = FloatVector.fromArray(S, m, from + 2 * (6 * ms));
            FloatVector x3 = FloatVector.fromArray(S, m, from + 3 * (6 * ms));
            FloatVector x4 = FloatVector.fromArray(S, m, from + 4 * (6 * ms));
            FloatVector x5 = FloatVector.fromArray(S, m, from + 5 * (6 * ms));
            FloatVector nearSum = x1.add(x2);
            FloatVector nearDifference = x1.sub(x2);
            FloatVector farSum = x3.add(x4);
            FloatVector farDifference = x3.sub(x4);
            x0.add(nearSum).add(farSum).intoArray(t, to);
            farDifference
                    .fma(FloatVector.broadcast(S, 1.5f), nearDifference.mul(0.75f))
                    .intoArray(t, to + (6 * L));
            farSum.fma(FloatVector.broadcast(S, 2.25f), nearSum.mul(0.5625f)).intoArray(t, to + 2 * (6 * L));
            farDifference
                    .fma(FloatVector.broadcast(S, 3.375f), nearDifference.fma(FloatVector.broadcast(S, 0.421875f), x5))
                    .intoArray(t, to + 3 * (6 * L));
        }
        FloatVector bias = FloatVector.fromArray(S, b, bt);
        for (int i = 0; i < 4; i++) {
            int from = i * 6 * L;
            int to = at + i * row;
            FloatVector x0 = FloatVector.fromArray(S, t, from);
            FloatVector x1 = FloatVector.fromArray(S, t, from + L);
            FloatVector x2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector x3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector x4 = FloatVector.fromArray(S, t, from + 4 * L);
            FloatVector x5 = FloatVector.fromArray(S, t, from + 5 * L);
            FloatVector nearSum = x1.add(x2);
            FloatVector nearDifference = x1.sub(x2);
            FloatVector farSum = x3.add(x4);
            FloatVector farDifference = x3.sub(x4);
            x0.add(nearSum).add(farSum).add(bias).intoArray(y, to);
            farDifference
                    .fma(FloatVector.broadcast(S, 1.5f), nearDifference.mul(0.75f))
                    .add(bias)
                    .intoArray(y, to + pixel);
            farSum.fma(FloatVector.broadcast(S, 2.25f), nearSum.mul(0.5625f))
                    .add(bias)
                    .intoArray(y, to + 2 * pixel);
            farDifference
                    .fma(FloatVector.broadcast(S, 3.375f), nearDifference.fma(FloatVector.broadcast(S, 0.421875f), x5))
                    .add(bias)
                    .intoArray(y, to + 3 * pixel);
        }
    }

    /** Adds n×n vectors of x to those of y. */
    static void add(int n, float[] x, int from, int fromRow, int fromPixel, float[] y, int at, int row, int pixel) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int place = at + i * row + j * pixel;
                FloatVector added = FloatVector.fromArray(S, x, from + i * fromRow + j * fromPixel);
                FloatVector.fromArray(S, y, place).add(added).intoArray(y, place);
            }
        }
    }

    /** Bounds n×n vectors; comparisons leave NaN as it is. */
    static void bound(int n, float low, float high, float[] y, int at, int row, int pixel) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int place = at + i * row + j * pixel;
                FloatVector x = FloatVector.fromArray(S, y, place);
                VectorMask<Float> below = x.compare(VectorOperators.LT, low);
                x = x.blend(low, below);
                VectorMask<Float> above = x.compare(VectorOperators.GT, high);
                x.blend(high, above).intoArray(y, place);
            }
        }
    }
}
