package dev.convoy.conformance.training;

import dev.convoy.tensor.Tensor;

/** Compares what a backend gives with what is expected. */
final class Close {

    private Close() {}

    /**
     * @param before what the result was computed from, element by element; empty if nothing corresponds
     * @throws AssertionError if an element differs by more than {@code tolerance} times the larger of the element expected
     *     and the element before
     */
    static void elements(String what, double[] expected, Tensor actual, double[] before, double tolerance) {
        requireSize(what, expected, actual);
        for (int i = 0; i < expected.length; i++) {
            double size = Math.max(Math.abs(expected[i]), before.length == 0 ? 0 : Math.abs(before[i]));
            require(what, i, expected[i], actual.get(i), tolerance * size);
        }
    }

    /**
     * @throws AssertionError if an element differs by more than {@code tolerance} times the largest element expected, or
     *     1 if that is less
     */
    static void whole(String what, double[] expected, Tensor actual, double tolerance) {
        requireSize(what, expected, actual);
        double largest = 1;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            require(what, i, expected[i], actual.get(i), tolerance * largest);
        }
    }

    private static void requireSize(String what, double[] expected, Tensor actual) {
        if (actual.size() != expected.length) {
            throw new AssertionError(what + ": expected " + expected.length + " elements, got " + actual.spec());
        }
    }

    private static void require(String what, int index, double expected, double actual, double allowed) {
        if (!(Math.abs(expected - actual) <= allowed)) {
            throw new AssertionError(what + " differs at element " + index + ": expected " + expected + ", got "
                    + actual + ", allowed ±" + allowed);
        }
    }
}
