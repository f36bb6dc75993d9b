package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.Layout;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * A part of images {@code [n, h, w, c]} (Keras {@code RandomCrop}). In training at one random place for the whole batch,
 * each as likely; at inference, and where an image is not larger than the output along both axes, the largest part in the
 * middle with the output's aspect ratio, resized bilinearly. That is what Keras documents and Keras 2 does; at inference
 * Keras 3.15 gives the images back as they are.
 *
 * @param height of the output
 * @param width of the output
 * @param dataFormat CHANNELS_LAST by default
 */
public record RandomCrop(int height, int width, Layout dataFormat) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if a size is not positive
     */
    public RandomCrop {
        Check.of("RandomCrop")
                .that(height >= 1 && width >= 1, "L2", "sizes are at least 1", ">= 1", height + " and " + width);
    }

    public static RandomCrop of(int height, int width) {
        return new RandomCrop(height, width, Layout.CHANNELS_LAST);
    }

    public RandomCrop dataFormat(Layout value) {
        return new RandomCrop(height, width, value);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("RandomCrop", inputs);
        Images images = Images.of("RandomCrop", height, width, dataFormat, x);
        List<Integer> sizes = images.axes().sizes(x.shape());
        if (!scope.training() || sizes.getFirst() <= height || sizes.getLast() <= width) {
            return List.of(images.smartResize(scope.graph(), x));
        }
        int axis = dataFormat.spatialStart();
        return List.of(part(scope, part(scope, x, axis, height), axis + 1, width));
    }

    private static Value part(LayerScope scope, Value x, int axis, int size) {
        GraphBuilder g = scope.graph();
        int last = x.shape().size(axis) - size;
        Value place = scope.noise(Shape.of(1), new Noise.Uniform(0, last + 1.0));
        Value whole = g.cast(g.unary(UnaryFn.FLOOR, place), DataType.INT32);
        Value start = g.binary(BinaryFn.MIN, whole, last);
        Value indices = g.add(start, g.add(new Iota(DataType.INT32, Shape.of(size), 0)));
        return g.add(new Gather(axis), x, indices);
    }
}
