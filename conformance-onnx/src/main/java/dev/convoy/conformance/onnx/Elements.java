package dev.convoy.conformance.onnx;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.util.function.IntToDoubleFunction;

/** The elements of tensors as numbers. */
final class Elements {

    private Elements() {}

    /** Whether a type is made of real numbers, which are compared within a tolerance. */
    static boolean isReal(DataType type) {
        return switch (type) {
            case FLOAT32,
                    FLOAT64,
                    FLOAT16,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    FLOAT4E2M1 -> true;
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, INT4, UINT4, BOOL -> false;
            case STRING, COMPLEX64, COMPLEX128 -> false;
        };
    }

    /** The elements of a tensor of real numbers. Small types follow the OCP formats as ONNX 1.20 states them. */
    static IntToDoubleFunction reals(Tensor x) {
        return switch (x.array()) {
            case float[] a -> i -> a[i];
            case double[] a -> i -> a[i];
            case short[] a when x.type() == DataType.FLOAT16 -> i -> Float.float16ToFloat(a[i]);
            case short[] a when x.type() == DataType.BFLOAT16 -> i -> Float.intBitsToFloat(a[i] << 16);
            case byte[] a -> i -> small(x.type(), a[i] & 0xFF);
            default -> throw new IllegalArgumentException(x.spec() + " holds no real numbers");
        };
    }

    private static double small(DataType type, int bits) {
        return switch (type) {
            case FLOAT8E4M3FN -> (bits & 0x7F) == 0x7F ? Double.NaN : decode(bits, 4, 3, 7);
            case FLOAT8E4M3FNUZ -> bits == 0x80 ? Double.NaN : decode(bits, 4, 3, 8);
            case FLOAT8E5M2 -> (bits & 0x7F) <= 0x7C ? infinite(bits) : Double.NaN;
            case FLOAT8E5M2FNUZ -> bits == 0x80 ? Double.NaN : decode(bits, 5, 2, 16);
            case FLOAT8E8M0 -> bits == 0xFF ? Double.NaN : Math.scalb(1.0, bits - 127);
            case FLOAT4E2M1 -> decode(bits & 0xF, 2, 1, 1);
            default -> throw new IllegalArgumentException(type + " is no small floating-point type");
        };
    }

    /** float8e5m2, which has infinities as IEEE 754 has them. */
    private static double infinite(int bits) {
        return (bits & 0x7F) == 0x7C
                ? (bits == 0x7C ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)
                : decode(bits, 5, 2, 15);
    }

    /** A finite number of one sign bit, an exponent with a bias, and a fraction. */
    private static double decode(int bits, int exponentBits, int fractionBits, int bias) {
        int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
        double fraction = (bits & (1 << fractionBits) - 1) / (double) (1 << fractionBits);
        double sign = (bits >> fractionBits + exponentBits & 1) == 0 ? 1 : -1;
        return sign * Math.scalb(fraction + (exponent == 0 ? 0 : 1), Math.max(exponent, 1) - bias);
    }

    /** An element for a message. */
    static String text(Tensor x, int index) {
        if (isReal(x.type())) {
            double value = reals(x).applyAsDouble(index);
            return x.type() == DataType.FLOAT64 ? Double.toString(value) : Float.toString((float) value);
        }
        return switch (x.array()) {
            case boolean[] a -> Boolean.toString(a[index]);
            case byte[] a -> Integer.toString(x.type() == DataType.UINT8 ? a[index] & 0xFF : a[index]);
            case short[] a -> Integer.toString(x.type() == DataType.UINT16 ? a[index] & 0xFFFF : a[index]);
            case int[] a ->
                x.type() == DataType.UINT32 ? Integer.toUnsignedString(a[index]) : Integer.toString(a[index]);
            case long[] a -> x.type() == DataType.UINT64 ? Long.toUnsignedString(a[index]) : Long.toString(a[index]);
            default -> throw new IllegalArgumentException("Unexpected storage of " + x.spec());
        };
    }
}
