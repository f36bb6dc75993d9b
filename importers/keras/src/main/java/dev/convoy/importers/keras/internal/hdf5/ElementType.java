package dev.convoy.importers.keras.internal.hdf5;

import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * How the elements of a dataset are stored.
 *
 * @param kind IEEE 754 floats of 2, 4 or 8 bytes, or integers of 1, 2, 4 or 8 bytes
 * @param bytes per element
 */
record ElementType(Kind kind, int bytes, ByteOrder order) {

    enum Kind {
        FLOAT,
        SIGNED,
        UNSIGNED
    }

    static ElementType of(DataType type, GuardedStorage storage) {
        return switch (type) {
            case FloatingPoint f when isIeee(f) -> new ElementType(Kind.FLOAT, f.getSize(), f.getByteOrder());
            case FixedPoint i
            when Integer.bitCount(i.getSize()) == 1 && i.getSize() <= 8 && i.getSize() > 0 ->
                new ElementType(i.isSigned() ? Kind.SIGNED : Kind.UNSIGNED, i.getSize(), i.getByteOrder());
            case EnumDataType e -> of(e.getBaseType(), storage);
            default ->
                throw storage.malformed("holds no numbers but elements of " + type.getSize() + " bytes of class "
                        + type.getClass().getSimpleName());
        };
    }

    private static boolean isIeee(FloatingPoint f) {
        int exponent = f.getExponentSize();
        return switch (f.getSize()) {
            case 2 -> exponent == 5 && f.getMantissaSize() == 10;
            case 4 -> exponent == 8 && f.getMantissaSize() == 23;
            case 8 -> exponent == 11 && f.getMantissaSize() == 52;
            default -> false;
        };
    }

    /** Elements as float32, rounded to the nearest. */
    float[] floats(MemorySegment data, int elements) {
        float[] values = new float[elements];
        if (kind == Kind.FLOAT && bytes == 4) {
            MemorySegment.copy(data, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(order), 0, values, 0, elements);
            return values;
        }
        for (int i = 0; i < elements; i++) {
            values[i] = (kind == Kind.FLOAT) ? real(data, i) : integer(data, i);
        }
        return values;
    }

    private float real(MemorySegment data, int index) {
        return bytes == 8
                ? (float) data.get(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(order), 8L * index)
                : Float.float16ToFloat(data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 2L * index));
    }

    private float integer(MemorySegment data, int index) {
        boolean signed = kind == Kind.SIGNED;
        return switch (bytes) {
            case 1 -> {
                byte value = data.get(ValueLayout.JAVA_BYTE, index);
                yield signed ? value : Byte.toUnsignedInt(value);
            }
            case 2 -> {
                short value = data.get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), 2L * index);
                yield signed ? value : Short.toUnsignedInt(value);
            }
            case 4 -> {
                int value = data.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), 4L * index);
                yield signed ? value : Integer.toUnsignedLong(value);
            }
            default -> {
                long value = data.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), 8L * index);
                yield signed || value >= 0 ? value : (value >>> 1) * 2f;
            }
        };
    }
}
