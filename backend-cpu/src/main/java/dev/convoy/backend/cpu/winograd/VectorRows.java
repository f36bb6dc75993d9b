package dev.convoy.backend.cpu.winograd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of some rows of transformed data with a panel of two vectors, added to a start, row r of which is at {@code st +
 * r * ss}. All sums stay in registers; C2 needs the bodies without loops or calls, and the distance of rows as a constant,
 * for that.
 */
final class VectorRows {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int D = WinogradLoops.STRIDE;

    private VectorRows() {}

    /** Adds to 14 rows. */
    static void rows14(
            float[] v, int vt, float[] u, int ut, int k, float[] s, int st, int ss, float[] m, int mt, int ms) {
        FloatVector m0a = FloatVector.fromArray(S, s, st);
        FloatVector m0b = FloatVector.fromArray(S, s, st + L);
        FloatVector m1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector m1b = FloatVector.fromArray(S, s, st + ss + L);
        FloatVector m2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector m2b = FloatVector.fromArray(S, s, st + 2 * ss + L);
        FloatVector m3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector m3b = FloatVector.fromArray(S, s, st + 3 * ss + L);
        FloatVector m4a = FloatVector.fromArray(S, s, st + 4 * ss);
        FloatVector m4b = FloatVector.fromArray(S, s, st + 4 * ss + L);
        FloatVector m5a = FloatVector.fromArray(S, s, st + 5 * ss);
        FloatVector m5b = FloatVector.fromArray(S, s, st + 5 * ss + L);
        FloatVector m6a = FloatVector.fromArray(S, s, st + 6 * ss);
        FloatVector m6b = FloatVector.fromArray(S, s, st + 6 * ss + L);
        FloatVector m7a = FloatVector.fromArray(S, s, st + 7 * ss);
        FloatVector m7b = FloatVector.fromArray(S, s, st + 7 * ss + L);
        FloatVector m8a = FloatVector.fromArray(S, s, st + 8 * ss);
        FloatVector m8b = FloatVector.fromArray(S, s, st + 8 * ss + L);
        FloatVector m9a = FloatVector.fromArray(S, s, st + 9 * ss);
        FloatVector m9b = FloatVector.fromArray(S, s, st + 9 * ss + L);
        FloatVector m10a = FloatVector.fromArray(S, s, st + 10 * ss);
        FloatVector m10b = FloatVector.fromArray(S, s, st + 10 * ss + L);
        FloatVector m11a = FloatVector.fromArray(S, s, st + 11 * ss);
        FloatVector m11b = FloatVector.fromArray(S, s, st + 11 * ss + L);
        FloatVector m12a = FloatVector.fromArray(S, s, st + 12 * ss);
        FloatVector m12b = FloatVector.fromArray(S, s, st + 12 * ss + L);
        FloatVector m13a = FloatVector.fromArray(S, s, st + 13 * ss);
        FloatVector m13b = FloatVector.fromArray(S, s, st + 13 * ss + L);
        for (int i = 0; i < k; i++) {
            FloatVector ua = FloatVector.fromArray(S, u, ut + i * (2 * L));
            FloatVector ub = FloatVector.fromArray(S, u, ut + i * (2 * L) + L);
            FloatVector v0 = FloatVector.broadcast(S, v[vt + i]);
            m0a = v0.fma(ua, m0a);
            m0b = v0.fma(ub, m0b);
            FloatVector v1 = FloatVector.broadcast(S, v[vt + i + D]);
            m1a = v1.fma(ua, m1a);
            m1b = v1.fma(ub, m1b);
            FloatVector v2 = FloatVector.broadcast(S, v[vt + i + 2 * D]);
            m2a = v2.fma(ua, m2a);
            m2b = v2.fma(ub, m2b);
            FloatVector v3 = FloatVector.broadcast(S, v[vt + i + 3 * D]);
            m3a = v3.fma(ua, m3a);
            m3b = v3.fma(ub, m3b);
            FloatVector v4 = FloatVector.broadcast(S, v[vt + i + 4 * D]);
            m4a = v4.fma(ua, m4a);
            m4b = v4.fma(ub, m4b);
            FloatVector v5 = FloatVector.broadcast(S, v[vt + i + 5 * D]);
            m5a = v5.fma(ua, m5a);
            m5b = v5.fma(ub, m5b);
            FloatVector v6 = FloatVector.broadcast(S, v[vt + i + 6 * D]);
            m6a = v6.fma(ua, m6a);
            m6b = v6.fma(ub, m6b);
            FloatVector v7 = FloatVector.broadcast(S, v[vt + i + 7 * D]);
            m7a = v7.fma(ua, m7a);
            m7b = v7.fma(ub, m7b);
            FloatVector v8 = FloatVector.broadcast(S, v[vt + i + 8 * D]);
            m8a = v8.fma(ua, m8a);
            m8b = v8.fma(ub, m8b);
            FloatVector v9 = FloatVector.broadcast(S, v[vt + i + 9 * D]);
            m9a = v9.fma(ua, m9a);
            m9b = v9.fma(ub, m9b);
            FloatVector v10 = FloatVector.broadcast(S, v[vt + i + 10 * D]);
            m10a = v10.fma(ua, m10a);
            m10b = v10.fma(ub, m10b);
            FloatVector v11 = FloatVector.broadcast(S, v[vt + i + 11 * D]);
            m11a = v11.fma(ua, m11a);
            m11b = v11.fma(ub, m11b);
            FloatVector v12 = FloatVector.broadcast(S, v[vt + i + 12 * D]);
            m12a = v12.fma(ua, m12a);
            m12b = v12.fma(ub, m12b);
            FloatVector v13 = FloatVector.broadcast(S, v[vt + i + 13 * D]);
            m13a = v13.fma(ua, m13a);
            m13b = v13.fma(ub, m13b);
        }
        m0a.intoArray(m, mt);
        m0b.intoArray(m, mt + L);
        m1a.intoArray(m, mt + ms);
        m1b.intoArray(m, mt + ms + L);
        m2a.intoArray(m, mt + 2 * ms);
        m2b.intoArray(m, mt + 2 * ms + L);
        m3a.intoArray(m, mt + 3 * ms);
        m3b.intoArray(m, mt + 3 * ms + L);
        m4a.intoArray(m, mt + 4 * ms);
        m4b.intoArray(m, mt + 4 * ms + L);
        m5a.intoArray(m, mt + 5 * ms);
        m5b.intoArray(m, mt + 5 * ms + L);
        m6a.intoArray(m, mt + 6 * ms);
        m6b.intoArray(m, mt + 6 * ms + L);
        m7a.intoArray(m, mt + 7 * ms);
        m7b.intoArray(m, mt + 7 * ms + L);
        m8a.intoArray(m, mt + 8 * ms);
        m8b.intoArray(m, mt + 8 * ms + L);
        m9a.intoArray(m, mt + 9 * ms);
        m9b.intoArray(m, mt + 9 * ms + L);
        m10a.intoArray(m, mt + 10 * ms);
        m10b.intoArray(m, mt + 10 * ms + L);
        m11a.intoArray(m, mt + 11 * ms);
        m11b.intoArray(m, mt + 11 * ms + L);
        m12a.intoArray(m, mt + 12 * ms);
        m12b.intoArray(m, mt + 12 * ms + L);
        m13a.intoArray(m, mt + 13 * ms);
        m13b.intoArray(m, mt + 13 * ms + L);
    }

