package dev.convoy.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Whole tiles of 4 rows that are read where they lie, as {@link VectorRows14} does, where there are 16 registers. */
final class VectorRows4 {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorRows4() {}

    /** A tile of two vectors. */
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
            float[] c,
            int ct,
            int cs) {
        int r0 = at;
        int r1 = at + step;
        int r2 = at + 2 * step;
        int r3 = at + 3 * step;
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c0b = FloatVector.fromArray(S, s, st + L);
        FloatVector c1a = c0a;
        FloatVector c1b = c0b;
        FloatVector c2a = c0a;
        FloatVector c2b = c0b;
        FloatVector c3a = c0a;
        FloatVector c3b = c0b;
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
        }
        FloatVector lowest = FloatVector.broadcast(S, low);
        FloatVector highest = FloatVector.broadcast(S, high);
        c0a = c0a.blend(lowest, c0a.compare(VectorOperators.LT, lowest));
        c0a.blend(highest, c0a.compare(VectorOperators.GT, highest)).intoArray(c, ct);
        c0b = c0b.blend(lowest, c0b.compare(VectorOperators.LT, lowest));
        c0b.blend(highest, c0b.compare(VectorOperators.GT, highest)).intoArray(c, ct + L);
        c1a = c1a.blend(lowest, c1a.compare(VectorOperators.LT, lowest));
        c1a.blend(highest, c1a.compare(VectorOperators.GT, highest)).intoArray(c, ct + cs);
        c1b = c1b.blend(lowest, c1b.compare(VectorOperators.LT, lowest));
        c1b.blend(highest, c1b.compare(VectorOperators.GT, highest)).intoArray(c, ct + cs + L);
        c2a = c2a.blend(lowest, c2a.compare(VectorOperators.LT, lowest));
        c2a.blend(highest, c2a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 2 * cs);
        c2b = c2b.blend(lowest, c2b.compare(VectorOperators.LT, lowest));
        c2b.blend(highest, c2b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 2 * cs + L);
        c3a = c3a.blend(lowest, c3a.compare(VectorOperators.LT, lowest));
        c3a.blend(highest, c3a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 3 * cs);
        c3b = c3b.blend(lowest, c3b.compare(VectorOperators.LT, lowest));
        c3b.blend(highest, c3b.compare(VectorOperators.GT, highest)).intoArray(c, ct + 3 * cs + L);
    }

    /** A tile of one vector. */
    static void one(
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
            float[] c,
            int ct,
            int cs) {
        int r0 = at;
        int r1 = at + step;
        int r2 = at + 2 * step;
        int r3 = at + 3 * step;
        FloatVector c0a = FloatVector.fromArray(S, s, st);
        FloatVector c1a = c0a;
        FloatVector c2a = c0a;
        FloatVector c3a = c0a;
        for (int i = 0; i < k; i++) {
            FloatVector ba = FloatVector.fromArray(S, b, bt + i * L);
            FloatVector a0 = FloatVector.broadcast(S, a[r0 + i]);
            c0a = a0.fma(ba, c0a);
            FloatVector a1 = FloatVector.broadcast(S, a[r1 + i]);
            c1a = a1.fma(ba, c1a);
            FloatVector a2 = FloatVector.broadcast(S, a[r2 + i]);
            c2a = a2.fma(ba, c2a);
            FloatVector a3 = FloatVector.broadcast(S, a[r3 + i]);
            c3a = a3.fma(ba, c3a);
        }
        FloatVector lowest = FloatVector.broadcast(S, low);
        FloatVector highest = FloatVector.broadcast(S, high);
        c0a = c0a.blend(lowest, c0a.compare(VectorOperators.LT, lowest));
        c0a.blend(highest, c0a.compare(VectorOperators.GT, highest)).intoArray(c, ct);
        c1a = c1a.blend(lowest, c1a.compare(VectorOperators.LT, lowest));
        c1a.blend(highest, c1a.compare(VectorOperators.GT, highest)).intoArray(c, ct + cs);
        c2a = c2a.blend(lowest, c2a.compare(VectorOperators.LT, lowest));
        c2a.blend(highest, c2a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 2 * cs);
        c3a = c3a.blend(lowest, c3a.compare(VectorOperators.LT, lowest));
        c3a.blend(highest, c3a.compare(VectorOperators.GT, highest)).intoArray(c, ct + 3 * cs);
    }
}
