package dev.convoy.conformance.cases;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares tensors element by element. */
public final class Comparison {

    private Comparison() {}

    /**
     * @param what the name of the result in the message
     * @param expected in the declared type, or as float64 for a declared float32
     * @param magnitude per element, for {@link Tolerance.Summed}; null otherwise
     * @throws AssertionError naming the first element that differs and how many do
     */
    public static void requireClose(
            String what, Tensor expected, Tensor actual, Tolerance tolerance, @Nullable Tensor magnitude) {
        DataType type = expected.type() == DataType.FLOAT64 ? actual.type() : expected.type();
        boolean sameType = actual.type() == type && (expected.type() != DataType.FLOAT64 || type.isReal());
        if (!sameType || !actual.shape().equals(expected.shape())) {
            throw new AssertionError(what + ": expected " + expected.spec() + ", got " + actual.spec());
        }
        int wrong = 0;
        int first = -1;
        for (int i = 0; i < actual.size(); i++) {
            boolean holds = type.isReal()
                    ? isClose(expected.get(i), actual.get(i), tolerance, magnitude == null ? 0 : magnitude.get(i))
                    : Array.get(expected.array(), i).equals(Array.get(actual.array(), i));
            if (!holds) {
                first = wrong++ == 0 ? i : first;
            }
        }
        if (wrong > 0) {
            String bound = type.isReal()
                    ? ", allowed ±"
                            + tolerance.allowed(expected.get(first), magnitude == null ? 0 : magnitude.get(first))
                    : "";
            throw new AssertionError(what + " at " + Arrays.toString(coordinate(actual.shape(), first)) + ": expected "
                    + Array.get(expected.array(), first) + ", got " + Array.get(actual.array(), first) + bound + "; "
                    + wrong + " of " + actual.size() + " elements differ");
        }
    }

    private static boolean isClose(double expected, double actual, Tolerance tolerance, double magnitude) {
        if (Double.isNaN(expected) || Double.isNaN(actual)) {
            return Double.isNaN(expected) && Double.isNaN(actual);
        }
        if (expected == actual || (float) expected == actual) {
            return true;
        }
        return Math.abs(expected - actual) <= tolerance.allowed(expected, magnitude);
    }

    private static int[] coordinate(Shape shape, int index) {
        int[] at = new int[shape.rank()];
        int left = index;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            at[axis] = left % shape.size(axis);
            left /= shape.size(axis);
        }
        return at;
    }
}
