package dev.convoy.graph.pass.host;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.UnaryFn;

/** The scalar functions of elementwise ops, in double precision and in wrapping 64-bit integers. */
final class Functions {

    private static final double LOG_2 = StrictMath.log(2);

    private Functions() {}

    static double unary(UnaryFn fn, double x) {
        return switch (fn) {
            case ABS -> Math.abs(x);
            case NEG -> -x;
            case SIGN -> Math.signum(x);
            case RELU -> Math.max(x, 0);
            case EXP -> StrictMath.exp(x);
            case EXPM1 -> StrictMath.expm1(x);
            case LOG -> StrictMath.log(x);
            case LOG1P -> StrictMath.log1p(x);
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case SIGMOID -> 1 / (1 + StrictMath.exp(-x));
            case TANH -> StrictMath.tanh(x);
            case ERF -> erf(x);
            case SIN -> StrictMath.sin(x);
            case COS -> StrictMath.cos(x);
            case TAN -> StrictMath.tan(x);
            case ASIN -> StrictMath.asin(x);
            case ACOS -> StrictMath.acos(x);
            case ATAN -> StrictMath.atan(x);
            case SINH -> StrictMath.sinh(x);
            case COSH -> StrictMath.cosh(x);
            case ASINH -> Math.copySign(asinh(Math.abs(x)), x);
            case ACOSH -> acosh(x);
            case ATANH -> StrictMath.log1p(2 * x / (1 - x)) / 2;
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case IS_NAN, IS_INF, NOT -> throw new IllegalArgumentException(fn + " does not map reals to reals");
        };
    }

    static long unary(UnaryFn fn, long x) {
        return switch (fn) {
            case ABS -> Math.abs(x);
            case NEG -> -x;
            case SIGN -> Long.signum(x);
            case RELU -> Math.max(x, 0);
            case NOT -> ~x;
            case EXP, EXPM1, LOG, LOG1P, SQRT, RECIPROCAL, SIGMOID, TANH, ERF -> throw real(fn);
            case SIN, COS, TAN, ASIN, ACOS, ATAN, SINH, COSH, ASINH, ACOSH, ATANH -> throw real(fn);
            case FLOOR, CEIL, ROUND, IS_NAN, IS_INF -> throw real(fn);
        };
    }

    private static IllegalArgumentException real(UnaryFn fn) {
        return new IllegalArgumentException(fn + " is defined on real numbers");
    }

    static double binary(BinaryFn fn, double a, double b) {
        return switch (fn) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> StrictMath.pow(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case MOD -> {
                double remainder = a % b;
                yield remainder != 0 && remainder < 0 != b < 0 ? remainder + b : remainder;
            }
            case REM -> a % b;
            case AND, OR, XOR -> throw new IllegalArgumentException(fn + " is defined on bits");
        };
    }

    static long binary(BinaryFn fn, long a, long b) {
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

    static boolean compare(CompareFn fn, double a, double b) {
        return switch (fn) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    static boolean compare(CompareFn fn, long a, long b) {
        return switch (fn) {
            case EQ -> a == b;
            case NE -> a != b;
            case LT -> a < b;
            case LE -> a <= b;
            case GT -> a > b;
            case GE -> a >= b;
        };
    }

    /** By squaring, wrapping around; a negative exponent gives the quotient 1 / a^-b truncated, and 0 for base 0. */
    private static long power(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 ? 1 : base == -1 ? (exponent % 2 == 0 ? 1 : -1) : 0;
        }
        long result = 1;
        long square = base;
        for (long bits = exponent; bits > 0; bits >>= 1) {
            result = (bits & 1) == 1 ? result * square : result;
            square *= square;
        }
        return result;
    }

    /**
     * By {@code 2/√π · exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!!}, whose terms all have one sign (Abramowitz and Stegun, 7.1.6).
     */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return Math.clamp(2 / Math.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum, -1.0, 1.0);
    }

    private static double asinh(double x) {
        return x > 1e8 ? StrictMath.log(x) + LOG_2 : StrictMath.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    }

    private static double acosh(double x) {
        double above = x - 1;
        return x > 1e8 ? StrictMath.log(x) + LOG_2 : StrictMath.log1p(above + Math.sqrt(above * (2 + above)));
    }
}
