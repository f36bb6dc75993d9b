package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What happens to whole tiles after their products are summed. */
final class VectorFinish {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorFinish() {}

    /**
     * Makes each element of a tile {@code min(max(x, low), high)}, where NaN stays NaN: comparisons leave it as it is.
     *
     * @param width one vector or two
     */
    static void bound(float[] c, int ct, int cs, int height, int width, float low, float high) {
        if (width == L) {
            for (int r = 0; r < height; r++) {
                bounded(FloatVector.fromArray(S, c, ct + r * cs), low, high).intoArray(c, ct + r * cs);
            }
        } else {
            for (int r = 0; r < height; r++) {
                int at = ct + r * cs;
                bounded(FloatVector.fromArray(S, c, at), low, high).intoArray(c, at);
                bounded(FloatVector.fromArray(S, c, at + L), low, high).intoArray(c, at + L);
            }
        }
    }

    /**
     * Adds an array to a whole tile.
     *
     * @param width one vector or two
     */
    static void add(float[] c, int ct, int cs, int height, int width, float[] x, int xt, int xs) {
        for (int r = 0; r < height; r++) {
            sum(c, ct + r * cs, x, xt + r * xs);
            if (width > L) {
                sum(c, ct + r * cs + L, x, xt + r * xs + L);
            }
        }
    }

    private static void sum(float[] c, int at, float[] x, int from) {
        FloatVector.fromArray(S, c, at).add(FloatVector.fromArray(S, x, from)).intoArray(c, at);
    }

    private static FloatVector bounded(FloatVector x, float low, float high) {
        FloatVector lowest = FloatVector.broadcast(S, low);
        FloatVector highest = FloatVector.broadcast(S, high);
        FloatVector y = x.blend(lowest, x.compare(VectorOperators.LT, lowest));
        return y.blend(highest, y.compare(VectorOperators.GT, highest));
    }
}
