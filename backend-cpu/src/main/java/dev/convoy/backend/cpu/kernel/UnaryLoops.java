package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.UnaryFn;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;

/** The loops of {@link UnaryFn}, one for each function of float32; the costly ones compute in double and round once. */
final class UnaryLoops {

    private UnaryLoops() {}

    @FunctionalInterface
    private interface Real {
        double of(double x);
    }

    @FunctionalInterface
    private interface FloatLoop {
        void run(float[] x, float[] y, int from, int to);
    }

    private static Flat.Loop flat(FloatLoop loop) {
        return (operands, y, from, to) -> loop.run((float[]) operands[0], (float[]) y, from, to);
    }

    private static Flat.Loop real(Real fn) {
        return (operands, y, from, to) -> {
            float[] a = (float[]) operands[0];
            float[] b = (float[]) y;
            for (int i = from; i < to; i++) {
                b[i] = (float) fn.of(a[i]);
            }
        };
    }

    static Flat.Loop floats(UnaryFn fn) {
        return switch (fn) {
            case ABS -> flat(UnaryLoops::abs);
            case NEG -> flat(UnaryLoops::neg);
            case SIGN -> real(Math::signum);
            case RELU -> flat(UnaryLoops::relu);
            case EXP -> flat(UnaryLoops::exp);
            case EXPM1 -> real(Math::expm1);
            case LOG -> flat(UnaryLoops::log);
            case LOG1P -> real(Math::log1p);
            case SQRT -> flat(UnaryLoops::sqrt);
            case RECIPROCAL -> flat(UnaryLoops::reciprocal);
            case SIGMOID -> flat(UnaryLoops::sigmoid);
            case TANH -> flat(UnaryLoops::tanh);
            case ERF -> flat(UnaryLoops::erf);
            case SIN -> real(Math::sin);
            case COS -> real(Math::cos);
            case TAN -> real(Math::tan);
            case ASIN -> real(Math::asin);
            case ACOS -> real(Math::acos);
            case ATAN -> real(Math::atan);
            case SINH -> real(Math::sinh);
            case COSH -> real(Math::cosh);
            case ASINH -> real(UnaryLoops::asinh);
            case ACOSH -> real(UnaryLoops::acosh);
            case ATANH -> real(x -> 0.5 * (Math.log1p(x) - Math.log1p(-x)));
            case FLOOR -> real(Math::floor);
            case CEIL -> real(Math::ceil);
            case ROUND -> real(Math::rint);
            case IS_NAN -> (operands, y, from, to) -> isNaN((float[]) operands[0], (boolean[]) y, from, to);
            case IS_INF -> (operands, y, from, to) -> isInfinite((float[]) operands[0], (boolean[]) y, from, to);
            case NOT -> throw new IllegalArgumentException(fn + " is not defined on float32");
        };
    }

    private static double asinh(double x) {
        double a = Math.abs(x);
        // log1p keeps small arguments accurate; beyond 2^28 the square adds nothing.
        double y = a > 0x1p28 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
        return Math.copySign(y, x);
    }

    private static double acosh(double x) {
        return x > 0x1p28 ? Math.log(x) + Math.log(2) : Math.log1p(x - 1 + Math.sqrt((x - 1) * (x + 1)));
    }

    static Flat.Loop ints(UnaryFn fn) {
        IntUnaryOperator op = switch (fn) {
            case ABS -> Math::abs;
            case NEG -> x -> -x;
            case SIGN -> Integer::signum;
            case RELU -> x -> Math.max(x, 0);
            case NOT -> x -> ~x;
            default -> throw new IllegalArgumentException(fn + " is not defined on int32");
        };
        return (operands, y, from, to) -> {
            int[] a = (int[]) operands[0];
            int[] b = (int[]) y;
            for (int i = from; i < to; i++) {
                b[i] = op.applyAsInt(a[i]);
            }
        };
    }

    static Flat.Loop longs(UnaryFn fn) {
        LongUnaryOperator op = switch (fn) {
            case ABS -> Math::abs;
            case NEG -> x -> -x;
            case SIGN -> Long::signum;
            case RELU -> x -> Math.max(x, 0);
            case NOT -> x -> ~x;
            default -> throw new IllegalArgumentException(fn + " is not defined on int64");
        };
        return (operands, y, from, to) -> {
            long[] a = (long[]) operands[0];
            long[] b = (long[]) y;
            for (int i = from; i < to; i++) {
                b[i] = op.applyAsLong(a[i]);
            }
        };
    }

    static Flat.Loop not() {
        return (operands, y, from, to) -> {
            boolean[] a = (boolean[]) operands[0];
            boolean[] b = (boolean[]) y;
            for (int i = from; i < to; i++) {
                b[i] = !a[i];
            }
        };
    }

    private static void abs(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.abs(x[i]);
        }
    }

    private static void neg(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = -x[i];
        }
    }

    private static void relu(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    private static void exp(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.exp(x[i]);
        }
    }

    private static void log(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.log(x[i]);
        }
    }

    private static void sqrt(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.sqrt(x[i]);
        }
    }

    private static void reciprocal(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = 1f / x[i];
        }
    }

    private static void sigmoid(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) (1 / (1 + Math.exp(-x[i])));
        }
    }

    private static void tanh(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.tanh(x[i]);
        }
    }

    private static void erf(float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Erf.of(x[i]);
        }
    }

    private static void isNaN(float[] x, boolean[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Float.isNaN(x[i]);
        }
    }

    private static void isInfinite(float[] x, boolean[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Float.isInfinite(x[i]);
        }
    }
}