    /** Adds to 7 rows. */
    static void rows7(
            float[] v, int vt, float[] u, int ut, int k, float[] s, int st, int ss, float[] m, int mt, int ms) {
        FloatVector m0a = FloatVector.fromArray(S, s, st);
        FloatVector m0b = FloatVector.fromArray(S, s, st + L);
        FloatVector m1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector m1b = FloatVector.fromArray(S, s, st + ss + L);
        FloatVector m2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector m2b = FloatVector.fromArray(S, s, st + 2 * ss + L);
        FloatVector m3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector m3b = FloatVector.fromArray(S, s, st + 3 * ss + L);
        FloatVector m4a = FloatVector.fromArray(S, s, st + 4 * ss);
        FloatVector m4b = FloatVector.fromArray(S, s, st + 4 * ss + L);
        FloatVector m5a = FloatVector.fromArray(S, s, st + 5 * ss);
        FloatVector m5b = FloatVector.fromArray(S, s, st + 5 * ss + L);
        FloatVector m6a = FloatVector.fromArray(S, s, st + 6 * ss);
        FloatVector m6b = FloatVector.fromArray(S, s, st + 6 * ss + L);
        for (int i = 0; i < k; i++) {
            FloatVector ua = FloatVector.fromArray(S, u, ut + i * (2 * L));
            FloatVector ub = FloatVector.fromArray(S, u, ut + i * (2 * L) + L);
            FloatVector v0 = FloatVector.broadcast(S, v[vt + i]);
            m0a = v0.fma(ua, m0a);
            m0b = v0.fma(ub, m0b);
            FloatVector v1 = FloatVector.broadcast(S, v[vt + i + D]);
            m1a = v1.fma(ua, m1a);
            m1b = v1.fma(ub, m1b);
            FloatVector v2 = FloatVector.broadcast(S, v[vt + i + 2 * D]);
            m2a = v2.fma(ua, m2a);
            m2b = v2.fma(ub, m2b);
            FloatVector v3 = FloatVector.broadcast(S, v[vt + i + 3 * D]);
            m3a = v3.fma(ua, m3a);
            m3b = v3.fma(ub, m3b);
            FloatVector v4 = FloatVector.broadcast(S, v[vt + i + 4 * D]);
            m4a = v4.fma(ua, m4a);
            m4b = v4.fma(ub, m4b);
            FloatVector v5 = FloatVector.broadcast(S, v[vt + i + 5 * D]);
            m5a = v5.fma(ua, m5a);
            m5b = v5.fma(ub, m5b);
            FloatVector v6 = FloatVector.broadcast(S, v[vt + i + 6 * D]);
            m6a = v6.fma(ua, m6a);
            m6b = v6.fma(ub, m6b);
        }
        m0a.intoArray(m, mt);
        m0b.intoArray(m, mt + L);
        m1a.intoArray(m, mt + ms);
        m1b.intoArray(m, mt + ms + L);
        m2a.intoArray(m, mt + 2 * ms);
        m2b.intoArray(m, mt + 2 * ms + L);
        m3a.intoArray(m, mt + 3 * ms);
        m3b.intoArray(m, mt + 3 * ms + L);
        m4a.intoArray(m, mt + 4 * ms);
        m4b.intoArray(m, mt + 4 * ms + L);
        m5a.intoArray(m, mt + 5 * ms);
        m5b.intoArray(m, mt + 5 * ms + L);
        m6a.intoArray(m, mt + 6 * ms);
        m6b.intoArray(m, mt + 6 * ms + L);
    }

