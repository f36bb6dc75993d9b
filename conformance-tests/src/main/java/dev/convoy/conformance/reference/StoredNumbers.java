package dev.convoy.conformance.reference;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * Numbers of the types that are for storage only. Small floating-point types follow the OCP 8-bit and microscaling
 * formats as ONNX 1.20 states them; a number too large for a type without infinity becomes its largest.
 */
final class StoredNumbers {

    /**
     * A binary floating-point format: sign, exponent, fraction.
     *
     * @param infinite whether the highest exponent is kept for infinity and NaN, as in IEEE 754
     * @param max the largest finite number
     */
    private record Format(int exponentBits, int fractionBits, int bias, boolean infinite, double max) {

        double decode(int bits) {
            int fraction = bits & (1 << fractionBits) - 1;
            int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
            double sign = (bits >> fractionBits + exponentBits & 1) == 0 ? 1 : -1;
            if (infinite && exponent == (1 << exponentBits) - 1) {
                return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
            }
            double significand = fraction / (double) (1 << fractionBits) + (exponent == 0 ? 0 : 1);
            return sign * Math.scalb(significand, Math.max(exponent, 1) - bias);
        }

        /** The nearest number of this format, ties to even. */
        double round(double x) {
            if (Double.isNaN(x) || x == 0) {
                return x;
            }
            int exponent = Math.max(Math.getExponent(x), 1 - bias);
            double quantum = Math.scalb(1.0, exponent - fractionBits);
            double rounded = Double.isInfinite(x) ? x : Math.rint(x / quantum) * quantum;
            boolean tooLarge = Math.abs(rounded) > max;
            return tooLarge ? Math.copySign(infinite ? Double.POSITIVE_INFINITY : max, x) : rounded;
        }
    }

    private static final Format HALF = new Format(5, 10, 15, true, 65504);
    private static final Format BRAIN = new Format(8, 7, 127, true, 0x1.fep127);
    private static final Format E4M3FN = new Format(4, 3, 7, false, 448);
    private static final Format E4M3FNUZ = new Format(4, 3, 8, false, 240);
    private static final Format E5M2 = new Format(5, 2, 15, true, 57344);
    private static final Format E5M2FNUZ = new Format(5, 2, 16, false, 57344);
    private static final Format E2M1 = new Format(2, 1, 1, false, 6);

    private StoredNumbers() {}

    /** Integers of a type narrower than long, or unsigned; only the low bits are kept. */
    static Tensor bits(TensorSpec spec, IntToLongFunction element) {
        Tensor tensor = Tensor.zeros(spec);
        long mask = spec.type() == DataType.INT4 || spec.type() == DataType.UINT4 ? 0xF : -1;
        for (int i = 0; i < tensor.size(); i++) {
            long value = element.applyAsLong(i) & mask;
            if (spec.type() == DataType.INT4 && value > 7) {
                value -= 16;
            }
            switch (tensor.array()) {
                case byte[] array -> array[i] = (byte) value;
                case short[] array -> array[i] = (short) value;
                case int[] array -> array[i] = (int) value;
                case long[] array -> array[i] = value;
                default -> throw new IllegalStateException(spec.type() + " is not an integer type");
            }
        }
        return tensor;
    }

    /** The bits that store an element; bits above its width are zero. */
    static long bits(Tensor x, int index) {
        return switch (x.array()) {
            case byte[] array -> array[index] & 0xFFL;
            case short[] array -> array[index] & 0xFFFFL;
            case int[] array -> array[index] & 0xFFFF_FFFFL;
            case long[] array -> array[index];
            default -> throw new IllegalStateException(x.type() + " is not stored as bits");
        };
    }

    /** An element of an integer type; uint64 beyond 2^63 comes out negative. */
    static long integer(Tensor x, int index) {
        long bits = bits(x, index);
        return switch (x.type()) {
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case UINT4 -> bits & 0xF;
            case INT4 -> (bits & 0xF) > 7 ? (bits & 0xF) - 16 : bits & 0xF;
            default -> bits;
        };
    }

    /** Numbers rounded to a floating-point type that is for storage only. */
    static Tensor encoded(TensorSpec spec, IntToDoubleFunction element) {
        return bits(spec, i -> encode(spec.type(), element.applyAsDouble(i)));
    }

    private static long encode(DataType type, double x) {
        return switch (type) {
            case FLOAT16 -> Float.floatToFloat16((float) HALF.round(x)) & 0xFFFFL;
            case BFLOAT16 -> Float.floatToIntBits((float) BRAIN.round(x)) >>> 16;
            case FLOAT8E4M3FN -> search(type, E4M3FN.round(x));
            case FLOAT8E4M3FNUZ -> search(type, E4M3FNUZ.round(x));
            case FLOAT8E5M2 -> search(type, E5M2.round(x));
            case FLOAT8E5M2FNUZ -> search(type, E5M2FNUZ.round(x));
            case FLOAT4E2M1 -> search(type, E2M1.round(x));
            case FLOAT8E8M0 -> search(type, nearestPowerOfTwo(x));
            default -> throw new IllegalStateException(type + " is not a stored floating-point type");
        };
    }

    /** The lowest bits that decode to a number of the type; those of the opposite sign of zero if the type lacks one. */
    private static long search(DataType type, double x) {
        for (int bits = 0; bits < 256; bits++) {
            if (Double.compare(decode(type, bits), x) == 0) {
                return bits;
            }
        }
        return 0;
    }

    private static double nearestPowerOfTwo(double x) {
        if (Double.isNaN(x) || x < 0) {
            return Double.NaN;
        }
        double below = Math.scalb(1.0, Math.clamp(Math.getExponent(x), -127, 127));
        return x / below >= 1.5 && below < 0x1p127 ? 2 * below : below;
    }

    static double decode(DataType type, long stored) {
        int bits = (int) stored;
        return switch (type) {
            case FLOAT16 -> HALF.decode(bits);
            case BFLOAT16 -> BRAIN.decode(bits);
            case FLOAT8E4M3FN -> (bits & 0x7F) == 0x7F ? Double.NaN : E4M3FN.decode(bits);
            case FLOAT8E4M3FNUZ -> bits == 0x80 ? Double.NaN : E4M3FNUZ.decode(bits);
            case FLOAT8E5M2 -> E5M2.decode(bits);
            case FLOAT8E5M2FNUZ -> bits == 0x80 ? Double.NaN : E5M2FNUZ.decode(bits);
            case FLOAT4E2M1 -> E2M1.decode(bits & 0xF);
            case FLOAT8E8M0 -> bits == 0xFF ? Double.NaN : Math.scalb(1.0, bits - 127);
            default -> throw new IllegalStateException(type + " is not a stored floating-point type");
        };
    }
}
