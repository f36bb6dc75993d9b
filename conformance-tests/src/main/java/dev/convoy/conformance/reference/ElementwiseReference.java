package dev.convoy.conformance.reference;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** The meaning of {@link ElementwiseOp}, but for casts. */
final class ElementwiseReference {

    private ElementwiseReference() {}

    static Tensor run(ElementwiseOp op, List<Tensor> operands, TensorSpec spec) {
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> unary(fn, operands.getFirst(), spec);
            case ElementwiseOp.Binary(BinaryFn fn) -> binary(fn, operands.getFirst(), operands.get(1), spec);
            case ElementwiseOp.Compare(CompareFn fn) -> compare(fn, operands.getFirst(), operands.get(1), spec.shape());
            case ElementwiseOp.Select() -> select(operands.getFirst(), operands.get(1), operands.get(2), spec.shape());
            case ElementwiseOp.Cast cast -> throw new IllegalStateException(cast + " is CastReference's");
        };
    }

    private static Tensor unary(UnaryFn fn, Tensor x, TensorSpec spec) {
        if (fn == UnaryFn.IS_NAN) {
            return Numbers.truths(x.shape(), i -> Double.isNaN(Numbers.real(x, i)));
        }
        if (fn == UnaryFn.IS_INF) {
            return Numbers.truths(x.shape(), i -> Double.isInfinite(Numbers.real(x, i)));
        }
        if (x.type() == DataType.BOOL) {
            return Numbers.truths(x.shape(), i -> !Numbers.truth(x, i));
        }
        return Numbers.isReal(x)
                ? Numbers.reals(x.shape(), i -> RealFunctions.apply(fn, Numbers.real(x, i)))
                : Numbers.integers(spec, i -> apply(fn, Numbers.integer(x, i)));
    }

    private static long apply(UnaryFn fn, long x) {
        return switch (fn) {
            case ABS -> Math.abs(x);
            case NEG -> -x;
            case SIGN -> Long.signum(x);
            case RELU -> Math.max(x, 0);
            case NOT -> ~x;
            case EXP,
                    EXPM1,
                    LOG,
                    LOG1P,
                    SQRT,
                    RECIPROCAL,
                    SIGMOID,
                    TANH,
                    ERF,
                    SIN,
                    COS,
                    TAN,
                    ASIN,
                    ACOS,
                    ATAN,
                    SINH,
                    COSH,
                    ASINH,
                    ACOSH,
                    ATANH,
                    FLOOR,
                    CEIL,
                    ROUND,
                    IS_NAN,
                    IS_INF -> throw new IllegalStateException(fn + " is not defined on integers");
        };
    }

    private static Tensor binary(BinaryFn fn, Tensor a, Tensor b, TensorSpec spec) {
        int[] inA = Grid.broadcast(a.shape(), spec.shape());
        int[] inB = Grid.broadcast(b.shape(), spec.shape());
        if (a.type() == DataType.BOOL) {
            return Numbers.truths(spec.shape(), i -> apply(fn, Numbers.truth(a, inA[i]), Numbers.truth(b, inB[i])));
        }
        return Numbers.isReal(a)
                ? Numbers.reals(
                        spec.shape(), i -> RealFunctions.apply(fn, Numbers.real(a, inA[i]), Numbers.real(b, inB[i])))
                : Numbers.integers(spec, i -> apply(fn, Numbers.integer(a, inA[i]), Numbers.integer(b, inB[i])));
    }

    private static boolean apply(BinaryFn fn, boolean a, boolean b) {
        return switch (fn) {
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case ADD, SUB, MUL, DIV, POW, MAX, MIN, MOD, REM ->
                throw new IllegalStateException(fn + " is not defined on bool");
        };
    }

    private static long apply(BinaryFn fn, long a, long b) {
        return switch (fn) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> power(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case MOD -> Math.floorMod(a, b);
            case REM -> a % b;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
        };
    }

    /** Repeated multiplication, by squaring; with a negative exponent the truncated reciprocal of it. */
    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 || base == -1 ? power(base, -exponent) : 0;
        }
        long result = 1;
        long square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    private static Tensor compare(CompareFn fn, Tensor a, Tensor b, Shape shape) {
        int[] inA = Grid.broadcast(a.shape(), shape);
        int[] inB = Grid.broadcast(b.shape(), shape);
        if (a.type() == DataType.BOOL) {
            return Numbers.truths(
                    shape, i -> (fn == CompareFn.EQ) == (Numbers.truth(a, inA[i]) == Numbers.truth(b, inB[i])));
        }
        return Numbers.isReal(a)
                ? Numbers.truths(shape, i -> holds(fn, Numbers.real(a, inA[i]), Numbers.real(b, inB[i])))
                : Numbers.truths(shape, i -> holds(fn, Numbers.integer(a, inA[i]), Numbers.integer(b, inB[i])));
    }

    private static boolean holds(CompareFn fn, double a, double b) {
        return switch (fn) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    private static boolean holds(CompareFn fn, long a, long b) {
        return switch (fn) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    private static Tensor select(Tensor condition, Tensor a, Tensor b, Shape shape) {
        int[] inCondition = Grid.broadcast(condition.shape(), shape);
        Tensor whole = Numbers.pick(a, shape, Grid.broadcast(a.shape(), shape));
        Tensor other = Numbers.pick(b, shape, Grid.broadcast(b.shape(), shape));
        Object elements = a.type().storage().newArray(whole.size());
        for (int i = 0; i < whole.size(); i++) {
            Tensor chosen = Numbers.truth(condition, inCondition[i]) ? whole : other;
            System.arraycopy(chosen.array(), i, elements, i, 1);
        }
        return Tensor.wrap(whole.spec(), elements);
    }
}
