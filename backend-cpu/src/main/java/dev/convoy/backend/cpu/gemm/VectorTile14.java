package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The tiles of 14 rows. All sums stay in registers; C2 needs the body without loops or calls for that. */
final class VectorTile14 {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int PITCH = VectorMicroKernel.PITCH_14;

    private VectorTile14() {}

    /** A tile of 14 rows and two vectors; see {@link VectorMicroKernel}. */
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
        FloatVector c7a = FloatVector.fromArray(S, s, st + 7 * ss);
        FloatVector c7b = FloatVector.fromArray(S, s, st + 7 * ss + L);
        FloatVector c8a = FloatVector.fromArray(S, s, st + 8 * ss);
        FloatVector c8b = FloatVector.fromArray(S, s, st + 8 * ss + L);
        FloatVector c9a = FloatVector.fromArray(S, s, st + 9 * ss);
        FloatVector c9b = FloatVector.fromArray(S, s, st + 9 * ss + L);
        FloatVector c10a = FloatVector.fromArray(S, s, st + 10 * ss);
        FloatVector c10b = FloatVector.fromArray(S, s, st + 10 * ss + L);
        FloatVector c11a = FloatVector.fromArray(S, s, st + 11 * ss);
        FloatVector c11b = FloatVector.fromArray(S, s, st + 11 * ss + L);
        FloatVector c12a = FloatVector.fromArray(S, s, st + 12 * ss);
        FloatVector c12b = FloatVector.fromArray(S, s, st + 12 * ss + L);
        FloatVector c13a = FloatVector.fromArray(S, s, st + 13 * ss);
        FloatVector c13b = FloatVector.fromArray(S, s, st + 13 * ss + L);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * (2 * L));
            FloatVector bb = FloatVector.fromArray(S, b, bt + i * (2 * L) + L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i * PITCH]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(S, a[at + i * PITCH + 1]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(S, a[at + i * PITCH + 2]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(S, a[at + i * PITCH + 3]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(S, a[at + i * PITCH + 4]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(S, a[at + i * PITCH + 5]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(S, a[at + i * PITCH + 6]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(S, a[at + i * PITCH + 7]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            FloatVector a8 = FloatVector.broadcast(S, a[at + i * PITCH + 8]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            FloatVector a9 = FloatVector.broadcast(S, a[at + i * PITCH + 9]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            FloatVector a10 = FloatVector.broadcast(S, a[at + i * PITCH + 10]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            FloatVector a11 = FloatVector.broadcast(S, a[at + i * PITCH + 11]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
            FloatVector a12 = FloatVector.broadcast(S, a[at + i * PITCH + 12]);
            c12a = a12.fma(ba, c12a);
            c12b = a12.fma(bb, c12b);
            FloatVector a13 = FloatVector.broadcast(S, a[at + i * PITCH + 13]);
            c13a = a13.fma(ba, c13a);
            c13b = a13.fma(bb, c13b);
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
        c7a.intoArray(c, ct + 7 * cs);
        c7b.intoArray(c, ct + 7 * cs + L);
        c8a.intoArray(c, ct + 8 * cs);
        c8b.intoArray(c, ct + 8 * cs + L);
        c9a.intoArray(c, ct + 9 * cs);
        c9b.intoArray(c, ct + 9 * cs + L);
        c10a.intoArray(c, ct + 10 * cs);
        c10b.intoArray(c, ct + 10 * cs + L);
        c11a.intoArray(c, ct + 11 * cs);
        c11b.intoArray(c, ct + 11 * cs + L);
        c12a.intoArray(c, ct + 12 * cs);
        c12b.intoArray(c, ct + 12 * cs + L);
        c13a.intoArray(c, ct + 13 * cs);
        c13b.intoArray(c, ct + 13 * cs + L);
    }

    /** A tile of 14 rows and one vector; see {@link VectorMicroKernel}. */
    static void one(float[] a, int at, float[] b, int bt, int k, float[] s, int st, int ss, float[] c, int ct, int cs) {
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector c2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector c3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector c4a = FloatVector.fromArray(S, s, st + 4 * ss);
        FloatVector c5a = FloatVector.fromArray(S, s, st + 5 * ss);
        FloatVector c6a = FloatVector.fromArray(S, s, st + 6 * ss);
        FloatVector c7a = FloatVector.fromArray(S, s, st + 7 * ss);
        FloatVector c8a = FloatVector.fromArray(S, s, st + 8 * ss);
        FloatVector c9a = FloatVector.fromArray(S, s, st + 9 * ss);
        FloatVector c10a = FloatVector.fromArray(S, s, st + 10 * ss);
        FloatVector c11a = FloatVector.fromArray(S, s, st + 11 * ss);
        FloatVector c12a = FloatVector.fromArray(S, s, st + 12 * ss);
        FloatVector c13a = FloatVector.fromArray(S, s, st + 13 * ss);
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * L);
            FloatVector a0 = FloatVector.broadcast(S, a[at + i * PITCH]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(S, a[at + i * PITCH + 1]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(S, a[at + i * PITCH + 2]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(S, a[at + i * PITCH + 3]);
            c3a = a3.fma(ba, c3a);
            FloatVector a4 = FloatVector.broadcast(S, a[at + i * PITCH + 4]);
            c4a = a4.fma(ba, c4a);
            FloatVector a5 = FloatVector.broadcast(S, a[at + i * PITCH + 5]);
            c5a = a5.fma(ba, c5a);
            FloatVector a6 = FloatVector.broadcast(S, a[at + i * PITCH + 6]);
            c6a = a6.fma(ba, c6a);
            FloatVector a7 = FloatVector.broadcast(S, a[at + i * PITCH + 7]);
            c7a = a7.fma(ba, c7a);
            FloatVector a8 = FloatVector.broadcast(S, a[at + i * PITCH + 8]);
            c8a = a8.fma(ba, c8a);
            FloatVector a9 = FloatVector.broadcast(S, a[at + i * PITCH + 9]);
            c9a = a9.fma(ba, c9a);
            FloatVector a10 = FloatVector.broadcast(S, a[at + i * PITCH + 10]);
            c10a = a10.fma(ba, c10a);
            FloatVector a11 = FloatVector.broadcast(S, a[at + i * PITCH + 11]);
            c11a = a11.fma(ba, c11a);
            FloatVector a12 = FloatVector.broadcast(S, a[at + i * PITCH + 12]);
            c12a = a12.fma(ba, c12a);
            FloatVector a13 = FloatVector.broadcast(S, a[at + i * PITCH + 13]);
            c13a = a13.fma(ba, c13a);
        }
        c0a.intoArray(c, ct);
        c1a.intoArray(c, ct + cs);
        c2a.intoArray(c, ct + 2 * cs);
        c3a.intoArray(c, ct + 3 * cs);
        c4a.intoArray(c, ct + 4 * cs);
        c5a.intoArray(c, ct + 5 * cs);
        c6a.intoArray(c, ct + 6 * cs);
        c7a.intoArray(c, ct + 7 * cs);
        c8a.intoArray(c, ct + 8 * cs);
        c9a.intoArray(c, ct + 9 * cs);
        c10a.intoArray(c, ct + 10 * cs);
        c11a.intoArray(c, ct + 11 * cs);
        c12a.intoArray(c, ct + 12 * cs);
        c13a.intoArray(c, ct + 13 * cs);
    }
}
