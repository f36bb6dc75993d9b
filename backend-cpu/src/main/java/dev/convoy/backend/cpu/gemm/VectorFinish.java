package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

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
     * Copies a part of a tile to where it belongs: what it adds is added and bounds are applied on the way.
     *
     * @param width of the tile, one vector or two
     * @param addend what is added, at the same index as in c; null for nothing
     */
    static void leave(
            float[] tile,
            int width,
            int rows,
            int columns,
            float @Nullable [] addend,
            float low,
            float high,
            float[] c,
            int ct,
            int cs) {
        for (int j = 0; j < columns; j += L) {
            VectorMask<Float> wanted = S.indexInRange(j, columns);
            for (int r = 0; r < rows; r++) {
                FloatVector x = FloatVector.fromArray(S, tile, r * width + j);
                int at = ct + r * cs + j;
                if (addend != null) {
                    x = x.add(FloatVector.fromArray(S, addend, at, wanted));
                }
                bounded(x, low, high).intoArray(c, at, wanted);
            }
        }
    }

    private static FloatVector bounded(FloatVector x, float low, float high) {
        FloatVector lowest = FloatVector.broadcast(S, low);
        FloatVector highest = FloatVector.broadcast(S, high);
        FloatVector y = x.blend(lowest, x.compare(VectorOperators.LT, lowest));
        return y.blend(highest, y.compare(VectorOperators.GT, highest));
    }
}
