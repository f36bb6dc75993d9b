package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Cases of {@link Reduce}. */
public final class ReduceCases {

    private final CaseList cases = new CaseList();

    private ReduceCases() {}

    public static List<OpCase> all() {
        ReduceCases table = new ReduceCases();
        table.functions();
        table.integers();
        table.axes();
        table.edges();
        for (ReduceFn fn : ReduceFn.values()) {
            table.generated(fn);
        }
        return table.cases.all();
    }

    private void functions() {
        Tensor x = floats(shape(2, 3), 1, -2, 4, 0.5, 8, -1);
        exact(ReduceFn.SUM, "rows", x, floats(3, 7.5));
        exact(ReduceFn.MEAN, "rows", x, floats(1, 2.5));
        exact(ReduceFn.PROD, "rows", x, floats(-8, -4));
        exact(ReduceFn.MAX, "rows", x, floats(4, 8));
        exact(ReduceFn.MIN, "rows", x, floats(-2, -1));
        Tensor special = floats(shape(3, 3), 1, NAN, 2, INF, 1, 2, INF, -INF, 0);
        exact(ReduceFn.SUM, "nan-and-infinity", special, floats(NAN, INF, NAN));
        exact(ReduceFn.MEAN, "nan-and-infinity", special, floats(NAN, INF, NAN));
        exact(ReduceFn.PROD, "nan-and-infinity", special, floats(NAN, INF, NAN));
        exact(ReduceFn.MAX, "nan-wins", special, floats(NAN, INF, INF));
        exact(ReduceFn.MIN, "nan-wins", special, floats(NAN, 1, -INF));
        exact(ReduceFn.MAX, "all-minus-infinity", floats(shape(1, 2), -INF, -INF), floats(-INF));
        exact(ReduceFn.MAX, "all-negative", floats(shape(1, 3), -3, -1, -2), floats(-1));
        exact(ReduceFn.MIN, "all-positive", floats(shape(1, 3), 3, 1, 2), floats(1));
    }

    private void integers() {
        int high = Integer.MAX_VALUE;
        int low = Integer.MIN_VALUE;
        Tensor x = ints(shape(2, 3), -7, 2, 3, high, 1, 1);
        exact(ReduceFn.SUM, "int32-wraps", x, ints(-2, low + 1));
        exact(ReduceFn.MEAN, "int32-truncates", ints(shape(2, 3), -7, 2, 3, 5, 1, 2), ints(0, 2));
        exact(ReduceFn.PROD, "int32-wraps", ints(shape(2, 3), -7, 2, 3, high, 2, 1), ints(-42, -2));
        exact(ReduceFn.MAX, "int32", x, ints(3, high));
        exact(ReduceFn.MIN, "int32", ints(shape(2, 2), low, 4, high, high), ints(low, high));
        exact(ReduceFn.SUM, "int32-is-not-float", ints(shape(1, 3), 16777217, 16777217, 1), ints(33554435));
        Tensor y = longs(shape(2, 2), (1L << 53) + 1, 2, Long.MAX_VALUE, 1);
        exact(ReduceFn.SUM, "int64-wraps", y, longs((1L << 53) + 3, Long.MIN_VALUE));
        exact(ReduceFn.MEAN, "int64-truncates", longs(shape(2, 2), -3, -4, 1L << 53, 2), longs(-3, (1L << 52) + 1));
        exact(ReduceFn.PROD, "int64-wraps", y, longs((1L << 54) + 2, Long.MAX_VALUE));
        exact(ReduceFn.MAX, "int64", y, longs((1L << 53) + 1, Long.MAX_VALUE));
        exact(ReduceFn.MIN, "int64", y, longs(2, 1));
        Tensor truth = bools(shape(3, 2), true, false, false, false, true, true);
        exact(ReduceFn.MAX, "bool-is-any", truth, bools(true, false, true));
        exact(ReduceFn.MIN, "bool-is-all", truth, bools(false, false, true));
    }

