package dev.convoy.onnx.lowering;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Elementwise ops. */
final class Elementwise {

    private Elementwise() {}

    static String lower(Emitter e, Node node, ElementwiseOp op) {
        String a = e.of(node.input(0));
        DataType type = node.input(0).spec().type();
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> unary(e, fn, type, a);
            case ElementwiseOp.Binary(BinaryFn fn) ->
                binary(e, fn, type, a, e.of(node.input(1)), node.input(1).constant());
            case ElementwiseOp.Compare(CompareFn fn) -> compare(e, fn, a, e.of(node.input(1)));
            case ElementwiseOp.Select() ->
                select(e, node.output().spec().type(), a, e.of(node.input(1)), e.of(node.input(2)));
            case ElementwiseOp.Cast(DataType to) -> Casts.lower(e, a, type, to);
        };
    }

    private static String unary(Emitter e, UnaryFn fn, DataType type, String x) {
        return switch (fn) {
            case ABS -> e.op("Abs", x);
            case NEG -> e.op("Neg", x);
            case SIGN -> type.isReal() ? e.where(e.op("IsNaN", x), x, e.op("Sign", x)) : e.op("Sign", x);
            case RELU -> type.isReal() ? e.op("Relu", x) : e.op("Max", x, e.scalar(type, 0));
            case EXP -> e.op("Exp", x);
            case EXPM1 -> expm1(e, type, x);
            case LOG -> e.op("Log", x);
            case LOG1P -> log1p(e, type, x);
            case SQRT -> e.op("Sqrt", x);
            case RECIPROCAL -> e.op("Reciprocal", x);
            case SIGMOID -> e.isGuarded() ? sigmoid(e, type, x) : e.op("Sigmoid", x);
            case TANH -> e.op("Tanh", x);
            case ERF -> e.op("Erf", x);
            case SIN -> e.op("Sin", x);
            case COS -> e.op("Cos", x);
            case TAN -> e.op("Tan", x);
            case ASIN -> e.op("Asin", x);
            case ACOS -> e.op("Acos", x);
            case ATAN -> e.op("Atan", x);
            case SINH -> e.op("Sinh", x);
            case COSH -> e.op("Cosh", x);
            case ASINH -> e.op("Asinh", x);
            case ACOSH -> e.op("Acosh", x);
            case ATANH -> e.op("Atanh", x);
            case FLOOR -> e.op("Floor", x);
            case CEIL -> e.op("Ceil", x);
            case ROUND -> e.op("Round", x);
            case IS_NAN -> e.op("IsNaN", x);
            case IS_INF -> e.op("IsInf", x);
            case NOT -> e.op(type == DataType.BOOL ? "Not" : "BitwiseNot", x);
        };
    }

    /** ONNX Runtime's Sigmoid is accurate to 1e-7 absolutely, and 0 below about -18. */
    private static String sigmoid(Emitter e, DataType type, String x) {
        return e.op("Reciprocal", e.op("Add", e.op("Exp", e.op("Neg", x)), e.scalar(type, 1)));
    }

    /** ONNX Runtime has no Where on bool. */
    private static String select(Emitter e, DataType type, String condition, String a, String b) {
        return type == DataType.BOOL
                ? e.op("Or", e.op("And", condition, a), e.op("And", e.op("Not", condition), b))
                : e.where(condition, a, b);
    }

    /** {@code 2t / (1 - t)} with {@code t = tanh(x / 2)} where {@code exp(x) - 1} would cancel. */
    private static String expm1(Emitter e, DataType type, String x) {
        String one = e.scalar(type, 1);
        String t = e.op("Tanh", e.op("Mul", x, e.scalar(type, 0.5)));
        String near = e.op("Div", e.op("Add", t, t), e.op("Sub", one, t));
        String isNear = e.op("Less", e.op("Abs", x), e.scalar(type, 0.5));
        return e.where(isNear, near, e.op("Sub", e.op("Exp", x), one));
    }

    /** {@code log(u) · x / (u - 1)} with {@code u = 1 + x} as rounded (Kahan; Goldberg, 1991, theorem 4). */
    private static String log1p(Emitter e, DataType type, String x) {
        String one = e.scalar(type, 1);
        String u = e.op("Add", x, one);
        String scaled = e.op("Mul", e.op("Log", u), e.op("Div", x, e.op("Sub", u, one)));
        String itself = e.op("Or", e.op("Equal", u, one), e.op("Equal", u, e.scalar(type, Double.POSITIVE_INFINITY)));
        return e.where(itself, x, scaled);
    }

    private static String binary(
            Emitter e, BinaryFn fn, DataType type, String a, String b, Optional<Tensor> constantB) {
        boolean real = type.isReal();
        return switch (fn) {
            case ADD -> e.op("Add", a, b);
            case SUB -> e.op("Sub", a, b);
            case MUL -> e.op("Mul", a, b);
            case DIV -> real ? e.op("Div", a, b) : quotient(e, type, a, b, constantB);
            case POW -> real ? e.op("Pow", a, b) : integerPower(e, type, a, b);
            case MAX -> e.op("Max", a, b);
            case MIN -> e.op("Min", a, b);
            case MOD -> signOfDivisor(e, type, real ? fmod(e, a, b) : remainder(e, type, a, b, constantB), b);
            case REM -> real ? fmod(e, a, b) : remainder(e, type, a, b, constantB);
            case AND -> e.op(type == DataType.BOOL ? "And" : "BitwiseAnd", a, b);
            case OR -> e.op(type == DataType.BOOL ? "Or" : "BitwiseOr", a, b);
            case XOR -> e.op(type == DataType.BOOL ? "Xor" : "BitwiseXor", a, b);
        };
    }

    /**
     * The quotient of integers. A division by 0, and one of the least integer by -1, stops the process on x86, so that
     * these divisors never reach the division.
     */
    private static String quotient(Emitter e, DataType type, String a, String b, Optional<Tensor> constantB) {
        if (constantB.isPresent() && isSafeDivisor(constantB.get())) {
            return e.op("Div", a, b);
        }
        String one = e.scalar(type, 1);
        String isZero = e.op("Equal", b, e.scalar(type, 0));
        String isMinusOne = e.op("Equal", b, e.scalar(type, -1));
        String divided = e.op("Div", a, e.where(e.op("Or", isZero, isMinusOne), one, b));
        return e.where(isMinusOne, e.op("Neg", a), divided);
    }

    private static boolean isSafeDivisor(Tensor divisor) {
        return IntStream.range(0, divisor.size()).allMatch(i -> divisor.get(i) != 0 && divisor.get(i) != -1);
    }

    private static String remainder(Emitter e, DataType type, String a, String b, Optional<Tensor> constantB) {
        return e.op("Sub", a, e.op("Mul", quotient(e, type, a, b, constantB), b));
    }

    private static String fmod(Emitter e, String a, String b) {
        return e.op("Mod", List.of(Attribute.of("fmod", true)), a, b);
    }

    /** A remainder with the sign of the dividend, brought to that of the divisor. */
    private static String signOfDivisor(Emitter e, DataType type, String remainder, String b) {
        String zero = e.scalar(type, 0);
        String differs = e.op("Xor", e.op("Less", remainder, zero), e.op("Less", b, zero));
        String moves = e.op("And", differs, e.op("Not", e.op("Equal", remainder, zero)));
        return e.where(moves, e.op("Add", remainder, b), remainder);
    }

    /** Square and multiply over the bits of the exponent; a negative one gives the reciprocal of 1 and -1, else 0. */
    private static String integerPower(Emitter e, DataType type, String base, String exponent) {
        String zero = e.scalar(type, 0);
        String one = e.scalar(type, 1);
        String isNegative = e.op("Less", exponent, zero);
        String unit = e.op("Equal", e.op("Abs", base), one);
        String left = e.where(isNegative, e.op("BitwiseAnd", exponent, one), exponent);
        String square = base;
        String product = one;
        int bits = type == DataType.INT32 ? 31 : 63;
        for (int bit = 0; bit < bits; bit++) {
            Tensor mask = type == DataType.INT32 ? Tensor.of(new int[] {1 << bit}) : Tensor.of(new long[] {1L << bit});
            String isSet = e.op("Not", e.op("Equal", e.op("BitwiseAnd", left, e.constant(mask)), zero));
            product = e.op("Mul", product, e.where(isSet, square, one));
            square = bit + 1 < bits ? e.op("Mul", square, square) : square;
        }
        return e.where(e.op("And", isNegative, e.op("Not", unit)), zero, product);
    }

    private static String compare(Emitter e, CompareFn fn, String a, String b) {
        return switch (fn) {
            case EQ -> e.op("Equal", a, b);
            case NE -> e.op("Not", e.op("Equal", a, b));
            case LT -> e.op("Less", a, b);
            case LE -> e.op("LessOrEqual", a, b);
            case GT -> e.op("Greater", a, b);
            case GE -> e.op("GreaterOrEqual", a, b);
        };
    }
}
