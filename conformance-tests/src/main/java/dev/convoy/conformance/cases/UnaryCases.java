package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Cases of {@link Unary}. */
public final class UnaryCases {

    /** Sizes on and off the widths of vector units. */
    private static final int[] SIZES = {1, 3, 8, 17, 65, 257};

    private static final double MAX = Float.MAX_VALUE;

    private final CaseList cases = new CaseList();

    private UnaryCases() {}

    public static List<OpCase> all() {
        UnaryCases table = new UnaryCases();
        table.exactFunctions();
        table.exponentialFunctions();
        table.trigonometricFunctions();
        table.integersAndBools();
        table.shapes();
        for (UnaryFn fn : UnaryFn.values()) {
            table.generated(fn);
        }
        return table.cases.all();
    }

    private void exactFunctions() {
        real(UnaryFn.ABS, floats(-1.5, 0, 2, -INF, INF, NAN), floats(1.5, 0, 2, INF, INF, NAN));
        real(UnaryFn.NEG, floats(-1.5, 0, 2, -INF, INF, NAN), floats(1.5, 0, -2, INF, -INF, NAN));
        real(UnaryFn.SIGN, floats(-1.5, 0, 1e-30, -INF, INF, NAN), floats(-1, 0, 1, -1, 1, NAN));
        real(UnaryFn.RELU, floats(-1.5, 0, 2, -INF, INF, NAN), floats(0, 0, 2, 0, INF, NAN));
        real(UnaryFn.SQRT, floats(0, 2.25, 2, -1, INF, NAN), floats(0, 1.5, Math.sqrt(2), NAN, INF, NAN));
        real(UnaryFn.RECIPROCAL, floats(4, -0.5, 3, INF, 0, NAN), floats(0.25, -2, 1.0 / 3, 0, INF, NAN));
        real(UnaryFn.FLOOR, floats(-1.5, -0.5, 2.9, 8388609, -INF, NAN), floats(-2, -1, 2, 8388609, -INF, NAN));
        real(UnaryFn.CEIL, floats(-1.5, -0.5, 2.1, 8388609, INF, NAN), floats(-1, 0, 3, 8388609, INF, NAN));
        real(UnaryFn.ROUND, floats(-1.5, -0.5, 0.5, 1.5, 2.5, 2.51, -2.5), floats(-2, 0, 0, 2, 2, 3, -2));
        cases.exact(
                "round", "special-values", op(UnaryFn.ROUND), List.of(floats(INF, -INF, NAN)), floats(INF, -INF, NAN));
        cases.exact(
                "is_nan",
                "special-values",
                op(UnaryFn.IS_NAN),
                List.of(floats(0, NAN, INF, -INF, MAX)),
                bools(false, true, false, false, false));
        cases.exact(
                "is_inf",
                "special-values",
                op(UnaryFn.IS_INF),
                List.of(floats(0, NAN, INF, -INF, MAX)),
                bools(false, false, true, true, false));
    }

    private void exponentialFunctions() {
        real(UnaryFn.EXP, floats(0, 1, -INF, INF, 89, NAN), floats(1, Math.E, 0, INF, INF, NAN));
        real(UnaryFn.EXPM1, floats(0, 1e-6, -INF, INF, 89, NAN), floats(0, 1.0000005e-6, -1, INF, INF, NAN));
        real(UnaryFn.LOG, floats(1, Math.E, 0, INF, -1, NAN), floats(0, 1.0000000830740, -INF, INF, NAN, NAN));
        real(UnaryFn.LOG1P, floats(0, 1e-6, -1, INF, -2, NAN), floats(0, 0.9999995e-6, -INF, INF, NAN, NAN));
        // 1 / (1 + e) = 0.26894142137
        real(UnaryFn.SIGMOID, floats(0, -1, 1, -INF, INF, NAN), floats(0.5, 0.26894142137, 0.73105857863, 0, 1, NAN));
        real(UnaryFn.SIGMOID, "far-ends", floats(-80, 80, -200, 200), floats(1.8048513878e-35, 1, 0, 1));
        real(UnaryFn.TANH, floats(0, 1, -1, -INF, INF, NAN), floats(0, 0.76159415595, -0.76159415595, -1, 1, NAN));
        real(UnaryFn.TANH, "far-ends", floats(1e-5, -100, 100), floats(1e-5, -1, 1));
        // Abramowitz and Stegun, table 7.1
        real(UnaryFn.ERF, floats(0, 0.5, -1, -INF, INF, NAN), floats(0, 0.5204998778, -0.8427007929, -1, 1, NAN));
        real(UnaryFn.SINH, floats(0, 1, -1, INF, -INF, NAN), floats(0, 1.1752011936, -1.1752011936, INF, -INF, NAN));
        real(UnaryFn.COSH, floats(0, 1, -1, INF, -INF, NAN), floats(1, 1.5430806348, 1.5430806348, INF, INF, NAN));
        real(UnaryFn.ASINH, floats(0, 1, -1, INF, -INF, NAN), floats(0, 0.8813735870, -0.8813735870, INF, -INF, NAN));
        real(UnaryFn.ACOSH, floats(1, 2, 0.5, INF, NAN), floats(0, 1.3169578969, NAN, INF, NAN));
        real(
                UnaryFn.ATANH,
                floats(0, 0.5, -0.5, 1, -1, 2, NAN),
                floats(0, 0.5493061443, -0.5493061443, INF, -INF, NAN, NAN));
    }

