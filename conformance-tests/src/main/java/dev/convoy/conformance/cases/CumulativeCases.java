package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link Cumulative}. */
public final class CumulativeCases {

    private CumulativeCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor x = floats(1, 2, 3, 4);
        cases.exact("meaning", "sum", sum(0, false, false), List.of(x), floats(1, 3, 6, 10));
        cases.exact("meaning", "sum-exclusive", sum(0, true, false), List.of(x), floats(0, 1, 3, 6));
        cases.exact("meaning", "sum-reverse", sum(0, false, true), List.of(x), floats(10, 9, 7, 4));
        cases.exact("meaning", "sum-exclusive-reverse", sum(0, true, true), List.of(x), floats(9, 7, 4, 0));
        cases.exact("meaning", "product", product(false, false), List.of(x), floats(1, 2, 6, 24));
        cases.exact("meaning", "product-exclusive", product(true, false), List.of(x), floats(1, 1, 2, 6));
        cases.exact("meaning", "product-exclusive-reverse", product(true, true), List.of(x), floats(24, 12, 4, 1));
        cases.exact("meaning", "nan-stays", sum(0, false, false), List.of(floats(1, NAN, 3)), floats(1, NAN, NAN));
        Tensor high = ints(Integer.MAX_VALUE, 1, 1);
        cases.exact(
                "C1",
                "int32-wraps",
                sum(0, false, false),
                List.of(high),
                ints(Integer.MAX_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE + 1));
        cases.exact(
                "C1",
                "int64",
                sum(0, false, false),
                List.of(longs(1L << 53, 1, 1)),
                longs(1L << 53, (1L << 53) + 1, (1L << 53) + 2));
        cases.exact(
                "C1",
                "int64-product",
                product(false, false),
                List.of(longs(3, 1L << 40, 5)),
                longs(3, 3L << 40, 15L << 40));
        Tensor grid = floats(shape(2, 3), 1, 2, 3, 4, 5, 6);
        cases.exact("C2", "axis-0", sum(0, false, false), List.of(grid), floats(shape(2, 3), 1, 2, 3, 5, 7, 9));
        cases.exact("C2", "axis-1", sum(1, false, false), List.of(grid), floats(shape(2, 3), 1, 3, 6, 4, 9, 15));
        cases.exact("C2", "empty", sum(1, false, false), List.of(floats(shape(2, 0))), floats(shape(2, 0)));
        cases.exact("C2", "one-element-exclusive", sum(0, true, false), List.of(floats(5)), floats(0));
        for (int axis = 0; axis < 3; axis++) {
            Tensor random = Operands.random(new Random(axis), shape(5, 17, 33));
            cases.reference(
                    "meaning",
                    "random-axis" + axis,
                    new Tolerance.Summed(33),
                    sum(axis, axis == 1, axis == 2),
                    List.of(random));
        }
        return cases.all();
    }

    private static Cumulative sum(int axis, boolean exclusive, boolean reverse) {
        return new Cumulative(ReduceFn.SUM, axis, exclusive, reverse);
    }

    private static Cumulative product(boolean exclusive, boolean reverse) {
        return new Cumulative(ReduceFn.PROD, 0, exclusive, reverse);
    }
}
