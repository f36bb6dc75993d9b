package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of 7 rows. All sums stay in registers; C2 needs the body without loops or calls for that. */
final class VectorTile7 {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTile7() {}

    /** A tile of 7 rows and two vectors; see {@link VectorMicroKernel}. */
    static void two(float[] a, int at, float[] b, int bt, int k, float[] s, int st, int ss, float[] c, int ct, int cs) {
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c0b = FloatVector.fromArray(S, s, st + L);
        FloatVector c1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector c1b = FloatVector.fromArray(S, s, st + ss + L);
        FloatVector c2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector c2b = FloatVector.fromArray(S, s, st + 2 * ss + L);
        FloatVector c3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector c3b = FloatVector.fromArray(S, s, st + 3 * ss + L);
        FloatVector c4a = FloatVector.fromArray(S, s, st + 4 * ss);
        FloatVector c4b = FloatVector.fromArray(S, s, st + 4 * ss + L);
        FloatVector c5a = FloatVector.fromArray(S, s, st + 5 * ss);
        FloatVector c5b = FloatVector.fromArray(S, s, st + 5 * ss + L);
        FloatVector c6a = FloatVector.fromArray(S, s, st + 6 * ss);
        FloatVector c6b = FloatVector.fromArray(S, s, st + 6 * ss + L);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * (2 * L));
            FloatVector bb = FloatVector.fromArray(S, b, bt + i * (2 * L) + L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i * 7]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(S, a[at + i * 7 + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(S, a[at + i * 7 + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(S, a[at + i * 7 + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(S, a[at + i * 7 + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(S, a[at + i * 7 + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(S, a[at + i * 7 + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
        }
        c0a.intoArray(c, ct);
        c0b.intoArray(c, ct + L);
        c1a.intoArray(c, ct + cs);
        c1b.intoArray(c, ct + cs + L);
        c2a.intoArray(c, ct + 2 * cs);
        c2b.intoArray(c, ct + 2 * cs + L);
        c3a.intoArray(c, ct + 3 * cs);
        c3b.intoArray(c, ct + 3 * cs + L);
        c4a.intoArray(c, ct + 4 * cs);
        c4b.intoArray(c, ct + 4 * cs + L);
        c5a.intoArray(c, ct + 5 * cs);
        c5b.intoArray(c, ct + 5 * cs + L);
        c6a.intoArray(c, ct + 6 * cs);
        c6b.intoArray(c, ct + 6 * cs + L);
    }

    /** A tile of 7 rows and one vector; see {@link VectorMicroKernel}. */
    static void one(float[] a, int at, float[] b, int bt, int k, float[] s, int st, int ss, float[] c, int ct, int cs) {
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector c2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector c3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector c4a = FloatVector.fromArray(S, s, st + 4 * ss);
        FloatVector c5a = FloatVector.fromArray(S, s, st + 5 * ss);
        FloatVector c6a = FloatVector.fromArray(S, s, st + 6 * ss);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i * 7]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(S, a[at + i * 7 + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(S, a[at + i * 7 + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(S, a[at + i * 7 + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(S, a[at + i * 7 + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(S, a[at + i * 7 + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(S, a[at + i * 7 + 6]);
            c6a = a6.fma(ba, c6a);
        }
        c0a.intoArray(c, ct);
        c1a.intoArray(c, ct + cs);
        c2a.intoArray(c, ct + 2 * cs);
        c3a.intoArray(c, ct + 3 * cs);
        c4a.intoArray(c, ct + 4 * cs);
        c5a.intoArray(c, ct + 5 * cs);
        c6a.intoArray(c, ct + 6 * cs);
    }
}
