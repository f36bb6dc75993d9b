package dev.convoy.backend.cpu.kernel;

import dev.convoy.tensor.DataType;

/** Conversion of elements between all types that can be stored: through long between integers, else through double. */
final class Casting {

    private Casting() {}

    /** An array of one element of a type, converted from a real number. */
    static Object scalar(double value, DataType type) {
        Object target = type.storage().newArray(1);
        convert(new double[] {value}, DataType.FLOAT64, target, type, 0, 1);
        return target;
    }

    /** Converts elements {@code [from, to)} of a source to the same places of a target. */
    static void convert(Object source, DataType sourceType, Object target, DataType targetType, int from, int to) {
        if (sourceType == targetType) {
            System.arraycopy(source, from, target, from, to - from);
        } else if (sourceType == DataType.FLOAT32 && targetType == DataType.INT32) {
            floatToInt((float[]) source, (int[]) target, from, to);
        } else if (sourceType == DataType.INT32 && targetType == DataType.FLOAT32) {
            intToFloat((int[]) source, (float[]) target, from, to);
        } else if (sourceType == DataType.BOOL && targetType == DataType.FLOAT32) {
            boolToFloat((boolean[]) source, (float[]) target, from, to);
        } else if (isReal(sourceType)) {
            for (int i = from; i < to; i++) {
                writeReal(target, targetType, i, readReal(source, sourceType, i));
            }
        } else {
            for (int i = from; i < to; i++) {
                writeInteger(target, targetType, i, readInteger(source, sourceType, i), sourceType);
            }
        }
    }

    private static void floatToInt(float[] source, int[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = (int) source[i];
        }
    }

    private static void intToFloat(int[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[i];
        }
    }

    private static void boolToFloat(boolean[] source, float[] target, int from, int to) {
        for (int i = from; i < to; i++) {
            target[i] = source[i] ? 1 : 0;
        }
    }

    private static boolean isReal(DataType type) {
        return type.isReal() || SmallFloat.is(type);
    }

    private static double readReal(Object array, DataType type, int i) {
        return switch (array) {
            case float[] a -> a[i];
            case double[] a -> a[i];
            case short[] a -> SmallFloat.of(type).decode(a[i] & 0xFFFF);
            case byte[] a -> SmallFloat.of(type).decode(a[i] & 0xFF);
            default -> throw new IllegalArgumentException(type + " is not real");
        };
    }

    private static long readInteger(Object array, DataType type, int i) {
        return switch (array) {
            case int[] a -> type == DataType.UINT32 ? a[i] & 0xFFFF_FFFFL : a[i];
            case long[] a -> a[i];
            case boolean[] a -> a[i] ? 1 : 0;
            case short[] a -> type == DataType.UINT16 ? a[i] & 0xFFFF : a[i];
            case byte[] a ->
                switch (type) {
                    case UINT8 -> a[i] & 0xFF;
                    case UINT4 -> a[i] & 0xF;
                    case INT4 -> (byte) (a[i] << 4) >> 4;
                    default -> a[i];
                };
            default -> throw new IllegalArgumentException(type + " is not an integer");
        };
    }

    private static void writeReal(Object array, DataType type, int i, double value) {
        switch (array) {
            case float[] a -> a[i] = (float) value;
            case double[] a -> a[i] = value;
            case boolean[] a -> a[i] = value != 0;
            case int[] a when type == DataType.INT32 -> a[i] = (int) value;
            case short[] a
            when SmallFloat.is(type) -> a[i] = (short) SmallFloat.of(type).encode(value);
            case byte[] a
            when SmallFloat.is(type) -> a[i] = (byte) SmallFloat.of(type).encode(value);
            case int[] _, long[] _ -> writeBits(array, type, i, (long) value);
            default -> writeBits(array, type, i, (int) value);
        }
    }

    private static void writeInteger(Object array, DataType type, int i, long value, DataType from) {
        boolean wraps = from == DataType.UINT64 && value < 0;
        switch (array) {
            case float[] a -> a[i] = wraps ? (float) unsigned(value) : value;
            case double[] a -> a[i] = wraps ? unsigned(value) : value;
            case boolean[] a -> a[i] = value != 0;
            case short[] _, byte[] _
            when SmallFloat.is(type) -> writeReal(array, type, i, wraps ? unsigned(value) : value);
            default -> writeBits(array, type, i, value);
        }
    }

    /** The value of the bits as an unsigned number; the bit shifted out is kept so that rounding stays right. */
    private static double unsigned(long bits) {
        return (double) ((bits >>> 1) | (bits & 1)) * 2;
    }

    private static void writeBits(Object array, DataType type, int i, long value) {
        switch (array) {
            case int[] a -> a[i] = (int) value;
            case long[] a -> a[i] = value;
            case short[] a -> a[i] = (short) value;
            case byte[] a ->
                a[i] = switch (type) {
                    case UINT4 -> (byte) (value & 0xF);
                    case INT4 -> (byte) ((byte) (value << 4) >> 4);
                    default -> (byte) value;
                };
            default -> throw new IllegalArgumentException(type + " cannot be stored");
        }
    }
}
