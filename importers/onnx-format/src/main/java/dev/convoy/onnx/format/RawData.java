package dev.convoy.onnx.format;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of a tensor as ONNX stores them: row-major, little-endian, 4-bit types two to a byte. */
public final class RawData {

    private RawData() {}

    /** The number of bytes {@link #of} gives. */
    public static long size(TensorSpec spec) {
        return ElementTypes.bytes(spec.type(), spec.shape().elements());
    }

    /** The bytes of a tensor. */
    public static byte[] of(Tensor tensor) {
        byte[] bytes = new byte[Math.toIntExact(size(tensor.spec()))];
        ByteBuffer out = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (tensor.array()) {
            case float[] a -> out.asFloatBuffer().put(a);
            case double[] a -> out.asDoubleBuffer().put(a);
            case int[] a -> out.asIntBuffer().put(a);
            case long[] a -> out.asLongBuffer().put(a);
            case short[] a -> out.asShortBuffer().put(a);
            case byte[] a -> putBytes(a, ElementTypes.isPacked(tensor.type()), bytes);
            case boolean[] a -> {
                for (int i = 0; i < a.length; i++) {
                    bytes[i] = (byte) (a[i] ? 1 : 0);
                }
            }
            default -> throw new IllegalArgumentException("A tensor of " + tensor.type() + " has no bytes");
        }
        return bytes;
    }

    private static void putBytes(byte[] elements, boolean packed, byte[] bytes) {
        if (!packed) {
            System.arraycopy(elements, 0, bytes, 0, elements.length);
            return;
        }
        for (int i = 0; i < elements.length; i++) {
            bytes[i / 2] |= (byte) ((elements[i] & 0xF) << (i % 2 * 4));
        }
    }

    /**
     * The tensor of some bytes.
     *
     * @param in as many bytes as {@link #size} says
     * @throws OnnxFormatException if there are more or fewer, or the type cannot be stored
     */
    public static Tensor read(TensorSpec spec, ByteBuffer in) throws OnnxFormatException {
        DataType type = spec.type();
        if (type.storage() == DataType.Storage.NONE) {
            throw new OnnxFormatException("Tensors of " + type + " are not supported");
        }
        long size = size(spec);
        if (in.remaining() != size) {
            throw new OnnxFormatException(
                    "A tensor " + spec + " takes " + size + " bytes, the file holds " + in.remaining());
        }
        Object array = type.storage().newArray(Math.toIntExact(spec.shape().elements()));
        ByteBuffer data = in.slice().order(ByteOrder.LITTLE_ENDIAN);
        switch (array) {
            case float[] a -> data.asFloatBuffer().get(a);
            case double[] a -> data.asDoubleBuffer().get(a);
            case int[] a -> data.asIntBuffer().get(a);
            case long[] a -> data.asLongBuffer().get(a);
            case short[] a -> data.asShortBuffer().get(a);
            case byte[] a -> getBytes(data, type, a);
            case boolean[] a -> {
                for (int i = 0; i < a.length; i++) {
                    a[i] = data.get(i) != 0;
                }
            }
            default -> throw new OnnxFormatException("Tensors of " + type + " are not supported");
        }
        return Tensor.wrap(spec, array);
    }

    private static void getBytes(ByteBuffer data, DataType type, byte[] elements) {
        if (!ElementTypes.isPacked(type)) {
            data.get(elements);
            return;
        }
        for (int i = 0; i < elements.length; i++) {
            elements[i] = nibble(type, data.get(i / 2) >> (i % 2 * 4));
        }
    }

    /** An element of a 4-bit type from the low bits of a number: signed for int4. */
    static byte nibble(DataType type, int bits) {
        int low = bits & 0xF;
        return (byte) (type == DataType.INT4 && low > 7 ? low - 16 : low);
    }
}
