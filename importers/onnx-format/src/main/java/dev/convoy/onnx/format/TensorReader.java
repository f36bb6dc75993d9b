package dev.convoy.onnx.format;

import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Reads tensors, wherever ONNX keeps their elements: raw bytes, typed lists, or a file in the model's folder. */
public final class TensorReader {

    private final ExternalFiles files;
    private final Limits limits;

    public TensorReader(ExternalFiles files, Limits limits) {
        this.files = files;
        this.limits = limits;
    }

    /** Type and shape, checked against the limits. */
    public TensorSpec spec(TensorProto proto) throws OnnxFormatException {
        DataType type = ElementTypes.type(proto.getDataType())
                .filter(t -> t.storage() != DataType.Storage.NONE)
                .orElseThrow(() -> new OnnxFormatException("Tensor '" + proto.getName() + "' has element type number "
                        + proto.getDataType() + ", which is not supported"));
        List<Integer> sizes = new ArrayList<>();
        long elements = 1;
        for (long size : proto.getDimsList()) {
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new OnnxFormatException("Tensor '" + proto.getName() + "' has a dimension of " + size);
            }
            sizes.add((int) size);
            elements = elements > Integer.MAX_VALUE ? elements : elements * Math.max(size, 1);
        }
        if (elements > Integer.MAX_VALUE - 8 || ElementTypes.bytes(type, elements) > limits.tensorBytes()) {
            throw new OnnxFormatException("Tensor '" + proto.getName() + "' of " + proto.getDimsList()
                    + " is larger than the limit of " + limits.tensorBytes() + " bytes");
        }
        return new TensorSpec(type, Shape.of(sizes));
    }

    /**
     * The tensor.
     *
     * @throws OnnxFormatException if its elements are not as many as its shape says, or lie outside the model's folder
     */
    public Tensor read(TensorProto proto) throws IOException {
        TensorSpec spec = spec(proto);
        try {
            if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                return RawData.read(spec, files.read(proto.getExternalDataList(), RawData.size(spec)));
            }
            return proto.hasRawData()
                    ? RawData.read(spec, proto.getRawData().asReadOnlyByteBuffer())
                    : typed(proto, spec);
        } catch (OnnxFormatException e) {
            throw e.at("Tensor '" + proto.getName() + "'");
        }
    }

    private static Tensor typed(TensorProto proto, TensorSpec spec) throws OnnxFormatException {
        int elements = Math.toIntExact(spec.shape().elements());
        DataType type = spec.type();
        Object array = switch (type) {
            case FLOAT32 -> {
                require(proto.getFloatDataCount(), elements);
                float[] values = new float[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = proto.getFloatData(i);
                }
                yield values;
            }
            case FLOAT64 -> {
                require(proto.getDoubleDataCount(), elements);
                double[] values = new double[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = proto.getDoubleData(i);
                }
                yield values;
            }
            case INT64, UINT64 -> {
                boolean isSigned = type == DataType.INT64;
                require(isSigned ? proto.getInt64DataCount() : proto.getUint64DataCount(), elements);
                long[] values = new long[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = isSigned ? proto.getInt64Data(i) : proto.getUint64Data(i);
                }
                yield values;
            }
            case UINT32 -> {
                require(proto.getUint64DataCount(), elements);
                int[] values = new int[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = (int) proto.getUint64Data(i);
                }
                yield values;
            }
            case INT4, UINT4, FLOAT4E2M1 -> {
                require(proto.getInt32DataCount(), Math.ceilDiv(elements, 2));
                byte[] values = new byte[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = RawData.nibble(type, proto.getInt32Data(i / 2) >> (i % 2 * 4));
                }
                yield values;
            }
            case INT32,
                    INT16,
                    UINT16,
                    INT8,
                    UINT8,
                    BOOL,
                    FLOAT16,
                    BFLOAT16,
                    FLOAT8E4M3FN,
                    FLOAT8E4M3FNUZ,
                    FLOAT8E5M2,
                    FLOAT8E5M2FNUZ,
                    FLOAT8E8M0 -> {
                require(proto.getInt32DataCount(), elements);
                yield narrowed(type, elements, proto::getInt32Data);
            }
            case STRING, COMPLEX64, COMPLEX128 ->
                throw new OnnxFormatException("tensors of " + type + " are not supported");
        };
        return Tensor.wrap(spec, array);
    }

    private static void require(int stored, int expected) throws OnnxFormatException {
        if (stored != expected) {
            throw new OnnxFormatException("its shape needs " + expected + " stored numbers, the file holds " + stored);
        }
    }

    private static Object narrowed(DataType type, int elements, IntUnaryOperator data) {
        Object array = type.storage().newArray(elements);
        for (int i = 0; i < elements; i++) {
            int value = data.applyAsInt(i);
            switch (array) {
                case int[] a -> a[i] = value;
                case short[] a -> a[i] = (short) value;
                case byte[] a -> a[i] = (byte) value;
                case boolean[] a -> a[i] = value != 0;
                default -> throw new IllegalArgumentException("int32_data does not hold " + type);
            }
        }
        return array;
    }
}
