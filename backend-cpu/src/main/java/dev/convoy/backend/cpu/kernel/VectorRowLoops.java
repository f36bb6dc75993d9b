package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link FlatLoops} over rows, with vectors. */
final class VectorRowLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorRowLoops() {}

    static void copyRows(float[] x, int from, int step, float[] y, int to, int stride, int length, int rows) {
        int start = 0;
        for (; start + L <= length; start += L) {
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(S, x, from + start + i * step).intoArray(y, to + start + i * stride);
            }
        }
        if (start < length) {
            VectorMask<Float> mask = S.indexInRange(0, length - start);
            for (int i = 0; i < rows; i++) {
                FloatVector.fromArray(S, x, from + start + i * step, mask).intoArray(y, to + start + i * stride, mask);
            }
        }
    }

    /** Whole vectors of columns; the double sums stay in registers. */
    static void sumRows(float[] x, int start, int rows, int inner, double[] y, int at) {
        int half = D.length();
        for (int c = 0; c < inner; c += L) {
            DoubleVector low = DoubleVector.zero(D);
            DoubleVector high = low;
            for (int i = 0; i < rows; i++) {
                FloatVector row = FloatVector.fromArray(S, x, start + i * inner + c);
                low = low.add(row.convertShape(VectorOperators.F2D, D, 0));
                high = high.add(row.convertShape(VectorOperators.F2D, D, 1));
            }
            low.intoArray(y, at + c);
            high.intoArray(y, at + c + half);
        }
    }
}
