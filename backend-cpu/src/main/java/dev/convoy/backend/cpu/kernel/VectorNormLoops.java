package dev.convoy.backend.cpu.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link NormLoops} with vectors, for whole vectors of channels: block by block of channels, sums in registers. */
final class VectorNormLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final int L = S.length();
    private static final int HALF = D.length();

    private VectorNormLoops() {}

    static void squareRows(float[] x, float[] mean, int start, int rows, int c, double[] y, int at) {
        for (int block = 0; block < c; block += L) {
            FloatVector centre = FloatVector.fromArray(S, mean, block);
            DoubleVector low = DoubleVector.zero(D);
            DoubleVector high = low;
            for (int i = 0; i < rows; i++) {
                FloatVector centred =
                        FloatVector.fromArray(S, x, start + block + i * c).sub(centre);
                FloatVector square = centred.mul(centred);
                low = low.add(square.convertShape(VectorOperators.F2D, D, 0));
                high = high.add(square.convertShape(VectorOperators.F2D, D, 1));
            }
            low.intoArray(y, at + block);
            high.intoArray(y, at + block + HALF);
        }
    }

    static void normalRows(
            float[] x, float[] mean, float[] factor, float[] offset, int start, int rows, int c, float[] y) {
        for (int block = 0; block < c; block += L) {
            FloatVector centre = FloatVector.fromArray(S, mean, block);
            FloatVector by = FloatVector.fromArray(S, factor, block);
            FloatVector to = FloatVector.fromArray(S, offset, block);
            for (int i = 0; i < rows; i++) {
                int at = start + block + i * c;
                FloatVector.fromArray(S, x, at).sub(centre).mul(by).add(to).intoArray(y, at);
            }
        }
    }

    static void gradientSums(float[] x, float[] mean, float[] dy, int start, int rows, int c, double[] y, int at) {
        for (int block = 0; block < c; block += L) {
            FloatVector centre = FloatVector.fromArray(S, mean, block);
            DoubleVector low = DoubleVector.zero(D);
            DoubleVector high = low;
            DoubleVector lowProduct = low;
            DoubleVector highProduct = low;
            for (int i = 0; i < rows; i++) {
                int source = start + block + i * c;
                FloatVector gradient = FloatVector.fromArray(S, dy, source);
                FloatVector product =
                        gradient.mul(FloatVector.fromArray(S, x, source).sub(centre));
                low = low.add(gradient.convertShape(VectorOperators.F2D, D, 0));
                high = high.add(gradient.convertShape(VectorOperators.F2D, D, 1));
                lowProduct = lowProduct.add(product.convertShape(VectorOperators.F2D, D, 0));
                highProduct = highProduct.add(product.convertShape(VectorOperators.F2D, D, 1));
            }
            low.intoArray(y, at + block);
            high.intoArray(y, at + block + HALF);
            lowProduct.intoArray(y, at + c + block);
            highProduct.intoArray(y, at + c + block + HALF);
        }
    }

    static void gradientRows(
            float[] x, float[] mean, float[] dy, NormLoops.Slopes slopes, int start, int rows, int c, float[] dx) {
        for (int block = 0; block < c; block += L) {
            FloatVector centre = FloatVector.fromArray(S, mean, block);
            FloatVector factor = FloatVector.fromArray(S, slopes.factor(), block);
            FloatVector shift = FloatVector.fromArray(S, slopes.shift(), block);
            FloatVector slope = FloatVector.fromArray(S, slopes.slope(), block);
            for (int i = 0; i < rows; i++) {
                int at = start + block + i * c;
                FloatVector tilt = FloatVector.fromArray(S, x, at).sub(centre).mul(slope);
                FloatVector moved = FloatVector.fromArray(S, dy, at).sub(shift).sub(tilt);
                factor.mul(moved).intoArray(dx, at);
            }
        }
    }
}
