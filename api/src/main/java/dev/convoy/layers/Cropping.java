package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the cropping layers do: cut elements off the ends of the spatial axes. */
final class Cropping {

    private Cropping() {}

    static List<Value> apply(
            SpatialAxes axes, LayerScope scope, List<Value> inputs, List<Integer> before, List<Integer> after) {
        Value x = Inputs.one(axes.layer(), inputs);
        axes.require(x.shape());
        axes.entries("the cropping before", before, 0);
        axes.entries("the cropping after", after, 0);
        List<Integer> sizes = axes.sizes(x.shape());
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < axes.rank(); i++) {
            int end = sizes.get(i) - after.get(i);
            Check.of(axes.layer())
                    .that(
                            before.get(i) < end,
                            "L3",
                            "less is cropped than the input has",
                            "< " + sizes.get(i),
                            before.get(i) + " + " + after.get(i));
            ends.add(end);
        }
        List<Integer> steps = Collections.nCopies(axes.rank() + 2, 1);
        Slice slice = new Slice(axes.spread(before, 0), axes.spread(ends, Slice.TO_END), steps);
        return List.of(scope.graph().add(slice, x));
    }
}
