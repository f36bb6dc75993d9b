package dev.convoy.backend.cpu.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transforms of {@link Winograd} that only training needs, for one vector of channels: along the columns into t, then
 * along the rows. Written out like {@link VectorTransforms}.
 */
final class VectorGradientTransforms {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorGradientTransforms() {}

    /** Weights of F2; product i goes to {@code ut + i * us}. */
    static void weights2(float[] w, int at, int row, int pixel, float[] t, float[] u, int ut, int us) {
        for (int j = 0; j < 3; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector w0 = FloatVector.fromArray(S, w, from);
            FloatVector w1 = FloatVector.fromArray(S, w, from + row);
            FloatVector w2 = FloatVector.fromArray(S, w, from + 2 * row);
            FloatVector even = w0.add(w2).mul(0.5f);
            FloatVector odd = w1.mul(0.5f);
            w0.neg().intoArray(t, to);
            even.add(odd).intoArray(t, to + (3 * L));
            even.sub(odd).intoArray(t, to + 2 * (3 * L));
            w2.intoArray(t, to + 3 * (3 * L));
        }
        for (int i = 0; i < 4; i++) {
            int from = i * 3 * L;
            int to = ut + i * 4 * us;
            FloatVector w0 = FloatVector.fromArray(S, t, from);
            FloatVector w1 = FloatVector.fromArray(S, t, from + L);
            FloatVector w2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector even = w0.add(w2).mul(0.5f);
            FloatVector odd = w1.mul(0.5f);
            w0.neg().intoArray(u, to);
            even.add(odd).intoArray(u, to + us);
            even.sub(odd).intoArray(u, to + 2 * us);
            w2.intoArray(u, to + 3 * us);
        }
    }

    /** Weights of F4; product i goes to {@code ut + i * us}. */
    static void weights4(float[] w, int at, int row, int pixel, float[] t, float[] u, int ut, int us) {
        for (int j = 0; j < 3; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector w0 = FloatVector.fromArray(S, w, from);
            FloatVector w1 = FloatVector.fromArray(S, w, from + row);
            FloatVector w2 = FloatVector.fromArray(S, w, from + 2 * row);
            FloatVector nearEven = w2.fma(FloatVector.broadcast(S, Terms.NEAR_2), w0.mul(Terms.NEAR_0));
            FloatVector nearOdd = w1.mul(Terms.NEAR_1);
            FloatVector farEven = w2.fma(FloatVector.broadcast(S, Terms.FAR_2), w0.mul(Terms.FAR_0));
            FloatVector farOdd = w1.mul(Terms.FAR_1);
            w0.mul(Terms.ZERO_0).intoArray(t, to);
            nearEven.add(nearOdd).intoArray(t, to + (3 * L));
            nearEven.sub(nearOdd).intoArray(t, to + 2 * (3 * L));
            farEven.add(farOdd).intoArray(t, to + 3 * (3 * L));
            farEven.sub(farOdd).intoArray(t, to + 4 * (3 * L));
            w2.intoArray(t, to + 5 * (3 * L));
        }
        for (int i = 0; i < 6; i++) {
            int from = i * 3 * L;
            int to = ut + i * 6 * us;
            FloatVector w0 = FloatVector.fromArray(S, t, from);
            FloatVector w1 = FloatVector.fromArray(S, t, from + L);
            FloatVector w2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector nearEven = w2.fma(FloatVector.broadcast(S, Terms.NEAR_2), w0.mul(Terms.NEAR_0));
            FloatVector nearOdd = w1.mul(Terms.NEAR_1);
            FloatVector farEven = w2.fma(FloatVector.broadcast(S, Terms.FAR_2), w0.mul(Terms.FAR_0));
            FloatVector farOdd = w1.mul(Terms.FAR_1);
            w0.mul(Terms.ZERO_0).intoArray(u, to);
            nearEven.add(nearOdd).intoArray(u, to + us);
            nearEven.sub(nearOdd).intoArray(u, to + 2 * us);
            farEven.add(farOdd).intoArray(u, to + 3 * us);
            farEven.sub(farOdd).intoArray(u, to + 4 * us);
            w2.intoArray(u, to + 5 * us);
        }
    }

