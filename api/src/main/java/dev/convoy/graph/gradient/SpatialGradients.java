package dev.convoy.graph.gradient;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;

/** Gradients of {@link SpatialOp}. */
final class SpatialGradients {

    private SpatialGradients() {}

    static void write(SpatialOp op, Pullback p) {
        GraphBuilder g = p.graph();
        Value x = p.operand(0);
        Value dy = p.gradient();
        switch (op) {
            case SpatialOp.MaxPool(var _, boolean _, Layout layout) ->
                p.to(
                        0,
                        () -> g.add(
                                new SpatialOp.MaxPoolGrad(layout, ContractionGradients.spatial(x, layout)),
                                dy,
                                p.result(1)));
            case SpatialOp.MaxPoolGrad(Layout layout, List<Integer> _) -> p.to(0, () -> taken(p, layout));
            case SpatialOp.AvgPool pool ->
                p.to(
                        0,
                        () -> g.add(
                                new SpatialOp.AvgPoolGrad(pool, ContractionGradients.spatial(x, pool.layout())), dy));
            case SpatialOp.AvgPoolGrad(SpatialOp.AvgPool pool, List<Integer> _) -> p.to(0, () -> g.add(pool, dy));
        }
    }

    /** The elements of the gradient that the indices name; batch and channels are one axis where they are neighbours. */
    private static Value taken(Pullback p, Layout layout) {
        GraphBuilder g = p.graph();
        Value indices = p.operand(1);
        p.needsKnown(indices.shape());
        Value data = g.reshape(p.gradient(), planes(p.gradient().shape(), layout));
        Value places = g.reshape(indices, planes(indices.shape(), layout));
        return g.reshape(Places.take(g, data, places), indices.shape());
    }

    private static Shape planes(Shape shape, Layout layout) {
        int batch = shape.size(0);
        int channels = shape.size(layout.channelAxis(shape.rank()));
        int start = layout.spatialStart();
        int plane = Math.toIntExact(shape.slice(start, start + shape.rank() - 2).elements());
        return switch (layout) {
            case CHANNELS_LAST -> Shape.of(batch, plane, channels);
            case CHANNELS_FIRST -> Shape.of(batch * channels, plane, 1);
        };
    }
}
