package dev.convoy.conformance.reference;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.UnaryFn;

/** The functions of real numbers, in double. */
final class RealFunctions {

    private static final double LN_2 = Math.log(2);

    private RealFunctions() {}

    static double apply(UnaryFn fn, double x) {
        return switch (fn) {
            case ABS -> Math.abs(x);
            case NEG -> -x;
            case SIGN -> Math.signum(x);
            case RELU -> Math.max(x, 0.0);
            case EXP -> Math.exp(x);
            case EXPM1 -> Math.expm1(x);
            case LOG -> Math.log(x);
            case LOG1P -> Math.log1p(x);
            case SQRT -> Math.sqrt(x);
            case RECIPROCAL -> 1 / x;
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case ERF -> erf(x);
            case SIN -> Math.sin(x);
            case COS -> Math.cos(x);
            case TAN -> Math.tan(x);
            case ASIN -> Math.asin(x);
            case ACOS -> Math.acos(x);
            case ATAN -> Math.atan(x);
            case SINH -> Math.sinh(x);
            case COSH -> Math.cosh(x);
            case ASINH -> asinh(x);
            case ACOSH -> acosh(x);
            case ATANH -> Math.copySign(0.5 * Math.log1p(2 * Math.abs(x) / (1 - Math.abs(x))), x);
            case FLOOR -> Math.floor(x);
            case CEIL -> Math.ceil(x);
            case ROUND -> Math.rint(x);
            case IS_NAN, IS_INF, NOT -> throw new IllegalStateException(fn + " does not give a real number");
        };
    }

    static double apply(BinaryFn fn, double a, double b) {
        return switch (fn) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> a / b;
            case POW -> power(a, b);
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
            case MOD -> modulo(a, b);
            case REM -> a % b;
            case AND, OR, XOR -> throw new IllegalStateException(fn + " is not defined on real numbers");
        };
    }

    /** IEEE 754 pow, which C, NumPy and ONNX follow: unlike in Java, 1 to any power, and -1 to an infinite one, is 1. */
    private static double power(double a, double b) {
        boolean one = a == 1 || a == -1 && Double.isInfinite(b);
        return one ? 1 : Math.pow(a, b);
    }

    /** Remainder with the sign of the divisor. */
    private static double modulo(double a, double b) {
        double remainder = a % b;
        if (remainder == 0) {
            return Math.copySign(0, b);
        }
        return remainder < 0 == b < 0 ? remainder : remainder + b;
    }

    /** {@code erf x = 2/√π · exp(-x²) · Σ 2^n x^(2n+1) / (1·3·5…(2n+1))}, a series of terms of one sign (DLMF 7.6.2). */
    private static double erf(double x) {
        if (Math.abs(x) > 6) {
            return Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > 1e100 ? Math.log(a) + LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(y, x);
    }

    private static double acosh(double x) {
        double t = x - 1;
        return x > 1e100 ? Math.log(x) + LN_2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }
}
