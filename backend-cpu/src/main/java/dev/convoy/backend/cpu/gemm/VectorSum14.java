package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What {@link VectorRows14} does, with the addition of another matrix before sums are bounded, while they are in registers.
 * The other matrix may be the result itself.
 */
final class VectorSum14 {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorSum14() {}

    /** A tile of two vectors; row r of the other matrix is at {@code dt + r * ds} of d. */
    static void two(
            float[] a,
            int at,
            int step,
            float[] b,
            int bt,
            int k,
            float[] s,
            int st,
            float low,
            float high,
            float[] d,
            int dt,
            int ds,
            float[] c,
            int ct,
            int cs) {
        int r0 = at;
        int r1 = at + step;
        int r2 = at + 2 * step;
        int r3 = at + 3 * step;
        int r4 = at + 4 * step;
        int r5 = at + 5 * step;
        int r6 = at + 6 * step;
        int r7 = at + 7 * step;
        int r8 = at + 8 * step;
        int r9 = at + 9 * step;
        int r10 = at + 10 * step;
        int r11 = at + 11 * step;
        int r12 = at + 12 * step;
        int r13 = at + 13 * step;
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c0b = FloatVector.fromArray(S, s, st + L);
        FloatVector c1a = c0a;
        FloatVector c1b = c0b;
        FloatVector c2a = c0a;
        FloatVector c2b = c0b;
        FloatVector c3a = c0a;
        FloatVector c3b = c0b;
        FloatVector c4a = c0a;
        FloatVector c4b = c0b;
        FloatVector c5a = c0a;
        FloatVector c5b = c0b;
        FloatVector c6a = c0a;
        FloatVector c6b = c0b;
        FloatVector c7a = c0a;
        FloatVector c7b = c0b;
        FloatVector c8a = c0a;
        FloatVector c8b = c0b;
        FloatVector c9a = c0a;
        FloatVector c9b = c0b;
        FloatVector c10a = c0a;
        FloatVector c10b = c0b;
        FloatVector c11a = c0a;
        FloatVector c11b = c0b;
        FloatVector c12a = c0a;
        FloatVector c12b = c0b;
        FloatVector c13a = c0a;
        FloatVector c13b = c0b;
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * (2 * L));
            FloatVector bb = FloatVector.fromArray(S, b, bt + i * (2 * L) + L);
            FloatVector a0 = FloatVector.broadcast(S, a[r0 + i]);
            c0a = a0.fma(ba, c0a);
            c0b = a0.fma(bb, c0b);
            FloatVector a1 = FloatVector.broadcast(S, a[r1 + i]);
            c1a = a1.fma(ba, c1a);
            c1b = a1.fma(bb, c1b);
            FloatVector a2 = FloatVector.broadcast(S, a[r2 + i]);
            c2a = a2.fma(ba, c2a);
            c2b = a2.fma(bb, c2b);
            FloatVector a3 = FloatVector.broadcast(S, a[r3 + i]);
            c3a = a3.fma(ba, c3a);
            c3b = a3.fma(bb, c3b);
            FloatVector a4 = FloatVector.broadcast(S, a[r4 + i]);
            c4a = a4.fma(ba, c4a);
            c4b = a4.fma(bb, c4b);
            FloatVector a5 = FloatVector.broadcast(S, a[r5 + i]);
            c5a = a5.fma(ba, c5a);
            c5b = a5.fma(bb, c5b);
            FloatVector a6 = FloatVector.broadcast(S, a[r6 + i]);
            c6a = a6.fma(ba, c6a);
            c6b = a6.fma(bb, c6b);
            FloatVector a7 = FloatVector.broadcast(S, a[r7 + i]);
            c7a = a7.fma(ba, c7a);
            c7b = a7.fma(bb, c7b);
            FloatVector a8 = FloatVector.broadcast(S, a[r8 + i]);
            c8a = a8.fma(ba, c8a);
            c8b = a8.fma(bb, c8b);
            FloatVector a9 = FloatVector.broadcast(S, a[r9 + i]);
            c9a = a9.fma(ba, c9a);
            c9b = a9.fma(bb, c9b);
            FloatVector a10 = FloatVector.broadcast(S, a[r10 + i]);
            c10a = a10.fma(ba, c10a);
            c10b = a10.fma(bb, c10b);
            FloatVector a11 = FloatVector.broadcast(S, a[r11 + i]);
            c11a = a11.fma(ba, c11a);
            c11b = a11.fma(bb, c11b);
            FloatVector a12 = FloatVector.broadcast(S, a[r12 + i]);
            c12a = a12.fma(ba, c12a);
            c12b = a12.fma(bb, c12b);
            FloatVector a13 = FloatVector.broadcast(S, a[r13 + i]);
            c13a = a13.fma(ba, c13a);
            c13b = a13.fma(bb, c13b);
        }
        FloatVector lowest = FloatVector.broadcast(S, low);
        FloatVector highest = FloatVector.broadcast(S, high);
        c0a = c0a.add(FloatVector.fromArray(S, d, dt));
        c0a = c0a.blend(lowest, c0a.compare(VectorOperators.LT, lowest));
        c0a.blend(highest, c0a.compare(VectorOperators.GT, highest)).intoArray(c, ct);
        c0b = c0b.add(FloatVector.fromArray(S, d, dt + L));
        c0b = c0b.blend(lowest, c0b.compare(VectorOperators.LT, lowest));
        c0b.blend(highest, c0b.compare(VectorOperators.GT, highest)).intoArray(c, ct + L);
        c1a = c1a.add(FloatVector.fromArray(S, d, dt + ds));
        c1a = c1a.blend(lowest, c1a.compare(VectorOperators.LT, lowest));
        c1a.blend(highest, c1a.compare(VectorOperators.GT, highest)).intoArray(c, ct + cs);
        c1b = c1b.add(FloatVector.fromArray(S, d, dt + ds + L));
        c1b = c1b.blend(lowest, c1b.compare(VectorOperators.LT, lowest));
        c1b.blend(highest, c1b.compare(VectorOperators.GT, highest)).intoArray(c, ct + cs + L);
        c2a = c2a.add(FloatVector.fromArray(S, d, dt + 2 * ds));
        c2a = c2a.blend(lowest, c2a.compare(VectorOperators.LT, lowest));
        c2a.blend(highest, c2a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 2 * cs);
        c2b = c2b.add(FloatVector.fromArray(S, d, dt + 2 * ds + L));
        c2b = c2b.blend(lowest, c2b.compare(VectorOperators.LT, lowest));
        c2b.blend(highest, c2b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 2 * cs + L);
        c3a = c3a.add(FloatVector.fromArray(S, d, dt + 3 * ds));
        c3a = c3a.blend(lowest, c3a.compare(VectorOperators.LT, lowest));
        c3a.blend(highest, c3a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 3 * cs);
        c3b = c3b.add(FloatVector.fromArray(S, d, dt + 3 * ds + L));
        c3b = c3b.blend(lowest, c3b.compare(VectorOperators.LT, lowest));
        c3b.blend(highest, c3b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 3 * cs + L);
        c4a = c4a.add(FloatVector.fromArray(S, d, dt + 4 * ds));
        c4a = c4a.blend(lowest, c4a.compare(VectorOperators.LT, lowest));
        c4a.blend(highest, c4a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 4 * cs);
        c4b = c4b.add(FloatVector.fromArray(S, d, dt + 4 * ds + L));
        c4b = c4b.blend(lowest, c4b.compare(VectorOperators.LT, lowest));
        c4b.blend(highest, c4b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 4 * cs + L);
        c5a = c5a.add(FloatVector.fromArray(S, d, dt + 5 * ds));
        c5a = c5a.blend(lowest, c5a.compare(VectorOperators.LT, lowest));
        c5a.blend(highest, c5a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 5 * cs);
        c5b = c5b.add(FloatVector.fromArray(S, d, dt + 5 * ds + L));
        c5b = c5b.blend(lowest, c5b.compare(VectorOperators.LT, lowest));
        c5b.blend(highest, c5b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 5 * cs + L);
        c6a = c6a.add(FloatVector.fromArray(S, d, dt + 6 * ds));
        c6a = c6a.blend(lowest, c6a.compare(VectorOperators.LT, lowest));
        c6a.blend(highest, c6a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 6 * cs);
        c6b = c6b.add(FloatVector.fromArray(S, d, dt + 6 * ds + L));
        c6b = c6b.blend(lowest, c6b.compare(VectorOperators.LT, lowest));
        c6b.blend(highest, c6b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 6 * cs + L);
        c7a = c7a.add(FloatVector.fromArray(S, d, dt + 7 * ds));
        c7a = c7a.blend(lowest, c7a.compare(VectorOperators.LT, lowest));
        c7a.blend(highest, c7a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 7 * cs);
        c7b = c7b.add(FloatVector.fromArray(S, d, dt + 7 * ds + L));
        c7b = c7b.blend(lowest, c7b.compare(VectorOperators.LT, lowest));
        c7b.blend(highest, c7b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 7 * cs + L);
        c8a = c8a.add(FloatVector.fromArray(S, d, dt + 8 * ds));
        c8a = c8a.blend(lowest, c8a.compare(VectorOperators.LT, lowest));
        c8a.blend(highest, c8a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 8 * cs);
        c8b = c8b.add(FloatVector.fromArray(S, d, dt + 8 * ds + L));
        c8b = c8b.blend(lowest, c8b.compare(VectorOperators.LT, lowest));
        c8b.blend(highest, c8b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 8 * cs + L);
        c9a = c9a.add(FloatVector.fromArray(S, d, dt + 9 * ds));
        c9a = c9a.blend(lowest, c9a.compare(VectorOperators.LT, lowest));
        c9a.blend(highest, c9a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 9 * cs);
        c9b = c9b.add(FloatVector.fromArray(S, d, dt + 9 * ds + L));
        c9b = c9b.blend(lowest, c9b.compare(VectorOperators.LT, lowest));
        c9b.blend(highest, c9b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 9 * cs + L);
        c10a = c10a.add(FloatVector.fromArray(S, d, dt + 10 * ds));
        c10a = c10a.blend(lowest, c10a.compare(VectorOperators.LT, lowest));
        c10a.blend(highest, c10a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 10 * cs);
        c10b = c10b.add(FloatVector.fromArray(S, d, dt + 10 * ds + L));
        c10b = c10b.blend(lowest, c10b.compare(VectorOperators.LT, lowest));
        c10b.blend(highest, c10b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 10 * cs + L);
        c11a = c11a.add(FloatVector.fromArray(S, d, dt + 11 * ds));
        c11a = c11a.blend(lowest, c11a.compare(VectorOperators.LT, lowest));
        c11a.blend(highest, c11a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 11 * cs);
        c11b = c11b.add(FloatVector.fromArray(S, d, dt + 11 * ds + L));
        c11b = c11b.blend(lowest, c11b.compare(VectorOperators.LT, lowest));
        c11b.blend(highest, c11b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 11 * cs + L);
        c12a = c12a.add(FloatVector.fromArray(S, d, dt + 12 * ds));
        c12a = c12a.blend(lowest, c12a.compare(VectorOperators.LT, lowest));
        c12a.blend(highest, c12a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 12 * cs);
        c12b = c12b.add(FloatVector.fromArray(S, d, dt + 12 * ds + L));
        c12b = c12b.blend(lowest, c12b.compare(VectorOperators.LT, lowest));
        c12b.blend(highest, c12b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 12 * cs + L);
        c13a = c13a.add(FloatVector.fromArray(S, d, dt + 13 * ds));
        c13a = c13a.blend(lowest, c13a.compare(VectorOperators.LT, lowest));
        c13a.blend(highest, c13a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 13 * cs);
        c13b = c13b.add(FloatVector.fromArray(S, d, dt + 13 * ds + L));
        c13b = c13b.blend(lowest, c13b.compare(VectorOperators.LT, lowest));
        c13b.blend(highest, c13b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 13 * cs + L);
    }
}
