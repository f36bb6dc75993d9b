package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the transposed convolution layers do. */
record ConvTranspose(
        String layer, ConvConfig config, @Nullable List<Integer> outputPadding) {

    List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        int channels = config.channels(layer, Inputs.one(layer, inputs));
        Check.of(layer)
                .that(
                        channels % config.groups() == 0 && config.filters() % config.groups() == 0,
                        "L5",
                        "input channels and filters are multiples of groups",
                        "multiples of " + config.groups(),
                        channels + " and " + config.filters());
        return config.weights(
                "kernel", config.kernelShape(config.filters() / config.groups(), channels), config.filters());
    }

    List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one(layer, inputs);
        Geometry geometry = config.geometry();
        SpatialAxes axes = new SpatialAxes(layer, geometry.rank(), geometry.dataFormat());
        axes.require(x.shape());
        Check check = Check.of(layer);
        check.that(
                geometry.paddingMode() == PadMode.CONSTANT,
                "L6",
                "a transposed convolution pads with zeros only",
                PadMode.CONSTANT,
                geometry.paddingMode());
        Window plain =
                Window.of(geometry.size()).withStrides(geometry.strides()).withDilations(geometry.dilationRate());
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < geometry.rank(); axis++) {
            Span span = span(check, plain, axis, axes.sizes(x.shape()).get(axis));
            before.add(span.before());
            after.add(span.after());
            sizes.add(span.size());
        }
        Window window = plain.withPads(before, after);
        Value kernel = config.stored(scope.graph(), scope.parameter("kernel"));
        ConvInputGrad op = new ConvInputGrad(window, config.groups(), geometry.dataFormat(), sizes);
        return List.of(config.finish(scope, scope.graph().add(op, x, kernel)));
    }

    /** The pads of the convolution whose gradient this is, and the size of its data, along one axis. */
    private record Span(int before, int after, int size) {}

    private Span span(Check check, Window window, int axis, int input) {
        int stride = window.strides().get(axis);
        int extent = window.extent(axis);
        int full = Math.addExact(Math.multiplyExact(input - 1, stride), extent);
        Padding padding = config.geometry().padding();
        return switch (padding.kind()) {
            case VALID -> new Span(0, 0, full + extra(check, axis, stride, Math.max(stride - extent, 0)));
            case SAME -> {
                int size = full - extent + extent % 2 + extra(check, axis, stride, stride - extent % 2);
                int total = Math.max(full - size, 0);
                yield new Span(total / 2, total - total / 2, size);
            }
            case EXPLICIT -> {
                int front = config.geometry().explicit(check, padding.before(), axis);
                int back = config.geometry().explicit(check, padding.after(), axis);
                int size = full - front - back + extra(check, axis, stride, 0);
                check.that(size >= 1, "L8", "the padding leaves an output", "< " + full, front + " + " + back);
                yield new Span(front, back, size);
            }
            case CAUSAL ->
                throw check.broken(
                        "L2", "a transposed convolution has no causal padding", "valid, same or explicit", "causal");
        };
    }

    private int extra(Check check, int axis, int stride, int byDefault) {
        if (outputPadding == null) {
            return byDefault;
        }
        int extra = outputPadding.get(axis);
        check.that(
                extra >= 0 && extra < stride,
                "L7",
                "output_padding is less than the stride",
                "0 <= output_padding < " + stride,
                extra);
        return extra;
    }
}
