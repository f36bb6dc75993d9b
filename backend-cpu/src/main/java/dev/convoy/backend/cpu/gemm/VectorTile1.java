package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of 1 row. All sums stay in registers; C2 needs the body without loops or calls for that. */
final class VectorTile1 {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTile1() {}

    /** A tile of 1 row and two vectors; see {@link VectorMicroKernel}. */
    static void two(float[] a, int at, float[] b, int bt, int k, float[] s, int st, int ss, float[] c, int ct, int cs) {
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c0b = FloatVector.fromArray(S, s, st + L);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * (2 * L));
            FloatVector bb = FloatVector.fromArray(S, b, bt + i * (2 * L) + L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
        }
        c0a.intoArray(c, ct);
        c0b.intoArray(c, ct + L);
    }

    /** A tile of 1 row and one vector; see {@link VectorMicroKernel}. */
    static void one(float[] a, int at, float[] b, int bt, int k, float[] s, int st, int ss, float[] c, int ct, int cs) {
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i]);
            c0a = a0.fma(ba, c0a);
        }
        c0a.intoArray(c, ct);
    }
}
