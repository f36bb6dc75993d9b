package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

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
        Check.of(layer)
                .that(
                        x.shape().rank() == rank + 2,
                        "L1",
                        "the input has a batch axis, " + rank + " spatial axes and channels",
                        "rank " + (rank + 2),
                        x.shape());
        int start = layout.spatialStart();
        List<Integer> axes = IntStream.range(start, start + rank).boxed().toList();
        return List.of(scope.graph().reduce(fn, x, axes, keepDims));
    }
}
