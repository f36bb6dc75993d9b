package dev.convoy.graph.pass.host;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Conversion between element types as {@link dev.convoy.graph.ElementwiseOp.Cast} says. */
final class Casts {

    private Casts() {}

    /** The tensor in another type; empty for float8 and float4. */
    static Optional<Tensor> cast(Tensor x, DataType to) {
        if (x.type() == to) {
            return Optional.of(x);
        }
        if (!writable(to)) {
            return Optional.empty();
        }
        IntToLongFunction integers = integers(x);
        if (integers != null) {
            return Optional.of(ofIntegers(x, to, integers));
        }
        IntToDoubleFunction reals = reals(x);
        return reals == null ? Optional.empty() : Optional.of(ofReals(x, to, reals));
    }

    private static Tensor ofIntegers(Tensor x, DataType to, IntToLongFunction element) {
        Object array = to.storage().newArray(x.size());
        for (int i = 0; i < x.size(); i++) {
            long value = element.applyAsLong(i);
            if (to == DataType.FLOAT64) {
                write(array, to, i, (double) value);
            } else if (isReal(to)) {
                write(array, to, i, (float) value);
            } else {
                write(array, to, i, value);
            }
        }
        return Tensor.wrap(x.spec().withType(to), array);
    }

    private static Tensor ofReals(Tensor x, DataType to, IntToDoubleFunction element) {
        Object array = to.storage().newArray(x.size());
        for (int i = 0; i < x.size(); i++) {
            write(array, to, i, element.applyAsDouble(i));
        }
        return Tensor.wrap(x.spec().withType(to), array);
    }

    /** A tensor full of one number; empty for float8 and float4. */
    static Optional<Tensor> full(DataType type, Shape shape, double value) {
        return cast(Tensor.full(new TensorSpec(DataType.FLOAT64, shape), value), type);
    }

    private static boolean isReal(DataType type) {
        return type.isReal() || type == DataType.FLOAT16 || type == DataType.BFLOAT16;
    }

    private static boolean writable(DataType type) {
        return isReal(type) || bits(type) > 0 || type == DataType.BOOL;
    }

    /** The width of an integer type; 0 for other types. */
    private static int bits(DataType type) {
        return switch (type) {
            case INT4, UINT4 -> 4;
            case INT8, UINT8 -> 8;
            case INT16, UINT16 -> 16;
            case INT32, UINT32 -> 32;
            case INT64, UINT64 -> 64;
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, STRING, COMPLEX64, COMPLEX128 -> 0;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> 0;
        };
    }

    private static boolean unsigned(DataType type) {
        return switch (type) {
            case UINT4, UINT8, UINT16, UINT32, UINT64 -> true;
            case INT4, INT8, INT16, INT32, INT64 -> false;
            case FLOAT32, FLOAT64, FLOAT16, BFLOAT16, BOOL, STRING, COMPLEX64, COMPLEX128 -> false;
            case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT8E8M0, FLOAT4E2M1 -> false;
        };
    }

    private static @Nullable IntToLongFunction integers(Tensor x) {
        if (x.type() == DataType.BOOL) {
            return i -> x.booleans()[i] ? 1 : 0;
        }
        int unused = Long.SIZE - bits(x.type());
        boolean unsigned = unsigned(x.type());
        if (unused == Long.SIZE || unsigned && unused == 0) {
            return null;
        }
        IntToLongFunction stored = switch (x.array()) {
            case byte[] a -> i -> a[i];
            case short[] a -> i -> a[i];
            case int[] a -> i -> a[i];
            case long[] a -> i -> a[i];
            default -> throw new IllegalStateException("Unexpected storage of " + x.spec());
        };
        return unsigned
                ? i -> stored.applyAsLong(i) << unused >>> unused
                : i -> stored.applyAsLong(i) << unused >> unused;
    }

    private static @Nullable IntToDoubleFunction reals(Tensor x) {
        return switch (x.array()) {
            case float[] a -> i -> a[i];
            case double[] a -> i -> a[i];
            case short[] a when x.type() == DataType.FLOAT16 -> i -> Float.float16ToFloat(a[i]);
            case short[] a when x.type() == DataType.BFLOAT16 -> i -> Float.intBitsToFloat(a[i] << 16);
            case long[] a when x.type() == DataType.UINT64 -> i -> unsigned(a[i]);
            default -> null;
        };
    }

    /** Rounded once: halving keeps the dropped bit in the last place, so that ties are still seen. */
    private static double unsigned(long value) {
        return value >= 0 ? value : ((value >>> 1) | (value & 1)) * 2.0;
    }

    private static void write(Object array, DataType to, int i, long value) {
        switch (array) {
            case boolean[] a -> a[i] = value != 0;
            case byte[] a when to == DataType.INT4 -> a[i] = (byte) (value << 60 >> 60);
            case byte[] a when to == DataType.UINT4 -> a[i] = (byte) (value & 15);
            case byte[] a -> a[i] = (byte) value;
            case short[] a -> a[i] = (short) value;
            case int[] a -> a[i] = (int) value;
            case long[] a -> a[i] = value;
            default -> throw new IllegalStateException("Unexpected storage of " + to);
        }
    }

    private static void write(Object array, DataType to, int i, double value) {
        switch (array) {
            case float[] a -> a[i] = (float) value;
            case double[] a -> a[i] = value;
            case boolean[] a -> a[i] = value != 0;
            case short[] a when to == DataType.FLOAT16 -> a[i] = Float.floatToFloat16((float) value);
            case short[] a when to == DataType.BFLOAT16 -> a[i] = bfloat16((float) value);
            case int[] a when to == DataType.INT32 -> a[i] = (int) value;
            case long[] a
            when to == DataType.UINT64 && value >= 0x1p63 -> a[i] = (long) (value - 0x1p63) ^ Long.MIN_VALUE;
            default -> write(array, to, i, (long) value);
        }
    }

    private static short bfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        return (short) (Float.isNaN(value) ? 0x7FC0 : (bits + 0x7FFF + (bits >>> 16 & 1)) >>> 16);
    }
}
