package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Interleaves 14 or 16 rows in vectors of 512 bits, 16 elements of each at a time. A square is transposed by four rounds of
 * exchanges between vectors 8, 4, 2 and 1 apart: the first two rounds on the way into the panel, the other two there. All
 * four in one loop would be more than C2 inlines.
 */
final class VectorPacking {

    /** Rows of a tile. */
    static final int ROWS = 14;

    /** Elements of a row that are taken at once. */
    static final int SIDE = 16;

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
    private static final IntVector LOW8 = lanes(8, 0);
    private static final IntVector HIGH8 = lanes(8, 8);
    private static final IntVector LOW4 = lanes(4, 0);
    private static final IntVector HIGH4 = lanes(4, 4);
    private static final IntVector LOW2 = lanes(2, 0);
    private static final IntVector HIGH2 = lanes(2, 2);
    private static final IntVector LOW1 = lanes(1, 0);
    private static final IntVector HIGH1 = lanes(1, 1);

    private VectorPacking() {}

    /** Which lanes of two vectors make the first (side 0) or the second (side = distance) after an exchange. */
    private static IntVector lanes(int distance, int side) {
        int[] lanes = new int[SIDE];
        for (int i = 0; i < SIDE; i++) {
            boolean first = (i & distance) == 0;
            lanes[i] = side + (first ? i : SIDE + i - distance);
        }
        return IntVector.fromArray(IntVector.SPECIES_512, lanes, 0);
    }

    /**
     * Writes {@code panel[at + i * pitch + r] = x[sources[first + r] + i]} for i in {@code [0, length)} and r in {@code [0,
     * rows)}; floats up to r = 15 are overwritten.
     *
     * @param rows {@value #ROWS} or {@value #SIDE}
     * @param length at least 16
     */
    static void interleave(
            float[] x, int[] sources, int first, int rows, int length, float[] panel, int at, int pitch) {
        int whole = length / SIDE * SIDE;
        squares(x, sources, first, rows, 0, whole, panel, at, pitch);
        if (whole < length) {
            squares(x, sources, first, rows, length - SIDE, SIDE, panel, at + (length - SIDE) * pitch, pitch);
        }
    }

    private static void squares(
            float[] x, int[] sources, int first, int rows, int skip, int length, float[] panel, int at, int pitch) {
        for (int r = 0; r < 4; r++) {
            int fourth = r + 12 < rows ? r + 12 : r;
            enter(
                    x,
                    sources[first + r] + skip,
                    sources[first + r + 4] + skip,
                    sources[first + r + 8] + skip,
                    sources[first + fourth] + skip,
                    length,
                    panel,
                    at + r * pitch,
                    pitch);
        }
        exchange(panel, at, length * pitch, pitch);
    }

    /** Exchanges elements of four rows, the first of four neighbours each, and writes them to the panel. */
    private static void enter(float[] x, int s0, int s1, int s2, int s3, int length, float[] panel, int at, int pitch) {
        for (int i = 0; i < length; i += SIDE) {
            IntVector a0 = FloatVector.fromArray(S, x, s0 + i).reinterpretAsInts();
            IntVector a1 = FloatVector.fromArray(S, x, s1 + i).reinterpretAsInts();
            IntVector a2 = FloatVector.fromArray(S, x, s2 + i).reinterpretAsInts();
            IntVector a3 = FloatVector.fromArray(S, x, s3 + i).reinterpretAsInts();
            IntVector b0 = LOW8.selectFrom(a0, a2);
            IntVector b1 = LOW8.selectFrom(a1, a3);
            IntVector b2 = HIGH8.selectFrom(a0, a2);
            IntVector b3 = HIGH8.selectFrom(a1, a3);
            int t = at + i * pitch;
            LOW4.selectFrom(b0, b1).reinterpretAsFloats().intoArray(panel, t);
            HIGH4.selectFrom(b0, b1).reinterpretAsFloats().intoArray(panel, t + 4 * pitch);
            LOW4.selectFrom(b2, b3).reinterpretAsFloats().intoArray(panel, t + 8 * pitch);
            HIGH4.selectFrom(b2, b3).reinterpretAsFloats().intoArray(panel, t + 12 * pitch);
        }
    }

    /** Exchanges elements of each four vectors of the panel. */
    private static void exchange(float[] panel, int at, int length, int pitch) {
        for (int i = 0; i < length; i += 4 * pitch) {
            int t = at + i;
            IntVector a0 = FloatVector.fromArray(S, panel, t).reinterpretAsInts();
            IntVector a1 = FloatVector.fromArray(S, panel, t + pitch).reinterpretAsInts();
            IntVector a2 = FloatVector.fromArray(S, panel, t + 2 * pitch).reinterpretAsInts();
            IntVector a3 = FloatVector.fromArray(S, panel, t + 3 * pitch).reinterpretAsInts();
            IntVector b0 = LOW2.selectFrom(a0, a2);
            IntVector b1 = LOW2.selectFrom(a1, a3);
            IntVector b2 = HIGH2.selectFrom(a0, a2);
            IntVector b3 = HIGH2.selectFrom(a1, a3);
            LOW1.selectFrom(b0, b1).reinterpretAsFloats().intoArray(panel, t);
            HIGH1.selectFrom(b0, b1).reinterpretAsFloats().intoArray(panel, t + pitch);
            LOW1.selectFrom(b2, b3).reinterpretAsFloats().intoArray(panel, t + 2 * pitch);
            HIGH1.selectFrom(b2, b3).reinterpretAsFloats().intoArray(panel, t + 3 * pitch);
        }
    }
}
