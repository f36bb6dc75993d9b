package dev.convoy.onnx.lowering;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.convoy.onnx.format.RawData;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/** Tensors to ONNX Runtime and back. */
final class OrtTensors {

    static final Map<DataType, OnnxJavaType> TYPES = Map.of(
            DataType.FLOAT32, OnnxJavaType.FLOAT,
            DataType.FLOAT64, OnnxJavaType.DOUBLE,
            DataType.INT8, OnnxJavaType.INT8,
            DataType.UINT8, OnnxJavaType.UINT8,
            DataType.INT16, OnnxJavaType.INT16,
            DataType.INT32, OnnxJavaType.INT32,
            DataType.INT64, OnnxJavaType.INT64,
            DataType.BOOL, OnnxJavaType.BOOL,
            DataType.FLOAT16, OnnxJavaType.FLOAT16,
            DataType.BFLOAT16, OnnxJavaType.BFLOAT16);

    private OrtTensors() {}

    static OnnxTensor of(Tensor tensor) throws OrtException {
        long[] shape = Arrays.stream(tensor.shape().sizes()).asLongStream().toArray();
        ByteBuffer data =
                ByteBuffer.allocateDirect((int) RawData.size(tensor.spec())).order(ByteOrder.nativeOrder());
        data.put(RawData.of(tensor)).flip();
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), data, shape, TYPES.get(tensor.type()));
    }

    static Tensor read(OnnxTensor tensor, DataType type) {
        int[] sizes = Arrays.stream(tensor.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        TensorSpec spec = TensorSpec.of(type, sizes);
        if (spec.shape().elements() == 0) {
            return Tensor.zeros(spec);
        }
        try {
            return RawData.read(spec, tensor.getByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
