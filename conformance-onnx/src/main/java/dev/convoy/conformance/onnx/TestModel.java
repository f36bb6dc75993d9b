package dev.convoy.conformance.onnx;

import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxReader;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.TensorShapeProto.Dimension;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a test has to know of its model's file. */
final class TestModel {

    private final GraphProto graph;
    private final List<ValueInfoProto> inputs;

    private TestModel(ModelProto model) {
        this.graph = model.getGraph();
        Set<String> initialized =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        this.inputs = graph.getInputList().stream()
                .filter(i -> !initialized.contains(i.getName()))
                .toList();
    }

    /**
     * @throws dev.convoy.onnx.format.OnnxFormatException if it is no ONNX model, or beyond the limits
     */
    static TestModel read(Path file, Limits limits) throws IOException {
        return new TestModel(OnnxReader.read(file, limits));
    }

    /** Names of the inputs that have no initializer. */
    List<String> inputs() {
        return inputs.stream().map(ValueInfoProto::getName).toList();
    }

    List<String> outputs() {
        return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
    }

    /** The operators of the graph itself, those of other domains with the domain. */
    SortedSet<String> operators() {
        return graph.getNodeList().stream().map(TestModel::operator).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String operator(NodeProto node) {
        return node.getDomain().isEmpty() ? node.getOpType() : node.getDomain() + "." + node.getOpType();
    }

    /** The sizes that an input declares, one for each free axis. */
    int[] sizes(int input) {
        return inputs.get(input).getType().getTensorType().getShape().getDimList().stream()
                .mapToInt(TestModel::size)
                .toArray();
    }

    private static int size(Dimension dim) {
        return dim.hasDimValue() ? Math.toIntExact(dim.getDimValue()) : 1;
    }

    /**
     * @throws NotATensorException if an input or output is a sequence, an optional value or the like
     */
    void requireTensors() throws NotATensorException {
        for (ValueInfoProto input : inputs) {
            requireTensor("input", input);
        }
        for (ValueInfoProto output : graph.getOutputList()) {
            requireTensor("output", output);
        }
    }

    private static void requireTensor(String side, ValueInfoProto value) throws NotATensorException {
        String kind = kind(value.getType());
        if (!kind.isEmpty()) {
            throw new NotATensorException("its " + side + " '" + value.getName() + "' is " + kind);
        }
    }

    private static String kind(TypeProto type) {
        return switch (type.getValueCase()) {
            case TENSOR_TYPE, VALUE_NOT_SET -> "";
            case SEQUENCE_TYPE -> "a sequence";
            case MAP_TYPE -> "a map";
            case SPARSE_TENSOR_TYPE -> "a sparse tensor";
            case OPTIONAL_TYPE -> "an optional value";
        };
    }
}
