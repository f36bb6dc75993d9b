package dev.convoy.layers;

import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import java.util.List;

/** What the zero-padding layers do: zeros around the spatial axes. */
final class ZeroPadding {

    private ZeroPadding() {}

    static List<Value> apply(
            SpatialAxes axes, LayerScope scope, List<Value> inputs, List<Integer> before, List<Integer> after) {
        Value x = Inputs.one(axes.layer(), inputs);
        axes.require(x.shape());
        axes.entries("the padding before", before, 0);
        axes.entries("the padding after", after, 0);
        Pad pad = new Pad(PadMode.CONSTANT, axes.spread(before, 0), axes.spread(after, 0), 0);
        return List.of(scope.graph().add(pad, x));
    }
}
