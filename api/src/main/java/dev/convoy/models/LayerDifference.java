package dev.convoy.models;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;

/**
 * How far two results of a layer, or of a whole model, are apart.
 *
 * @param name the layer's path, or the output's name
 * @param spec of both results
 * @param largest the largest absolute difference between elements; infinite where only one of two is NaN, or they are
 *     different infinities
 * @param magnitude the largest finite absolute value that was expected
 * @param index where the largest difference is, in row-major order
 */
public record LayerDifference(String name, TensorSpec spec, double largest, double magnitude, int index) {

    /** The distance of neighbouring numbers of float16 between 1 and 2. */
    private static final double FLOAT16_EPSILON = 1.0 / 1024;

    /**
     * Compares two tensors. Types without arithmetic are equal, or infinitely apart.
     *
     * @throws IllegalArgumentException if they have different specs
     */
    public static LayerDifference of(String name, Tensor expected, Tensor actual) {
        if (!expected.spec().equals(actual.spec())) {
            throw new IllegalArgumentException("The results of '" + name + "' have different types or shapes; expected "
                    + expected.spec() + ", got " + actual.spec());
        }
        if (expected.type() == DataType.FLOAT16) {
            LayerDifference wide = of(name, floats(expected), floats(actual));
            return new LayerDifference(name, expected.spec(), wide.largest, wide.magnitude, wide.index);
        }
        if (!expected.type().isArithmetic()) {
            double apart = expected.equals(actual) ? 0 : Double.POSITIVE_INFINITY;
            return new LayerDifference(name, expected.spec(), apart, 0, 0);
        }
        double largest = 0;
        double magnitude = 0;
        int index = 0;
        for (int i = 0; i < expected.size(); i++) {
            double wanted = expected.get(i);
            double difference = difference(wanted, actual.get(i));
            if (difference > largest) {
                largest = difference;
                index = i;
            }
            if (Double.isFinite(wanted)) {
                magnitude = Math.max(magnitude, Math.abs(wanted));
            }
        }
        return new LayerDifference(name, expected.spec(), largest, magnitude, index);
    }

    private static double difference(double a, double b) {
        if (a == b || Double.isNaN(a) && Double.isNaN(b)) {
            return 0;
        }
        double difference = Math.abs(a - b);
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }

    private static Tensor floats(Tensor halves) {
        short[] array = (short[]) halves.array();
        float[] values = new float[array.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.float16ToFloat(array[i]);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, halves.shape()), values);
    }

    /**
     * Whether the difference is at most {@code tolerance}, or that of two neighbouring numbers of float16 where that is the
     * type, times the magnitude where that is above 1.
     */
    public boolean within(double tolerance) {
        double relative = spec.type() == DataType.FLOAT16 ? Math.max(tolerance, FLOAT16_EPSILON) : tolerance;
        return largest <= relative * Math.max(1, magnitude);
    }
}
