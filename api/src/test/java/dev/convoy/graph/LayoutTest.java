package dev.convoy.graph;

import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {

    @Test
    void permutesData() {
        Shape last = Shape.of(2, 5, 6, 3);
        Shape first = last.permute(CHANNELS_LAST.permutationTo(CHANNELS_FIRST, 4));
        assertEquals(Shape.of(2, 3, 5, 6), first);
        assertEquals(last, first.permute(CHANNELS_FIRST.permutationTo(CHANNELS_LAST, 4)));
        assertEquals(List.of(0, 1, 2), CHANNELS_FIRST.permutationTo(CHANNELS_FIRST, 3));
    }

    @Test
    void permutesKernels() {
        Shape last = Shape.of(5, 6, 3, 8);
        Shape first = last.permute(CHANNELS_LAST.kernelPermutationTo(CHANNELS_FIRST, 4));
        assertEquals(Shape.of(8, 3, 5, 6), first);
        assertEquals(last, first.permute(CHANNELS_FIRST.kernelPermutationTo(CHANNELS_LAST, 4)));
    }

    @Test
    void namesAxes() {
        Shape last = Shape.of(2, 5, 6, 3);
        Shape first = Shape.of(2, 3, 5, 6);
        assertEquals(last.size(CHANNELS_LAST.channelAxis(4)), first.size(CHANNELS_FIRST.channelAxis(4)));
        assertEquals(last.size(CHANNELS_LAST.spatialStart()), first.size(CHANNELS_FIRST.spatialStart()));
        Shape kernelLast = Shape.of(5, 6, 3, 8);
        Shape kernelFirst = Shape.of(8, 3, 5, 6);
        assertEquals(3, kernelLast.size(CHANNELS_LAST.kernelInputAxis(4)));
        assertEquals(3, kernelFirst.size(CHANNELS_FIRST.kernelInputAxis(4)));
        assertEquals(8, kernelLast.size(CHANNELS_LAST.kernelOutputAxis(4)));
        assertEquals(8, kernelFirst.size(CHANNELS_FIRST.kernelOutputAxis(4)));
        assertEquals(5, kernelLast.size(CHANNELS_LAST.kernelSpatialStart()));
        assertEquals(5, kernelFirst.size(CHANNELS_FIRST.kernelSpatialStart()));
    }
}