    /** The gradient of a tile of F2; product i goes to {@code dt + i * ds}. */
    static void gradient2(float[] y, int at, int row, int pixel, float[] t, float[] d, int dt, int ds) {
        for (int j = 0; j < 2; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector y0 = FloatVector.fromArray(S, y, from);
            FloatVector y1 = FloatVector.fromArray(S, y, from + row);
            y0.intoArray(t, to);
            y0.add(y1).intoArray(t, to + (2 * L));
            y0.sub(y1).intoArray(t, to + 2 * (2 * L));
            y1.intoArray(t, to + 3 * (2 * L));
        }
        for (int i = 0; i < 4; i++) {
            int from = i * 2 * L;
            int to = dt + i * 4 * ds;
            FloatVector y0 = FloatVector.fromArray(S, t, from);
            FloatVector y1 = FloatVector.fromArray(S, t, from + L);
            y0.intoArray(d, to);
            y0.add(y1).intoArray(d, to + ds);
            y0.sub(y1).intoArray(d, to + 2 * ds);
            y1.intoArray(d, to + 3 * ds);
        }
    }

    /** The gradient of a tile of F4; product i goes to {@code dt + i * ds}. */
    static void gradient4(float[] y, int at, int row, int pixel, float[] t, float[] d, int dt, int ds) {
        for (int j = 0; j < 4; j++) {
            int from = at + j * pixel;
            int to = j * L;
            FloatVector y0 = FloatVector.fromArray(S, y, from);
            FloatVector y1 = FloatVector.fromArray(S, y, from + row);
            FloatVector y2 = FloatVector.fromArray(S, y, from + 2 * row);
            FloatVector y3 = FloatVector.fromArray(S, y, from + 3 * row);
            FloatVector nearEven = y2.fma(FloatVector.broadcast(S, 0.5625f), y0);
            FloatVector nearOdd = y3.fma(FloatVector.broadcast(S, 0.421875f), y1.mul(0.75f));
            FloatVector farEven = y2.fma(FloatVector.broadcast(S, 2.25f), y0);
            FloatVector farOdd = y3.fma(FloatVector.broadcast(S, 3.375f), y1.mul(1.5f));
            y0.intoArray(t, to);
            nearEven.add(nearOdd).intoArray(t, to + (4 * L));
            nearEven.sub(nearOdd).intoArray(t, to + 2 * (4 * L));
            farEven.add(farOdd).intoArray(t, to + 3 * (4 * L));
            farEven.sub(farOdd).intoArray(t, to + 4 * (4 * L));
            y3.intoArray(t, to + 5 * (4 * L));
        }
        for (int i = 0; i < 6; i++) {
            int from = i * 4 * L;
            int to = dt + i * 6 * ds;
            FloatVector y0 = FloatVector.fromArray(S, t, from);
            FloatVector y1 = FloatVector.fromArray(S, t, from + L);
            FloatVector y2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector y3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector nearEven = y2.fma(FloatVector.broadcast(S, 0.5625f), y0);
            FloatVector nearOdd = y3.fma(FloatVector.broadcast(S, 0.421875f), y1.mul(0.75f));
            FloatVector farEven = y2.fma(FloatVector.broadcast(S, 2.25f), y0);
            FloatVector farOdd = y3.fma(FloatVector.broadcast(S, 3.375f), y1.mul(1.5f));
            y0.intoArray(d, to);
            nearEven.add(nearOdd).intoArray(d, to + ds);
            nearEven.sub(nearOdd).intoArray(d, to + 2 * ds);
            farEven.add(farOdd).intoArray(d, to + 3 * ds);
            farEven.sub(farOdd).intoArray(d, to + 4 * ds);
            y3.intoArray(d, to + 5 * ds);
        }
    }

