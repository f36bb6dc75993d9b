package dev.convoy.onnx.lowering;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Matrix multiplication, convolution and its gradients, channels first. */
final class Contractions {

    private Contractions() {}

    static String lower(Emitter e, Node node, ContractionOp op) {
        Value a = node.input(0);
        Value b = node.input(1);
        return switch (op) {
            case ContractionOp.MatMul(boolean transposeA, boolean transposeB) ->
                matMul(e, a, transposeA, b, transposeB);
            case ContractionOp.Convolution(Window window, int groups, Layout layout) ->
                a.spec().type() == DataType.FLOAT32
                        ? e.op("Conv", windowed(window, groups), e.of(a), e.of(b))
                        : ShiftedProducts.lower(
                                e, a, b, window, groups, node.output().shape());
            case ContractionOp.ConvInputGrad(Window window, int groups, Layout layout, List<Integer> inputSize) ->
                inputGradient(e, a, b, window, groups, inputSize);
            case ContractionOp.ConvFilterGrad(Window window, int groups, Layout layout) ->
                filterGradient(e, a, b, window, groups);
        };
    }

    private static String matMul(Emitter e, Value a, boolean transposeA, Value b, boolean transposeB) {
        boolean matrices = a.shape().rank() == 2 && b.shape().rank() == 2;
        if ((transposeA || transposeB) && matrices && a.spec().type() == DataType.FLOAT32) {
            List<AttributeProto> attributes =
                    List.of(Attribute.of("transA", transposeA), Attribute.of("transB", transposeB));
            return e.op("Gemm", attributes, e.of(a), e.of(b));
        }
        return e.op("MatMul", turned(e, a, transposeA), turned(e, b, transposeB));
    }

    private static String turned(Emitter e, Value x, boolean transposed) {
        int rank = x.shape().rank();
        List<Integer> permutation =
                new ArrayList<>(IntStream.range(0, rank - 2).boxed().toList());
        permutation.addAll(List.of(rank - 1, rank - 2));
        return transposed ? e.transpose(e.of(x), permutation) : e.of(x);
    }

    private static List<AttributeProto> windowed(Window window, int groups) {
        return List.of(
                Attribute.of("kernel_shape", window.size()),
                Attribute.of("strides", window.strides()),
                Attribute.of("dilations", window.dilations()),
                Attribute.of("pads", pads(window)),
                Attribute.of("group", (long) groups));
    }

    /** All pads before, then all pads behind. */
    static List<Integer> pads(Window window) {
        return Stream.concat(window.padsBegin().stream(), window.padsEnd().stream())
                .toList();
    }

    private static String inputGradient(
            Emitter e, Value gradient, Value kernel, Window window, int groups, List<Integer> inputSize) {
        return transposed(e, e.of(gradient), e.of(kernel), gradient.shape(), window, groups, inputSize);
    }

    /** The transposed convolution to a given size; what no window reached is left as output padding. */
    static String transposed(
            Emitter e, String x, String kernel, Shape shape, Window window, int groups, List<Integer> size) {
        List<Integer> rest = IntStream.range(0, window.rank())
                .mapToObj(i -> size.get(i)
                        + window.padTotal(i)
                        - window.extent(i)
                        - (shape.size(i + 2) - 1) * window.strides().get(i))
                .toList();
        List<AttributeProto> attributes = new ArrayList<>(windowed(window, groups));
        attributes.add(Attribute.of("output_padding", rest));
        return e.op("ConvTranspose", attributes, x, kernel);
    }

    /**
     * A convolution of the data with the gradient, channels and batch exchanged, strides and dilations exchanged; behind
     * the window's size it holds places that no stride reached.
     */
    private static String filterGradient(Emitter e, Value data, Value gradient, Window window, int groups) {
        int rank = window.rank();
        Shape shape = data.shape();
        int inputs = shape.size(1) / groups;
        List<Integer> spatial = IntStream.range(2, rank + 2).boxed().toList();
        String turned;
        if (groups == 1) {
            turned = e.transpose(e.of(data), join(List.of(1, 0), spatial));
        } else {
            Shape grouped = Shape.ofDims(join(
                    List.of(shape.dim(0), Dim.of(groups), Dim.of(inputs)),
                    shape.slice(2, rank + 2).dims()));
            List<Integer> order =
                    join(List.of(2, 1, 0), IntStream.range(3, rank + 3).boxed().toList());
            String split = e.transpose(e.reshape(e.of(data), grouped), order);
            Dim batches = shape.dim(0).isKnown() ? Dim.of(groups * shape.size(0)) : Dim.named("groups of images");
            turned = e.reshape(
                    split,
                    Shape.ofDims(join(
                            List.of(Dim.of(inputs), batches),
                            shape.slice(2, rank + 2).dims())));
        }
        String kernel = e.transpose(e.of(gradient), join(List.of(1, 0), spatial));
        Window exchanged = new Window(
                gradient.shape().slice(2, rank + 2).dims().stream()
                        .map(Dim::size)
                        .toList(),
                window.dilations(),
                window.strides(),
                window.padsBegin(),
                window.padsEnd());
        String sums = e.op("Conv", windowed(exchanged, groups), turned, kernel);
        String exact = e.op(
                "Slice",
                sums,
                e.longs(new long[rank]),
                e.longs(window.size()),
                e.longs(spatial),
                e.longs(window.strides().stream().map(s -> 1).toList()));
        return e.transpose(exact, join(List.of(1, 0), spatial));
    }

    private static <T> List<T> join(List<T> head, List<T> tail) {
        return Stream.concat(head.stream(), tail.stream()).toList();
    }
}
