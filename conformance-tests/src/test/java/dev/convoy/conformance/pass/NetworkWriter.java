package dev.convoy.conformance.pass;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Writes frozen networks with random weights, in either layout. */
final class NetworkWriter {

    final GraphBuilder g = new GraphBuilder();
    final Layout layout;
    private final Random random;

    NetworkWriter(Layout layout, long seed) {
        this.layout = layout;
        this.random = new Random(seed);
    }

    /** A batch of square images. */
    Value images(int count, int size, int channels) {
        Shape shape = layout == Layout.CHANNELS_LAST
                ? Shape.of(count, size, size, channels)
                : Shape.of(count, channels, size, size);
        return g.input("images", new TensorSpec(DataType.FLOAT32, shape));
    }

    int channels(Value x) {
        return x.shape().size(layout.channelAxis(4));
    }

    /** A convolution with padding that keeps the size, without bias. */
    Value conv(Value x, int filters, int size, int stride, int groups) {
        int pad = size / 2;
        Window window = Window.of(size, size).withStrides(stride, stride).withPads(pad, pad);
        return g.add(
                new ContractionOp.Convolution(window, groups, layout), x, kernel(size, channels(x) / groups, filters));
    }

    Value kernel(int size, int inputs, int outputs) {
        Shape last = Shape.of(size, size, inputs, outputs);
        Shape shape = last.permute(Layout.CHANNELS_LAST.kernelPermutationTo(layout, 4));
        return g.constant(random(shape, -0.5, 0.5));
    }

    Value norm(Value x) {
        Shape perChannel = Shape.of(channels(x));
        return g.add(
                new BatchNormInference(1e-3, layout.channelAxis(4)),
                x,
                g.constant(random(perChannel, 0.5, 1.5)),
                g.constant(random(perChannel, -0.5, 0.5)),
                g.constant(random(perChannel, -0.5, 0.5)),
                g.constant(random(perChannel, 0.5, 1.5)));
    }

    /** Addition of a constant per channel. */
    Value bias(Value x) {
        int channels = channels(x);
        Shape shape = layout == Layout.CHANNELS_LAST ? Shape.of(channels) : Shape.of(channels, 1, 1);
        return g.add(x, g.constant(random(shape, -0.5, 0.5)));
    }

    Value relu(Value x) {
        return g.unary(UnaryFn.RELU, x);
    }

    Value relu6(Value x) {
        return g.add(Clip.RELU6, x);
    }

    Value maxPool(Value x, int size, int stride) {
        Window window = Window.of(size, size).withStrides(stride, stride);
        return g.add(new SpatialOp.MaxPool(window, true, layout), x);
    }

    Value avgPool(Value x, int size) {
        Window window = Window.of(size, size).withStrides(size, size);
        return g.add(new SpatialOp.AvgPool(window, false, false, 0, layout), x);
    }

    Value concat(Value... values) {
        return g.concat(List.of(values), layout.channelAxis(4));
    }

    /** The mean over height and width, {@code [n, c]}. */
    Value globalPool(Value x) {
        int start = layout.spatialStart();
        return g.reduce(ReduceFn.MEAN, x, List.of(start, start + 1), false);
    }

    Value flatten(Value x) {
        int columns = (int) (x.shape().elements() / x.shape().size(0));
        return g.reshape(x, Shape.of(x.shape().size(0), columns));
    }

    Value dense(Value x, int units) {
        Value product = g.matMul(x, g.constant(random(Shape.of(x.shape().size(1), units), -0.5, 0.5)));
        return g.add(product, g.constant(random(Shape.of(units), -0.5, 0.5)));
    }

    Graph classify(Value logits) {
        g.output("probabilities", g.add(new Softmax(-1), logits));
        return g.build();
    }

    Tensor random(Shape shape, double low, double high) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        IntStream.range(0, values.length).forEach(i -> values[i] = (float) random.nextDouble(low, high));
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), values);
    }
}