    private void axes() {
        Tensor x = counted(shape(2, 3, 2));
        cases.exact("C2", "axis-0", sum(0), List.of(x), floats(shape(3, 2), 8, 10, 12, 14, 16, 18));
        cases.exact("C2", "axis-1", sum(1), List.of(x), floats(shape(2, 2), 9, 12, 27, 30));
        cases.exact("C2", "axis-2", sum(2), List.of(x), floats(shape(2, 3), 3, 7, 11, 15, 19, 23));
        cases.exact("C2", "axes-0-and-2", sum(0, 2), List.of(x), floats(shape(3), 18, 26, 34));
        cases.exact("C2", "all-axes", sum(0, 1, 2), List.of(x), floats(shape(), 78));
        cases.exact("C2", "no-axes", sum(), List.of(x), x);
        cases.exact("C2", "scalar", sum(), List.of(Tensor.scalar(5f)), Tensor.scalar(5f));
        Reduce kept = new Reduce(ReduceFn.SUM, List.of(0, 2), true);
        cases.exact("C2", "kept-axes", kept, List.of(x), floats(shape(1, 3, 1), 18, 26, 34));
        cases.exact("C2", "axis-of-size-1", sum(1), List.of(floats(shape(2, 1), 3, 4)), floats(3, 4));
    }

    private void edges() {
        cases.exact("C3", "empty-sum-is-0", sum(0), List.of(floats(shape(0, 2))), floats(0, 0));
        cases.exact(
                "C3",
                "empty-product-is-1",
                new Reduce(ReduceFn.PROD, List.of(0), false),
                List.of(floats(shape(0, 2))),
                floats(1, 1));
        cases.exact(
                "C3",
                "no-results",
                new Reduce(ReduceFn.MAX, List.of(1), false),
                List.of(floats(shape(0, 2))),
                floats(shape(0)));
        cases.exact("C3", "empty-int32-sum-is-0", sum(0), List.of(ints(shape(0, 2))), ints(0, 0));
    }

    private void generated(ReduceFn fn) {
        List<Shape> shapes =
                List.of(shape(1, 1), shape(5, 17), shape(3, 257), shape(2, 7, 5, 9), shape(130, 3), shape(33, 1, 2));
        for (Shape shape : shapes) {
            for (List<Integer> axes : axes(shape.rank())) {
                Random random = new Random(shape.hashCode() * 31L + axes.hashCode());
                int terms = axes.stream().mapToInt(shape::size).reduce(1, Math::multiplyExact);
                Tensor x =
                        fn == ReduceFn.PROD ? Operands.random(random, shape, 0.9, 1.1) : Operands.random(random, shape);
                String name = "random-" + Operands.text(shape) + "-axes"
                        + axes.toString().replaceAll("[\\[\\] ]", "").replace(",", "");
                cases.reference(key(fn), name, tolerance(fn, terms), new Reduce(fn, axes, false), List.of(x));
            }
        }
    }

    private static Tolerance tolerance(ReduceFn fn, int terms) {
        return switch (fn) {
            case SUM, MEAN -> new Tolerance.Summed(terms);
            case PROD -> new Tolerance.Ulps(2 + terms);
            case MAX, MIN -> Tolerance.EXACT;
        };
    }

    private static List<List<Integer>> axes(int rank) {
        List<Integer> all = IntStream.range(0, rank).boxed().toList();
        return rank < 4
                ? List.of(List.of(0), List.of(rank - 1), all)
                : List.of(List.of(0), List.of(1, 2), List.of(rank - 1), List.of(0, 3), all);
    }

    private void exact(ReduceFn fn, String name, Tensor x, Tensor y) {
        cases.close(key(fn), name, Tolerance.EXACT, new Reduce(fn, List.of(1), false), List.of(x), y);
    }

    private static Reduce sum(Integer... axes) {
        return new Reduce(ReduceFn.SUM, List.of(axes), false);
    }

    private static String key(ReduceFn fn) {
        return fn.name().toLowerCase(Locale.ROOT);
    }
}