    /** Adds to 4 rows. */
    static void rows4(
            float[] v, int vt, float[] u, int ut, int k, float[] s, int st, int ss, float[] m, int mt, int ms) {
        FloatVector m0a = FloatVector.fromArray(S, s, st);
        FloatVector m0b = FloatVector.fromArray(S, s, st + L);
        FloatVector m1a = FloatVector.fromArray(S, s, st + ss);
        FloatVector m1b = FloatVector.fromArray(S, s, st + ss + L);
        FloatVector m2a = FloatVector.fromArray(S, s, st + 2 * ss);
        FloatVector m2b = FloatVector.fromArray(S, s, st + 2 * ss + L);
        FloatVector m3a = FloatVector.fromArray(S, s, st + 3 * ss);
        FloatVector m3b = FloatVector.fromArray(S, s, st + 3 * ss + L);
        for (int i = 0; i < k; i++) {
            FloatVector ua = FloatVector.fromArray(S, u, ut + i * (2 * L));
            FloatVector ub = FloatVector.fromArray(S, u, ut + i * (2 * L) + L);
            FloatVector v0 = FloatVector.broadcast(S, v[vt + i]);
            m0a = v0.fma(ua, m0a);
            m0b = v0.fma(ub, m0b);
            FloatVector v1 = FloatVector.broadcast(S, v[vt + i + D]);
            m1a = v1.fma(ua, m1a);
            m1b = v1.fma(ub, m1b);
            FloatVector v2 = FloatVector.broadcast(S, v[vt + i + 2 * D]);
            m2a = v2.fma(ua, m2a);
            m2b = v2.fma(ub, m2b);
            FloatVector v3 = FloatVector.broadcast(S, v[vt + i + 3 * D]);
            m3a = v3.fma(ua, m3a);
            m3b = v3.fma(ub, m3b);
        }
        m0a.intoArray(m, mt);
        m0b.intoArray(m, mt + L);
        m1a.intoArray(m, mt + ms);
        m1b.intoArray(m, mt + ms + L);
        m2a.intoArray(m, mt + 2 * ms);
        m2b.intoArray(m, mt + 2 * ms + L);
        m3a.intoArray(m, mt + 3 * ms);
        m3b.intoArray(m, mt + 3 * ms + L);
    }
}
