package dev.convoy.conformance.onnx;

import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.onnx.proto.TensorShapeProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Writes tests in the layout of ONNX, models of one node. */
final class Layout {

    private Layout() {}

    /** A model of one node whose operands are {@code x0}, {@code x1}, … and whose result is {@code y}. */
    static ModelProto model(String operator, List<TensorSpec> inputs, TensorSpec output, AttributeProto... attributes) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setOpType(operator).addOutput("y").addAllAttribute(List.of(attributes));
        GraphProto.Builder graph = GraphProto.newBuilder().setName("test").addOutput(value("y", output));
        for (int i = 0; i < inputs.size(); i++) {
            node.addInput("x" + i);
            graph.addInput(value("x" + i, inputs.get(i)));
        }
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph.addNode(node))
                .build();
    }

    private static ValueInfoProto value(String name, TensorSpec spec) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int size : spec.shape().sizes()) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(ElementTypes.number(spec.type()))
                                .setShape(shape)))
                .build();
    }

    /** Writes {@code FOLDER/NAME/model.onnx}. */
    static Path write(Path folder, String name, ModelProto model) throws IOException {
        Path test = Files.createDirectories(folder.resolve(name));
        OnnxWriter.write(model, Map.of(), test.resolve("model.onnx"), Long.MAX_VALUE);
        return test;
    }

    /** Writes a data set of a test. */
    static void data(Path test, int number, List<Tensor> inputs, List<Tensor> outputs) throws IOException {
        Path folder = Files.createDirectories(test.resolve("test_data_set_" + number));
        for (int i : IntStream.range(0, inputs.size()).toArray()) {
            tensor(folder.resolve("input_" + i + ".pb"), inputs.get(i));
        }
        for (int i : IntStream.range(0, outputs.size()).toArray()) {
            tensor(folder.resolve("output_" + i + ".pb"), outputs.get(i));
        }
    }

    static void tensor(Path file, Tensor tensor) throws IOException {
        Files.write(file, OnnxWriter.proto("", tensor).toByteArray());
    }
}
