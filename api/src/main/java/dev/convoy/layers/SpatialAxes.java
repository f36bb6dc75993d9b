package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Layout;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The spatial axes of a layer's input, between or behind the batch and the channels.
 *
 * @param layer the class of the layer, for messages
 * @param rank the number of spatial axes
 */
record SpatialAxes(String layer, int rank, Layout layout) {

    /** L1: the input has the layer's rank. */
    void require(Shape input) {
        Check.of(layer)
                .that(
                        input.rank() == rank + 2,
                        "L1",
                        "the input has a batch axis, " + rank + " spatial axes and channels",
                        "rank " + (rank + 2),
                        input);
    }

    /** L2: there is one entry for each axis, and none is below the least one. */
    void entries(String what, List<Integer> values, int least) {
        Check.of(layer)
                .that(
                        values.size() == rank && values.stream().allMatch(v -> v >= least),
                        "L2",
                        what + " has one entry >= " + least + " per spatial axis",
                        rank + " entries",
                        values);
    }

    /** The axes in the input. */
    List<Integer> axes() {
        return IntStream.range(layout.spatialStart(), layout.spatialStart() + rank)
                .boxed()
                .toList();
    }

    /** One entry per axis of the input: those given at the spatial axes, another one at batch and channels. */
    List<Integer> spread(List<Integer> spatial, int elsewhere) {
        List<Integer> all = new ArrayList<>(Collections.nCopies(rank + 2, elsewhere));
        for (int i = 0; i < rank; i++) {
            all.set(layout.spatialStart() + i, spatial.get(i));
        }
        return all;
    }

    /** The sizes of these axes. */
    List<Integer> sizes(Shape input) {
        return axes().stream().map(input::size).toList();
    }
}
