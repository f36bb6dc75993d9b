package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.TorchLeNet.ints;
import static dev.convoy.tensor.DataType.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.pass.Passes;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many transposes are left of files in channels first where a backend computes in channels last. */
class LayoutTest {

    @TempDir
    private Path folder;

    private final OnnxFile file = OnnxFile.opset(17).input("x", FLOAT32, "N", 3, 16, 16);
    private int names;

    private static long transposes(Model model, Layout layout) {
        Graph graph = model.trace(Map.of(), Mode.INFERENCE)
                .graph()
                .freeze(name -> model.parameters().get(name));
        return Passes.prepare(graph, layout, _ -> true).nodes().stream()
                .filter(node -> node.op() instanceof MovementOp.Transpose)
                .count();
    }

    private Tensor values(int... shape) {
        int elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = 0.1f + (i * 7 + names) % 11 / 11f;
        }
        return Tensor.of(values, shape);
    }

    private String add(String opType, String operands, AttributeProto... attributes) {
        String result = "v" + names++;
        file.add(opType, "", operands + " -> " + result, attributes);
        return result;
    }

    private String weight(int... shape) {
        String name = "w" + names++;
        file.initializer(name, values(shape));
        return name;
    }

    /** A convolution without bias and a normalisation, as PyTorch keeps them when it folds nothing. */
    private String normed(String x, int from, int to, int size, int stride, int groups) {
        int pad = size / 2;
        String y = add(
                "Conv",
                x + " " + weight(to, from / groups, size, size),
                ints("strides", stride, stride),
                ints("pads", pad, pad, pad, pad),
                OnnxFile.attribute("group", groups));
        return add("BatchNormalization", String.join(" ", y, weight(to), weight(to), weight(to), weight(to)));
    }

    private String relu6(String x) {
        return add("Clip", x + " zero six");
    }

    private Model load(String result, int channels, boolean flatten) throws IOException {
        String pooled = add("GlobalAveragePool", result);
        file.initializer("sizes", HostileModels.longs(0, -1));
        String flat = flatten ? add("Flatten", pooled) : add("Reshape", pooled + " sizes");
        file.add(
                "Gemm",
                "/classifier/Gemm",
                flat + " " + weight(5, channels) + " " + weight(5) + " -> y",
                OnnxFile.attribute("transB", 1));
        return Models.load(file.output("y").write(folder));
    }

    @Test
    void residualNetworkKeepsThatOfItsInput() throws IOException {
        String x = add("Relu", normed("x", 3, 4, 7, 2, 1));
        x = add("MaxPool", x, ints("kernel_shape", 3, 3), ints("strides", 2, 2), ints("pads", 1, 1, 1, 1));
        for (int block = 0; block < 3; block++) {
            int width = 2 << block;
            String y = add("Relu", normed(x, block == 0 ? 4 : 4 << block, width, 1, 1, 1));
            y = add("Relu", normed(y, width, width, 3, 1, 1));
            y = normed(y, width, 4 * width, 1, 1, 1);
            String shortcut = normed(x, block == 0 ? 4 : 4 << block, 4 * width, 1, 1, 1);
            x = add("Relu", add("Add", y + " " + shortcut));
        }
        Model model = load(x, 32, true);
        assertEquals(1, transposes(model, Layout.CHANNELS_LAST));
        assertEquals(0, transposes(model, Layout.CHANNELS_FIRST));
    }

    @Test
    void invertedResidualsKeepThatOfTheInput() throws IOException {
        file.initializer("zero", Tensor.scalar(0f)).initializer("six", Tensor.scalar(6f));
        String x = relu6(normed("x", 3, 4, 3, 2, 1));
        for (int block = 0; block < 3; block++) {
            String y = relu6(normed(x, 4, 24, 1, 1, 1));
            y = relu6(normed(y, 24, 24, 3, 1, 24));
            x = add("Add", x + " " + normed(y, 24, 4, 1, 1, 1));
        }
        Model model = load(x, 4, false);
        assertEquals(1, transposes(model, Layout.CHANNELS_LAST));
        assertEquals(0, transposes(model, Layout.CHANNELS_FIRST));
    }

    /** GlobalAveragePool, a small network of 1 by 1 convolutions, and a product with what it was pooled from. */
    @Test
    void squeezeAndExciteNeedsNone() throws IOException {
        String x = add("Relu", normed("x", 3, 8, 3, 1, 1));
        String s = add("Relu", normed(add("GlobalAveragePool", x), 8, 2, 1, 1, 1));
        s = add("Sigmoid", normed(s, 2, 8, 1, 1, 1));
        x = add("Mul", x + " " + s);
        String padded = add("Pad", x + " pads", OnnxFile.attribute("mode", "reflect"));
        file.initializer("pads", HostileModels.longs(0, 0, 1, 1, 0, 0, 1, 1));
        String joined = add("Concat", padded + " " + padded, OnnxFile.attribute("axis", 1));
        Model model = load(joined, 16, true);
        assertEquals(1, transposes(model, Layout.CHANNELS_LAST));
    }

    /** Each layer takes what all before it have made, behind a normalisation that no convolution can take in. */
    @Test
    void denseBlockKeepsThatOfTheInput() throws IOException {
        String x = add("MaxPool", normed("x", 3, 4, 7, 2, 1), ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        for (int layer = 0, width = 4; layer < 3; layer++, width += 2) {
            String y = add(
                    "BatchNormalization",
                    String.join(" ", x, weight(width), weight(width), weight(width), weight(width)));
            y = add("Relu", normed(add("Relu", y), width, 8, 1, 1, 1));
            y = add("Conv", y + " " + weight(2, 8, 3, 3), ints("pads", 1, 1, 1, 1));
            x = add("Concat", x + " " + y, OnnxFile.attribute("axis", 1));
        }
        Model model = load(add("AveragePool", x, ints("kernel_shape", 2, 2), ints("strides", 2, 2)), 10, true);
        assertEquals(1, transposes(model, Layout.CHANNELS_LAST));
        assertEquals(0, transposes(model, Layout.CHANNELS_FIRST));
    }

    /** PyTorch permutes to normalise over channels and to multiply by them, and permutes back. */
    @Test
    void normalisationOverChannelsNeedsNone() throws IOException {
        String x = add("Conv", "x " + weight(4, 3, 4, 4), ints("strides", 4, 4));
        for (int block = 0; block < 2; block++) {
            String y =
                    add("Conv", x + " " + weight(4, 1, 3, 3), ints("pads", 1, 1, 1, 1), OnnxFile.attribute("group", 4));
            y = add("Transpose", y, ints("perm", 0, 2, 3, 1));
            y = add("LayerNormalization", String.join(" ", y, weight(4), weight(4)), OnnxFile.attribute("axis", -1));
            y = add("Add", weight(16) + " " + add("MatMul", y + " " + weight(4, 16)));
            y = add("Mul", y + " " + add("Erf", y));
            y = add("Transpose", add("MatMul", y + " " + weight(16, 4)), ints("perm", 0, 3, 1, 2));
            x = add("Add", x + " " + add("Mul", weight(4, 1, 1) + " " + y));
        }
        Model model = load(x, 4, true);
        assertEquals(1, transposes(model, Layout.CHANNELS_LAST));
    }

    @Test
    void upAndDownAgainNeedsOneAtEachEnd() throws IOException {
        String wide = add("Relu", normed("x", 3, 4, 3, 1, 1));
        String deep = add("MaxPool", wide, ints("kernel_shape", 2, 2), ints("strides", 2, 2));
        deep = add("Relu", normed(deep, 4, 8, 3, 1, 1));
        String turned = add("ConvTranspose", deep + " " + weight(8, 4, 2, 2), ints("strides", 2, 2));
        file.initializer("none", Tensor.of(new float[0], 0))
                .initializer("scales", Tensor.of(new float[] {1, 1, 2, 2}, 4));
        String resized = add("Resize", deep + " none scales", OnnxFile.attribute("mode", "linear"));
        String joined = add("Concat", String.join(" ", wide, turned, resized), OnnxFile.attribute("axis", 1));
        file.add("Conv", "/last/Conv", joined + " " + weight(2, 16, 1, 1) + " -> y");
        Model model = Models.load(file.output("y").write(folder));
        assertEquals(2, transposes(model, Layout.CHANNELS_LAST));
        assertEquals(0, transposes(model, Layout.CHANNELS_FIRST));
    }

    @Test
    void realNetworksKeepAtMostTwo() throws IOException {
        Path models = TestFolder.of("onnx/models");
        if (!Files.isDirectory(models)) {
            System.out.println("Skipped: there is no " + models + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(Files.isDirectory(models), "there is no " + models + "; set CONVOY_TEST_DATA");
        List<String> counted = new ArrayList<>();
        for (String name :
                List.of("squeezenet-fp16", "cifar10-pytorch04", "residual-block-opset19", "ultraface-rfb-320")) {
            long count = transposes(Models.load(models.resolve(name).resolve("model.onnx")), Layout.CHANNELS_LAST);
            counted.add(name + " " + count);
            assertTrue(count <= 2, counted.toString());
        }
    }
}
