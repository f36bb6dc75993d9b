package dev.convoy.backend.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** An ONNX Runtime tensor over a buffer outside the heap, which is written and read without further copies. */
final class NativeTensor implements AutoCloseable {

    private final TensorSpec spec;
    private final ByteBuffer buffer;
    private final OnnxTensor value;

    private NativeTensor(TensorSpec spec, ByteBuffer buffer, OnnxTensor value) {
        this.spec = spec;
        this.buffer = buffer;
        this.value = value;
    }

    /** Whether tensors of a type can be made; unsigned ones as the signed type of their width, see {@link Exchange}. */
    static boolean isExchanged(DataType type) {
        return type(type) != null;
    }

    private static @Nullable OnnxJavaType type(DataType type) {
        return switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT16, UINT16 -> OnnxJavaType.INT16;
            case INT32, UINT32 -> OnnxJavaType.INT32;
            case INT64, UINT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
            case STRING,
                    COMPLEX64,
                    COMPLEX128,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0,
                    UINT4,
                    INT4,
                    FLOAT4E2M1 -> null;
        };
    }

    /**
     * @param spec of known shape, and of a type that {@link #isExchanged}
     */
    static NativeTensor allocate(TensorSpec spec) {
        OnnxJavaType type = type(spec.type());
        if (type == null) {
            throw new IllegalArgumentException("ONNX Runtime's Java API has no tensors of " + spec.type());
        }
        long elements = spec.shape().elements();
        long bytes = elements * spec.type().bytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "A tensor of " + bytes + " bytes, " + spec + ", does not fit into a buffer of at most 2 GiB");
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) bytes).order(ByteOrder.nativeOrder());
        long[] shape = new long[spec.shape().rank()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = spec.shape().size(axis);
        }
        try {
            return new NativeTensor(
                    spec, buffer, OnnxTensor.createTensor(OrtRuntime.environment(), buffer, shape, type));
        } catch (OrtException e) {
            throw Failures.of("make a tensor of " + spec, e);
        }
    }

    TensorSpec spec() {
        return spec;
    }

    OnnxTensor value() {
        return value;
    }

    /** Takes over the elements of a tensor of this spec. */
    void write(Tensor tensor) {
        switch (tensor.array()) {
            case float[] a -> buffer.asFloatBuffer().put(a);
            case double[] a -> buffer.asDoubleBuffer().put(a);
            case byte[] a -> buffer.put(0, a);
            case short[] a -> buffer.asShortBuffer().put(a);
            case int[] a -> buffer.asIntBuffer().put(a);
            case long[] a -> buffer.asLongBuffer().put(a);
            case boolean[] a -> {
                for (int i = 0; i < a.length; i++) {
                    buffer.put(i, (byte) (a[i] ? 1 : 0));
                }
            }
            default -> throw new IllegalStateException("No such array in a tensor: " + tensor.spec());
        }
    }

    /** The elements as they are now, in a tensor of their own. */
    Tensor read() {
        Object array =
                spec.type().storage().newArray(Math.toIntExact(spec.shape().elements()));
        switch (array) {
            case float[] a -> buffer.asFloatBuffer().get(a);
            case double[] a -> buffer.asDoubleBuffer().get(a);
            case byte[] a -> buffer.get(0, a);
            case short[] a -> buffer.asShortBuffer().get(a);
            case int[] a -> buffer.asIntBuffer().get(a);
            case long[] a -> buffer.asLongBuffer().get(a);
            case boolean[] a -> {
                for (int i = 0; i < a.length; i++) {
                    a[i] = buffer.get(i) != 0;
                }
            }
            default -> throw new IllegalStateException("No such array in a tensor: " + spec);
        }
        return Tensor.wrap(spec, array);
    }

    @Override
    public void close() {
        value.close();
    }
}
