package dev.convoy.models;

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

    /** Whether the difference is at most {@code tolerance}, times the magnitude where that is above 1. */
    public boolean within(double tolerance) {
        return largest <= tolerance * Math.max(1, magnitude);
    }
}
