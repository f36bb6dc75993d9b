package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Copies rows of one vector or two, which is faster than a call for each of them. */
final class VectorRowCopy {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorRowCopy() {}

    /** Rows of one vector, {@code step} floats apart. */
    static void one(float[] x, int source, int step, int rows, float[] y, int at) {
        for (int i = 0; i < rows; i++) {
            FloatVector.fromArray(S, x, source + i * step).intoArray(y, at + i * L);
        }
    }

    /** Rows of two vectors, {@code step} floats apart. */
    static void two(float[] x, int source, int step, int rows, float[] y, int at) {
        for (int i = 0; i < rows; i++) {
            FloatVector.fromArray(S, x, source + i * step).intoArray(y, at + i * (2 * L));
            FloatVector.fromArray(S, x, source + i * step + L).intoArray(y, at + i * (2 * L) + L);
        }
    }
}
