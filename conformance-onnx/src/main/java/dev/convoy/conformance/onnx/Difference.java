package dev.convoy.conformance.onnx;

import dev.convoy.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Where a result is not the one expected: types and shapes have to be the same, integers and booleans equal, real numbers
 * within a {@link Tolerance}; NaN equals NaN, and infinities equal themselves.
 */
final class Difference {

    private Difference() {}

    /**
     * The difference in words, or empty if there is none.
     *
     * @return for example {@code 3 of 60 elements differ, most at [0, 2, 1]: 0.5 instead of 0.25}
     */
    static Optional<String> of(Tensor actual, Tensor expected, Tolerance tolerance) {
        if (!actual.spec().equals(expected.spec())) {
            return Optional.of("is " + actual.spec() + " instead of " + expected.spec());
        }
        if (!Elements.isReal(expected.type())) {
            Object a = actual.array();
            Object b = expected.array();
            return differing(actual, expected, i -> !Array.get(a, i).equals(Array.get(b, i)), i -> 0);
        }
        IntToDoubleFunction a = Elements.reals(actual);
        IntToDoubleFunction b = Elements.reals(expected);
        return differing(
                actual,
                expected,
                i -> !tolerance.accepts(a.applyAsDouble(i), b.applyAsDouble(i)),
                i -> distance(a.applyAsDouble(i), b.applyAsDouble(i)));
    }

    private static double distance(double a, double b) {
        double distance = Math.abs(a - b);
        return Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance;
    }

    private static Optional<String> differing(
            Tensor actual, Tensor expected, IntPredicate differs, IntToDoubleFunction distance) {
        int[] where = IntStream.range(0, expected.size()).filter(differs).toArray();
        if (where.length == 0) {
            return Optional.empty();
        }
        int worst = where[0];
        for (int index : where) {
            if (distance.applyAsDouble(index) > distance.applyAsDouble(worst)) {
                worst = index;
            }
        }
        return Optional.of("%d of %d elements differ, %sat %s: %s instead of %s"
                .formatted(
                        where.length,
                        expected.size(),
                        where.length == 1 ? "" : "most ",
                        position(worst, expected.shape().sizes()),
                        Elements.text(actual, worst),
                        Elements.text(expected, worst)));
    }

    private static String position(int index, int[] sizes) {
        int[] position = new int[sizes.length];
        int rest = index;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            position[axis] = rest % sizes[axis];
            rest /= sizes[axis];
        }
        return Arrays.toString(position);
    }
}
