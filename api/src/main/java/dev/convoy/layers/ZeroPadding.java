package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the zero-padding layers do: zeros around the spatial axes. */
final class ZeroPadding {

    private ZeroPadding() {}

    static List<Value> apply(
            String layer,
            LayerScope scope,
            List<Value> inputs,
            int rank,
            List<Integer> before,
            List<Integer> after,
            Layout layout) {
        Value x = Inputs.one(layer, inputs);
        Check check = Check.of(layer);
        check.that(
                x.shape().rank() == rank + 2,
                "L1",
                "the input has a batch axis, " + rank + " spatial axes and channels",
                "rank " + (rank + 2),
                x.shape());
        check.that(
                before.size() == rank && after.size() == rank,
                "L2",
                "there is one pad before and after each spatial axis",
                rank,
                before + " and " + after);
        List<Integer> front = new ArrayList<>(Collections.nCopies(rank + 2, 0));
        List<Integer> back = new ArrayList<>(front);
        for (int i = 0; i < rank; i++) {
            front.set(layout.spatialStart() + i, before.get(i));
            back.set(layout.spatialStart() + i, after.get(i));
        }
        return List.of(scope.graph().add(new Pad(PadMode.CONSTANT, front, back, 0), x));
    }
}
