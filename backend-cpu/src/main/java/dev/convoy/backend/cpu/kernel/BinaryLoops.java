package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.BinaryFn;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;

/** The loops of {@link BinaryFn}. */
final class BinaryLoops {

    private BinaryLoops() {}

    @FunctionalInterface
    private interface FloatLoop {
        void run(float[] a, float[] b, float[] y, int from, int to);
    }

    @FunctionalInterface
    private interface Real {
        double of(double a, double b);
    }

    private static Flat.Loop flat(FloatLoop loop) {
        return (operands, y, from, to) -> loop.run((float[]) operands[0], (float[]) operands[1], (float[]) y, from, to);
    }

    private static Flat.Loop real(Real fn) {
        return flat((a, b, y, from, to) -> {
            for (int i = from; i < to; i++) {
                y[i] = (float) fn.of(a[i], b[i]);
            }
        });
    }

    static Flat.Loop floats(BinaryFn fn) {
        return switch (fn) {
            case ADD -> flat(BinaryLoops::add);
            case SUB -> flat(BinaryLoops::sub);
            case MUL -> flat(BinaryLoops::mul);
            case DIV -> flat(BinaryLoops::div);
            case POW -> real(Math::pow);
            case MAX -> flat(BinaryLoops::max);
            case MIN -> flat(BinaryLoops::min);
            case MOD -> real(BinaryLoops::mod);
            case REM -> real((a, b) -> a % b);
            case AND, OR, XOR -> throw new IllegalArgumentException(fn + " is not defined on float32");
        };
    }

    static Flat.Loop doubles(BinaryFn fn) {
        DoubleBinaryOperator op = switch (fn) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case POW -> Math::pow;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case MOD -> BinaryLoops::mod;
            case REM -> (a, b) -> a % b;
            case AND, OR, XOR -> throw new IllegalArgumentException(fn + " is not defined on float64");
        };
        return (operands, y, from, to) -> {
            double[] a = (double[]) operands[0];
            double[] b = (double[]) operands[1];
            double[] c = (double[]) y;
            for (int i = from; i < to; i++) {
                c[i] = op.applyAsDouble(a[i], b[i]);
            }
        };
    }

    /** Remainder with the sign of the divisor; a zero takes it too, as in Python. */
    private static double mod(double a, double b) {
        double remainder = a % b;
        if (remainder == 0) {
            return Math.copySign(0.0, b);
        }
        return remainder < 0 == b < 0 || Double.isNaN(remainder) ? remainder : remainder + b;
    }

    static Flat.Loop ints(BinaryFn fn) {
        IntBinaryOperator op = switch (fn) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case POW -> (a, b) -> (int) pow(a, b);
            case MAX -> Math::max;
            case MIN -> Math::min;
            case MOD -> Math::floorMod;
            case REM -> (a, b) -> a % b;
            case AND -> (a, b) -> a & b;
            case OR -> (a, b) -> a | b;
            case XOR -> (a, b) -> a ^ b;
        };
        return (operands, y, from, to) -> {
            int[] a = (int[]) operands[0];
            int[] b = (int[]) operands[1];
            int[] c = (int[]) y;
            for (int i = from; i < to; i++) {
                c[i] = op.applyAsInt(a[i], b[i]);
            }
        };
    }

    static Flat.Loop longs(BinaryFn fn) {
        LongBinaryOperator op = switch (fn) {
            case ADD -> (a, b) -> a + b;
            case SUB -> (a, b) -> a - b;
            case MUL -> (a, b) -> a * b;
            case DIV -> (a, b) -> a / b;
            case POW -> BinaryLoops::pow;
            case MAX -> Math::max;
            case MIN -> Math::min;
            case MOD -> Math::floorMod;
            case REM -> (a, b) -> a % b;
            case AND -> (a, b) -> a & b;
            case OR -> (a, b) -> a | b;
            case XOR -> (a, b) -> a ^ b;
        };
        return (operands, y, from, to) -> {
            long[] a = (long[]) operands[0];
            long[] b = (long[]) operands[1];
            long[] c = (long[]) y;
            for (int i = from; i < to; i++) {
                c[i] = op.applyAsLong(a[i], b[i]);
            }
        };
    }

    /** The power modulo 2^64; its low bits are the power of the low bits. */
    private static long pow(long base, long exponent) {
        if (exponent < 0) {
            return base == 1 || base == -1 ? ((exponent & 1) == 0 ? 1 : base) : 0;
        }
        long result = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>= 1) {
            if ((rest & 1) != 0) {
                result *= square;
            }
            square *= square;
        }
        return result;
    }

    static Flat.Loop booleans(BinaryFn fn) {
        return (operands, y, from, to) -> {
            boolean[] a = (boolean[]) operands[0];
            boolean[] b = (boolean[]) operands[1];
            boolean[] c = (boolean[]) y;
            for (int i = from; i < to; i++) {
                c[i] = switch (fn) {
                    case AND -> a[i] & b[i];
                    case OR -> a[i] | b[i];
                    case XOR -> a[i] ^ b[i];
                    default -> throw new IllegalArgumentException(fn + " is not defined on bool");
                };
            }
        };
    }

    private static void add(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a[i] + b[i];
        }
    }

    private static void sub(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a[i] - b[i];
        }
    }

    private static void mul(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a[i] * b[i];
        }
    }

    private static void div(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = a[i] / b[i];
        }
    }

    private static void max(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.max(a[i], b[i]);
        }
    }

    private static void min(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = Math.min(a[i], b[i]);
        }
    }
}
