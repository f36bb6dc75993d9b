package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FlatLoops} with vectors. */
final class VectorFlatLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

    private VectorFlatLoops() {}

    static void pass(float[] x, float limit, float[] a, float[] y, int from, int to) {
        FloatVector zero = FloatVector.zero(S);
        int end = from + S.loopBound(to - from);
        for (int i = from; i < end; i += S.length()) {
            FloatVector decides = FloatVector.fromArray(S, x, i);
            zero.blend(FloatVector.fromArray(S, a, i), decides.compare(VectorOperators.GT, limit))
                    .intoArray(y, i);
        }
        for (int i = end; i < to; i++) {
            y[i] = x[i] > limit ? a[i] : 0;
        }
    }

    static void flush(float[] x, float smallest, int from, int to) {
        int end = from + S.loopBound(to - from);
        for (int i = from; i < end; i += S.length()) {
            FloatVector value = FloatVector.fromArray(S, x, i);
            value.blend(0, value.abs().compare(VectorOperators.LT, smallest)).intoArray(x, i);
        }
        for (int i = end; i < to; i++) {
            x[i] = Math.abs(x[i]) < smallest ? 0 : x[i];
        }
    }
}
