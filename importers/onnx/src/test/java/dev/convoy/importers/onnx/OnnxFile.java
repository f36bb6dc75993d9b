package dev.convoy.importers.onnx;

import com.google.protobuf.ByteString;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.onnx.proto.FunctionProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.TensorShapeProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A small ONNX file, put together by hand. */
final class OnnxFile {

    private final ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(8);
    private final GraphProto.Builder graph = model.getGraphBuilder().setName("graph");

    static OnnxFile opset(int version) {
        OnnxFile file = new OnnxFile();
        file.model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(version));
        return file;
    }

    /** @param dims sizes as numbers, names of free axes as strings */
    static ValueInfoProto value(String name, DataType type, Object... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dim : dims) {
            TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
            if (dim instanceof Integer size) {
                one.setDimValue(size);
            } else {
                one.setDimParam((String) dim);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(ElementTypes.number(type))
                                .setShape(shape)))
                .build();
    }

    OnnxFile input(String name, DataType type, Object... dims) {
        graph.addInput(value(name, type, dims));
        return this;
    }

    OnnxFile input(ValueInfoProto value) {
        graph.addInput(value);
        return this;
    }

    OnnxFile output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    OnnxFile initializer(String name, Tensor tensor) {
        graph.addInitializer(OnnxWriter.proto(name, tensor));
        return this;
    }

    OnnxFile initializer(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** @param values operands separated by spaces, {@code ->}, results */
    static NodeProto node(String opType, String name, String values, AttributeProto... attributes) {
        String[] sides = values.split("->");
        return NodeProto.newBuilder()
                .setOpType(opType)
                .setName(name)
                .addAllInput(words(sides[0]))
                .addAllOutput(words(sides[1]))
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" ")).filter(w -> !w.isEmpty()).toList();
    }

    OnnxFile add(NodeProto node) {
        graph.addNode(node);
        return this;
    }

    OnnxFile add(String opType, String name, String values, AttributeProto... attributes) {
        return add(node(opType, name, values, attributes));
    }

    /** A function of the domain {@code local}. */
    OnnxFile function(FunctionProto function) {
        model.addFunctions(function.toBuilder().setDomain("local"));
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
        return this;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto attribute(String name, GraphProto value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.GRAPH)
                .setG(value)
                .build();
    }

    ModelProto model() {
        return model.build();
    }

    Path write(Path folder) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model().toByteArray());
    }
}
