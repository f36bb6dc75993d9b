package dev.convoy.onnx.lowering;

import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.proto.TensorShapeProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.TensorSpec;

/** Declares values: a known dimension as its size, a named one as a parameter of that name. */
final class Types {

    private Types() {}

    static ValueInfoProto info(String name, TensorSpec spec) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Dim dim : spec.shape().dims()) {
            TensorShapeProto.Dimension.Builder dimension = shape.addDimBuilder();
            if (dim.name() == null) {
                dimension.setDimValue(dim.size());
            } else {
                dimension.setDimParam(dim.name());
            }
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(ElementTypes.number(spec.type()))
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
