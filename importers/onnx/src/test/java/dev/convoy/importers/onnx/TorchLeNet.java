package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.node;
import static dev.convoy.tensor.DataType.FLOAT32;

import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * LeNet, as the exporter of PyTorch 2 writes it node by node: {@code x.view(x.size(0), -1)} is Shape, Gather, Unsqueeze,
 * Concat and Reshape, numbers are Constant nodes, weights have PyTorch's names and orders.
 */
final class TorchLeNet {

    /** The number of its parameters. */
    static final int PARAMETERS = 61_706;

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("main_graph");
    private final SplittableRandom random;

    private TorchLeNet(long seed) {
        random = new SplittableRandom(seed);
    }

    /** With weights as PyTorch draws them: uniform within one over the square root of the fan-in. */
    static TorchLeNet withWeights(long seed) {
        TorchLeNet net = new TorchLeNet(seed);
        net.write();
        return net;
    }

    private void write() {
        graph.addInput(OnnxFile.value("x", FLOAT32, "N", 1, 28, 28));
        String features = pooled(0, convolution("conv1", "x", 2, 6, 1, 5, 5));
        features = pooled(1, convolution("conv2", features, 0, 16, 6, 5, 5));
        graph.addNode(node("Shape", "/Shape", features + " -> /Shape_output_0"));
        constant("/Constant", "/Constant_output_0", Tensor.scalar(0L));
        graph.addNode(with(
                node("Gather", "/Gather", "/Shape_output_0 /Constant_output_0 -> /Gather_output_0"),
                OnnxFile.attribute("axis", 0)));
        constant("Constant_12", "onnx::Unsqueeze_21", Tensor.of(new long[] {0}, 1));
        graph.addNode(node("Unsqueeze", "/Unsqueeze", "/Gather_output_0 onnx::Unsqueeze_21 -> /Unsqueeze_output_0"));
        constant("/Constant_1", "/Constant_1_output_0", Tensor.of(new long[] {-1}, 1));
        graph.addNode(with(
                node("Concat", "/Concat", "/Unsqueeze_output_0 /Constant_1_output_0 -> /Concat_output_0"),
                OnnxFile.attribute("axis", 0)));
        graph.addNode(with(
                node("Reshape", "/Reshape", features + " /Concat_output_0 -> /Reshape_output_0"),
                OnnxFile.attribute("allowzero", 0)));
        String x = relu(2, gemm("fc1", "/Reshape_output_0", "/fc1/Gemm_output_0", 400, 120));
        x = relu(3, gemm("fc2", x, "/fc2/Gemm_output_0", 120, 84));
        gemm("fc3", x, "31", 84, 10);
        graph.addOutput(OnnxFile.value("31", FLOAT32, "N", 10));
    }

    private String convolution(String name, String from, int pad, int... kernel) {
        weights(name, kernel[1] * kernel[2] * kernel[3], kernel);
        String to = "/" + name + "/Conv_output_0";
        graph.addNode(with(
                node("Conv", "/" + name + "/Conv", from + " " + name + ".weight " + name + ".bias -> " + to),
                ints("dilations", 1, 1),
                OnnxFile.attribute("group", 1),
                ints("kernel_shape", kernel[2], kernel[3]),
                ints("pads", pad, pad, pad, pad),
                ints("strides", 1, 1)));
        return to;
    }

    private String pooled(int index, String from) {
        String suffix = index == 0 ? "" : "_" + index;
        String to = "/MaxPool" + suffix + "_output_0";
        graph.addNode(with(
                node("MaxPool", "/MaxPool" + suffix, relu(index, from) + " -> " + to),
                OnnxFile.attribute("ceil_mode", 0),
                ints("dilations", 1, 1),
                ints("kernel_shape", 2, 2),
                ints("pads", 0, 0, 0, 0),
                ints("strides", 2, 2)));
        return to;
    }

    private String relu(int index, String from) {
        String suffix = index == 0 ? "" : "_" + index;
        graph.addNode(node("Relu", "/Relu" + suffix, from + " -> /Relu" + suffix + "_output_0"));
        return "/Relu" + suffix + "_output_0";
    }

    private String gemm(String name, String from, String to, int inputs, int outputs) {
        weights(name, inputs, outputs, inputs);
        graph.addNode(with(
                node("Gemm", "/" + name + "/Gemm", from + " " + name + ".weight " + name + ".bias -> " + to),
                real("alpha", 1),
                real("beta", 1),
                OnnxFile.attribute("transB", 1)));
        return to;
    }

    private void weights(String name, int fanIn, int... shape) {
        graph.addInitializer(OnnxWriter.proto(name + ".weight", drawn(fanIn, shape)));
        graph.addInitializer(OnnxWriter.proto(name + ".bias", drawn(fanIn, shape[0])));
    }

    private Tensor drawn(int fanIn, int... shape) {
        double bound = 1 / Math.sqrt(fanIn);
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return Tensor.of(values, shape);
    }

    private void constant(String name, String value, Tensor tensor) {
        graph.addNode(with(
                node("Constant", name, " -> " + value),
                AttributeProto.newBuilder()
                        .setName("value")
                        .setType(AttributeType.TENSOR)
                        .setT(OnnxWriter.proto("", tensor))
                        .build()));
    }

    private static NodeProto with(NodeProto node, AttributeProto... attributes) {
        return node.toBuilder().addAllAttribute(List.of(attributes)).build();
    }

    static AttributeProto ints(String name, int... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INTS)
                .addAllInts(IntStream.of(values).mapToObj(v -> (long) v).toList())
                .build();
    }

    static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build();
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setProducerName("pytorch")
                .setProducerVersion("2.13.0")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
    }
}