    private void trigonometricFunctions() {
        real(UnaryFn.SIN, floats(0, 0.5, -1, INF, NAN), floats(0, 0.4794255386, -0.8414709848, NAN, NAN));
        real(UnaryFn.COS, floats(0, 0.5, -1, INF, NAN), floats(1, 0.8775825619, 0.5403023059, NAN, NAN));
        real(UnaryFn.TAN, floats(0, 0.5, -1, INF, NAN), floats(0, 0.5463024898, -1.5574077247, NAN, NAN));
        real(UnaryFn.ASIN, floats(0, 0.5, -1, 2, NAN), floats(0, 0.5235987756, -1.5707963268, NAN, NAN));
        real(UnaryFn.ACOS, floats(1, 0.5, -1, 2, NAN), floats(0, 1.0471975512, 3.1415926536, NAN, NAN));
        real(UnaryFn.ATAN, floats(0, 1, -1, INF, NAN), floats(0, 0.7853981634, -0.7853981634, 1.5707963268, NAN));
    }

    private void integersAndBools() {
        int low = Integer.MIN_VALUE;
        long lowest = Long.MIN_VALUE;
        exact(UnaryFn.ABS, "int32", ints(-3, 0, 5, low), ints(3, 0, 5, low));
        exact(UnaryFn.ABS, "int64", longs(-3, 0, 1L << 40, lowest), longs(3, 0, 1L << 40, lowest));
        exact(UnaryFn.NEG, "int32", ints(-3, 0, 5, low), ints(3, 0, -5, low));
        exact(UnaryFn.NEG, "int64", longs(-3, 0, 1L << 40, lowest), longs(3, 0, -(1L << 40), lowest));
        exact(UnaryFn.SIGN, "int32", ints(-3, 0, 5, low), ints(-1, 0, 1, -1));
        exact(UnaryFn.SIGN, "int64", longs(-3, 0, 1L << 40, lowest), longs(-1, 0, 1, -1));
        exact(UnaryFn.RELU, "int32", ints(-3, 0, 5, low), ints(0, 0, 5, 0));
        exact(UnaryFn.RELU, "int64", longs(-3, 0, 1L << 40, lowest), longs(0, 0, 1L << 40, 0));
        exact(UnaryFn.NOT, "bool", bools(true, false), bools(false, true));
        exact(UnaryFn.NOT, "int32", ints(0, -1, 5), ints(-1, 0, -6));
        exact(UnaryFn.NOT, "int64", longs(0, -1, 1L << 40), longs(-1, 0, ~(1L << 40)));
    }

    private void shapes() {
        Unary relu = op(UnaryFn.RELU);
        cases.exact("C1", "scalar", relu, List.of(Tensor.scalar(-2f)), Tensor.scalar(0f));
        cases.exact("C1", "empty", relu, List.of(floats(shape(0, 3))), floats(shape(0, 3)));
        cases.exact(
                "C1",
                "rank-5",
                relu,
                List.of(floats(shape(1, 2, 1, 2, 1), -1, 2, -3, 4)),
                floats(shape(1, 2, 1, 2, 1), 0, 2, 0, 4));
    }

    private void generated(UnaryFn fn) {
        if (fn == UnaryFn.NOT) {
            return;
        }
        double[] range = range(fn);
        for (int size : SIZES) {
            Random random = new Random(31L * fn.ordinal() + size);
            Tensor x = Operands.random(random, shape(size), range[0], range[1]);
            cases.reference(key(fn), "random-" + size, tolerance(fn), op(fn), List.of(x));
        }
    }

    /** Where operands are drawn from; wide, but for where the function is ill-conditioned in float32. */
    private static double[] range(UnaryFn fn) {
        return switch (fn) {
            case ABS, NEG, SIGN, RELU, FLOOR, CEIL, ROUND, IS_NAN, IS_INF, NOT -> new double[] {-100, 100};
            case EXP, EXPM1, SIGMOID -> new double[] {-60, 60};
            case SINH, COSH, ASINH, SIN, COS -> new double[] {-10, 10};
            case TANH, ERF, ATAN -> new double[] {-4, 4};
            case LOG, SQRT -> new double[] {1e-6, 1000};
            case LOG1P -> new double[] {-0.9, 100};
            case RECIPROCAL -> new double[] {0.01, 100};
            case TAN -> new double[] {-1.5, 1.5};
            case ASIN, ACOS, ATANH -> new double[] {-0.99, 0.99};
            case ACOSH -> new double[] {1.01, 100};
        };
    }

    private static Tolerance tolerance(UnaryFn fn) {
        return switch (fn) {
            case ABS, NEG, SIGN, RELU, FLOOR, CEIL, ROUND, IS_NAN, IS_INF, NOT -> Tolerance.EXACT;
            case SQRT, RECIPROCAL -> Tolerance.ROUNDED;
            case SIN, COS -> new Tolerance.Within(1e-6);
            case EXP, EXPM1, LOG, LOG1P, SIGMOID, TANH, ERF, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH ->
                Tolerance.FUNCTION;
        };
    }

    private void real(UnaryFn fn, Tensor x, Tensor y) {
        real(fn, "known-values", x, y);
    }

    private void real(UnaryFn fn, String name, Tensor x, Tensor y) {
        cases.close(key(fn), name, tolerance(fn), op(fn), List.of(x), y);
    }

    private void exact(UnaryFn fn, String name, Tensor x, Tensor y) {
        cases.exact(key(fn), name, op(fn), List.of(x), y);
    }

    private static Unary op(UnaryFn fn) {
        return new Unary(fn);
    }

    private static String key(UnaryFn fn) {
        return fn.name().toLowerCase(Locale.ROOT);
    }
}
