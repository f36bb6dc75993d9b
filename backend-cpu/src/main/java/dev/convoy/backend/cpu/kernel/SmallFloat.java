package dev.convoy.backend.cpu.kernel;

import dev.convoy.tensor.DataType;
import java.util.Map;

/**
 * The floating-point formats of 16 bits and fewer: IEEE 754 binary16, bfloat16, the 8-bit formats of ONNX 1.20 (OCP FP8,
 * Graphcore's FNUZ) and OCP E2M1 and E8M0. Encodes to nearest, ties to even. Values too large become infinite where the
 * format has infinities, else its largest number.
 */
enum SmallFloat {
    FLOAT16(5, 10, 15, Special.IEEE),
    BFLOAT16(8, 7, 127, Special.IEEE),
    FLOAT8E5M2(5, 2, 15, Special.IEEE),
    FLOAT8E4M3FN(4, 3, 7, Special.ONE_NAN),
    FLOAT8E5M2FNUZ(5, 2, 16, Special.UNSIGNED_ZERO),
    FLOAT8E4M3FNUZ(4, 3, 8, Special.UNSIGNED_ZERO),
    FLOAT4E2M1(2, 1, 1, Special.FINITE),
    FLOAT8E8M0(8, 0, 127, Special.SCALE);

    /** What a format does with its outermost codes. */
    private enum Special {
        /** Infinity and NaN in the highest exponent. */
        IEEE,
        /** No infinity; NaN is all ones. */
        ONE_NAN,
        /** No infinity and no -0, whose code is NaN. */
        UNSIGNED_ZERO,
        /** Numbers only; NaN is encoded as the largest. */
        FINITE,
        /** Powers of two only: no sign, no zero; NaN is all ones. */
        SCALE
    }

    private static final Map<DataType, SmallFloat> FORMATS = Map.of(
            DataType.FLOAT16, FLOAT16,
            DataType.BFLOAT16, BFLOAT16,
            DataType.FLOAT8E5M2, FLOAT8E5M2,
            DataType.FLOAT8E4M3FN, FLOAT8E4M3FN,
            DataType.FLOAT8E5M2FNUZ, FLOAT8E5M2FNUZ,
            DataType.FLOAT8E4M3FNUZ, FLOAT8E4M3FNUZ,
            DataType.FLOAT4E2M1, FLOAT4E2M1,
            DataType.FLOAT8E8M0, FLOAT8E8M0);

    private final int mantissaBits;
    private final int exponentBits;
    private final int bias;
    private final Special special;

    SmallFloat(int exponentBits, int mantissaBits, int bias, Special special) {
        this.exponentBits = exponentBits;
        this.mantissaBits = mantissaBits;
        this.bias = bias;
        this.special = special;
    }

    static boolean is(DataType type) {
        return FORMATS.containsKey(type);
    }

    /**
     * @throws IllegalArgumentException if the type is no small float
     */
    static SmallFloat of(DataType type) {
        SmallFloat format = FORMATS.get(type);
        if (format == null) {
            throw new IllegalArgumentException(type + " is not a small float");
        }
        return format;
    }

    private int signBit() {
        return special == Special.SCALE ? 0 : 1 << (exponentBits + mantissaBits);
    }

    /** The code of the largest finite number. */
    private int largest() {
        int all = (1 << (exponentBits + mantissaBits)) - 1;
        return switch (special) {
            case IEEE -> all - (1 << mantissaBits);
            case ONE_NAN, SCALE -> all - 1;
            case UNSIGNED_ZERO, FINITE -> all;
        };
    }

    private int nan() {
        int all = (1 << (exponentBits + mantissaBits)) - 1;
        return switch (special) {
            case IEEE -> all - (1 << mantissaBits) + 1 + (1 << (mantissaBits - 1));
            case ONE_NAN, SCALE -> all;
            case UNSIGNED_ZERO -> signBit();
            case FINITE -> largest();
        };
    }

    /** The value of a code, in the low bits. */
    double decode(int code) {
        int magnitude = code & ((1 << (exponentBits + mantissaBits)) - 1);
        boolean negative = (code & signBit()) != 0;
        if (magnitude > largest() || special == Special.UNSIGNED_ZERO && negative && magnitude == 0) {
            boolean infinite = special == Special.IEEE && magnitude == largest() + 1;
            return infinite ? (negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY) : Double.NaN;
        }
        int exponent = magnitude >> mantissaBits;
        int mantissa = magnitude & ((1 << mantissaBits) - 1);
        boolean subnormal = exponent == 0 && special != Special.SCALE;
        double value = subnormal
                ? Math.scalb((double) mantissa, 1 - bias - mantissaBits)
                : Math.scalb((double) ((1 << mantissaBits) + mantissa), exponent - bias - mantissaBits);
        return negative ? -value : value;
    }

    /** The code nearest to a value. */
    int encode(double value) {
        if (Double.isNaN(value) || special == Special.SCALE && value < 0) {
            return nan();
        }
        int sign = Double.doubleToRawLongBits(value) < 0 ? signBit() : 0;
        int code = Double.isInfinite(value) ? largest() + 1 : magnitude(Math.abs(value));
        if (code > largest()) {
            return special == Special.IEEE ? sign | largest() + 1 : sign | largest();
        }
        return code == 0 && special == Special.UNSIGNED_ZERO ? 0 : sign | code;
    }

    /** The code of a number that is not negative; beyond {@link #largest} if it is too large. */
    private int magnitude(double value) {
        int lowest = special == Special.SCALE ? -bias : 1 - bias;
        int exponent = Math.max(Math.getExponent(value), lowest);
        if (exponent > 1 << exponentBits) {
            return largest() + 1;
        }
        int steps = (int) Math.rint(Math.scalb(value, mantissaBits - exponent));
        if (special == Special.SCALE) {
            return Math.max(0, exponent + bias + (steps > 1 ? 1 : 0));
        }
        return ((exponent - lowest) << mantissaBits) + steps;
    }
}
