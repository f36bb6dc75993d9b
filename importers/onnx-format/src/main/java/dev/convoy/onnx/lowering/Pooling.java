package dev.convoy.onnx.lowering;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Average pooling and the gradients of pooling, channels first. Rounding up is written as padding behind, so that no
 * runtime's reading of {@code ceil_mode} matters.
 */
final class Pooling {

    private Pooling() {}

    static List<String> lower(Emitter e, Node node, SpatialOp op) {
        Value x = node.input(0);
        return switch (op) {
            case SpatialOp.MaxPool(Window window, boolean ceilMode, Layout layout) ->
                MaxPooling.lower(
                        e,
                        node,
                        fitted(window, ceilMode, x.shape(), node.output().shape()));
            case SpatialOp.MaxPoolGrad(Layout layout, List<Integer> inputSize) ->
                List.of(maxGradient(e, x, node.input(1), node.output().shape()));
            case SpatialOp.AvgPool pool ->
                List.of(average(e, x, pool, node.output().shape()));
            case SpatialOp.AvgPoolGrad(SpatialOp.AvgPool pool, List<Integer> inputSize) ->
                List.of(averageGradient(e, x, pool, node.output().shape()));
        };
    }

    /** The window with as much padding behind as its last place reaches over the input. */
    private static Window fitted(Window window, boolean ceilMode, Shape input, Shape output) {
        if (!ceilMode) {
            return window;
        }
        List<Integer> behind = IntStream.range(0, window.rank())
                .mapToObj(i -> Math.max(
                        0,
                        (output.size(i + 2) - 1) * window.strides().get(i)
                                + window.extent(i)
                                - input.size(i + 2)
                                - window.padsBegin().get(i)))
                .toList();
        return window.withPads(window.padsBegin(), behind);
    }

    static List<AttributeProto> attributes(Window window) {
        return List.of(
                Attribute.of("kernel_shape", window.size()),
                Attribute.of("strides", window.strides()),
                Attribute.of("dilations", window.dilations()),
                Attribute.of("pads", Contractions.pads(window)));
    }

    /** Whether ONNX Runtime's pooling takes these pads: each smaller than the window's size. */
    static boolean padsFit(Window window) {
        return IntStream.range(0, window.rank())
                .allMatch(i -> window.padsBegin().get(i) < window.size().get(i)
                        && window.padsEnd().get(i) < window.size().get(i));
    }

    private static String maxGradient(Emitter e, Value gradient, Value indices, Shape result) {
        Shape shape = gradient.shape();
        Shape places = Shape.ofDims(List.of(shape.dim(0), shape.dim(1), Dim.of(spatialElements(shape))));
        Shape plane = Shape.ofDims(List.of(shape.dim(0), shape.dim(1), Dim.of(spatialElements(result))));
        List<AttributeProto> adding = List.of(Attribute.of("axis", 2L), Attribute.of("reduction", "add"));
        String sums = e.op(
                "ScatterElements",
                adding,
                e.filled(gradient.spec().type(), plane, 0),
                Indexing.checked(e, e.reshape(e.of(indices), places), indices, spatialElements(result)),
                e.reshape(e.of(gradient), places));
        return e.reshape(sums, result);
    }

    static int spatialElements(Shape shape) {
        return Math.toIntExact(
                Shape.ofDims(shape.dims().subList(2, shape.rank())).elements());
    }

    private static String average(Emitter e, Value x, SpatialOp.AvgPool pool, Shape output) {
        Window window = fitted(pool.window(), pool.ceilMode(), x.shape(), output);
        boolean isDilated = window.dilations().stream().anyMatch(d -> d != 1);
        if (!pool.ceilMode() && pool.divisorOverride() == 0 && !isDilated && padsFit(window)) {
            List<AttributeProto> attributes = List.of(
                    Attribute.of("kernel_shape", window.size()),
                    Attribute.of("strides", window.strides()),
                    Attribute.of("pads", Contractions.pads(window)),
                    Attribute.of("count_include_pad", pool.countIncludePad()));
            return e.op("AveragePool", attributes, e.of(x));
        }
        List<AttributeProto> attributes = new ArrayList<>(attributes(window));
        attributes.add(Attribute.of("group", (long) x.shape().size(1)));
        String sums = e.op("Conv", attributes, e.of(x), ones(e, x, window));
        return e.op("Div", sums, e.constant(counts(pool, x.shape(), output)));
    }

    private static String averageGradient(Emitter e, Value gradient, SpatialOp.AvgPool pool, Shape result) {
        Window window = fitted(pool.window(), pool.ceilMode(), result, gradient.shape());
        String shares = e.op("Div", e.of(gradient), e.constant(counts(pool, result, gradient.shape())));
        List<Integer> size =
                result.slice(2, result.rank()).dims().stream().map(Dim::size).toList();
        int channels = gradient.shape().size(1);
        return Contractions.transposed(e, shares, ones(e, gradient, window), gradient.shape(), window, channels, size);
    }

    /** A kernel that adds up each channel by itself. */
    private static String ones(Emitter e, Value like, Window window) {
        Shape shape = Shape.of(like.shape().size(1), 1).concat(Shape.of(window.size()));
        return e.constant(Tensor.full(new TensorSpec(like.spec().type(), shape), 1));
    }

    /** By how much each window's sum is divided, {@code [1, 1, p…]}. */
    private static Tensor counts(SpatialOp.AvgPool pool, Shape input, Shape output) {
        Shape places = Shape.of(1, 1).concat(output.slice(2, output.rank()));
        float[] counts = new float[Math.toIntExact(places.elements())];
        for (int index = 0; index < counts.length; index++) {
            long count = 1;
            int left = index;
            for (int axis = pool.window().rank() - 1; axis >= 0; axis--) {
                int size = output.size(axis + 2);
                count *= along(pool, axis, input.size(axis + 2), left % size);
                left /= size;
            }
            counts[index] = pool.divisorOverride() > 0 ? pool.divisorOverride() : count;
        }
        return Tensor.wrap(TensorSpec.float32(places.sizes()), counts);
    }

    /** Elements of a window along an axis that count. */
    private static long along(SpatialOp.AvgPool pool, int axis, int input, int place) {
        Window window = pool.window();
        int before = window.padsBegin().get(axis);
        int start = place * window.strides().get(axis) - before;
        int low = pool.countIncludePad() ? -before : 0;
        int high = pool.countIncludePad() ? input + window.padsEnd().get(axis) : input;
        return IntStream.range(0, window.size().get(axis))
                .map(i -> start + i * window.dilations().get(axis))
                .filter(at -> at >= low && at < high)
                .count();
    }
}
