package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/** What the global pooling layers do: a reduction over the spatial axes. */
final class GlobalPooling {

    private GlobalPooling() {}

    static List<Value> apply(
            String layer,
            LayerScope scope,
            List<Value> inputs,
            ReduceFn fn,
            int rank,
            boolean keepDims,
            Layout layout) {
        Value x = Inputs.one(layer, inputs);
        SpatialAxes axes = new SpatialAxes(layer, rank, layout);
        axes.require(x.shape());
        return List.of(scope.graph().reduce(fn, x, axes.axes(), keepDims));
    }
}