    /** Products of F2, of which the i-th is at {@code mt + i * ms}. */
    static void products2(float[] m, int mt, int ms, float[] t, float[] w, int at, int row, int pixel) {
        for (int j = 0; j < 4; j++) {
            int from = mt + j * ms;
            int to = j * L;
            FloatVector m0 = FloatVector.fromArray(S, m, from);
            FloatVector m1 = FloatVector.fromArray(S, m, from + (4 * ms));
            FloatVector m2 = FloatVector.fromArray(S, m, from + 2 * (4 * ms));
            FloatVector m3 = FloatVector.fromArray(S, m, from + 3 * (4 * ms));
            FloatVector half = m1.add(m2).mul(0.5f);
            half.sub(m0).intoArray(t, to);
            m1.sub(m2).mul(0.5f).intoArray(t, to + (4 * L));
            half.add(m3).intoArray(t, to + 2 * (4 * L));
        }
        for (int i = 0; i < 3; i++) {
            int from = i * 4 * L;
            int to = at + i * row;
            FloatVector m0 = FloatVector.fromArray(S, t, from);
            FloatVector m1 = FloatVector.fromArray(S, t, from + L);
            FloatVector m2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector m3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector half = m1.add(m2).mul(0.5f);
            half.sub(m0).intoArray(w, to);
            m1.sub(m2).mul(0.5f).intoArray(w, to + pixel);
            half.add(m3).intoArray(w, to + 2 * pixel);
        }
    }

    /** Products of F4, of which the i-th is at {@code mt + i * ms}. */
    static void products4(float[] m, int mt, int ms, float[] t, float[] w, int at, int row, int pixel) {
        for (int j = 0; j < 6; j++) {
            int from = mt + j * ms;
            int to = j * L;
            FloatVector m0 = FloatVector.fromArray(S, m, from);
            FloatVector m1 = FloatVector.fromArray(S, m, from + (6 * ms));
            FloatVector m2 = FloatVector.fromArray(S, m, from + 2 * (6 * ms));
            FloatVector m3 = FloatVector.fromArray(S, m, from + 3 * (6 * ms));
            FloatVector m4 = FloatVector.fromArray(S, m, from + 4 * (6 * ms));
            FloatVector m5 = FloatVector.fromArray(S, m, from + 5 * (6 * ms));
            FloatVector near = m1.add(m2);
            FloatVector far = m3.add(m4);
            far.fma(
                            FloatVector.broadcast(S, Terms.FAR_0),
                            near.fma(FloatVector.broadcast(S, Terms.NEAR_0), m0.mul(Terms.ZERO_0)))
                    .intoArray(t, to);
            m3.sub(m4)
                    .fma(FloatVector.broadcast(S, Terms.FAR_1), m1.sub(m2).mul(Terms.NEAR_1))
                    .intoArray(t, to + (6 * L));
            far.fma(FloatVector.broadcast(S, Terms.FAR_2), near.fma(FloatVector.broadcast(S, Terms.NEAR_2), m5))
                    .intoArray(t, to + 2 * (6 * L));
        }
        for (int i = 0; i < 3; i++) {
            int from = i * 6 * L;
            int to = at + i * row;
            FloatVector m0 = FloatVector.fromArray(S, t, from);
            FloatVector m1 = FloatVector.fromArray(S, t, from + L);
            FloatVector m2 = FloatVector.fromArray(S, t, from + 2 * L);
            FloatVector m3 = FloatVector.fromArray(S, t, from + 3 * L);
            FloatVector m4 = FloatVector.fromArray(S, t, from + 4 * L);
            FloatVector m5 = FloatVector.fromArray(S, t, from + 5 * L);
            FloatVector near = m1.add(m2);
            FloatVector far = m3.add(m4);
            far.fma(
                            FloatVector.broadcast(S, Terms.FAR_0),
                            near.fma(FloatVector.broadcast(S, Terms.NEAR_0), m0.mul(Terms.ZERO_0)))
                    .intoArray(w, to);
            m3.sub(m4)
                    .fma(FloatVector.broadcast(S, Terms.FAR_1), m1.sub(m2).mul(Terms.NEAR_1))
                    .intoArray(w, to + pixel);
            far.fma(FloatVector.broadcast(S, Terms.FAR_2), near.fma(FloatVector.broadcast(S, Terms.NEAR_2), m5))
                    .intoArray(w, to + 2 * pixel);
        }
    }
}
