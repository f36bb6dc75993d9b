package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Elements of images at places that are computed, with all their channels. */
final class Places {

    private final GraphBuilder g;
    private final Value rows;
    private final List<Integer> sizes;

    /**
     * @param images {@code [n, c, s…]}
     */
    Places(GraphBuilder g, Value images) {
        Shape shape = images.shape();
        if (!shape.isKnown()) {
            throw Known.needsBatch();
        }
        int rank = shape.rank();
        List<Integer> channelsLast = new ArrayList<>(List.of(0));
        IntStream.range(2, rank).forEach(channelsLast::add);
        channelsLast.add(1);
        int channels = shape.size(1);
        int places = Math.toIntExact(shape.with(1, 1).elements());
        this.g = g;
        this.sizes = Windows.spatial(shape);
        this.rows = g.reshape(g.transpose(images, channelsLast), Shape.of(places, channels));
    }

    /** The sizes of the spatial axes. */
    List<Integer> sizes() {
        return sizes;
    }

    /**
     * The elements at whole places; what is outside is moved to the edge.
     *
     * @param image numbers of images, int64, which broadcast with the places
     * @param places {@code [m, p]} for each spatial axis, float32
     * @return {@code [m, p, c]}
     */
    Value at(Value image, List<Value> places) {
        Value index = image;
        for (int axis = 0; axis < sizes.size(); axis++) {
            Value inside = clamped(g, places.get(axis), 0, sizes.get(axis) - 1.0);
            index = g.add(g.mul(index, sizes.get(axis)), g.cast(inside, DataType.INT64));
        }
        return g.add(new Gather(0), rows, index);
    }

    static Value clamped(GraphBuilder g, Value x, double least, double most) {
        DataType type = x.spec().type();
        return g.min(g.max(x, g.scalar(least, type)), g.scalar(most, type));
    }

    /** {@code [m, p, c]} as {@code [m, c, places…]}. */
    static Value channelsFirst(GraphBuilder g, Value elements, List<Integer> places) {
        Value turned = g.transpose(elements, List.of(0, 2, 1));
        int spatial = Layout.CHANNELS_FIRST.spatialStart();
        return g.reshape(turned, turned.shape().slice(0, spatial).concat(Shape.of(places)));
    }
}
