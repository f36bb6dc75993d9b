package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.input;
import static dev.convoy.conformance.layers.LayerRun.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.Add;
import dev.convoy.layers.Average;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Maximum;
import dev.convoy.layers.Minimum;
import dev.convoy.layers.Multiply;
import dev.convoy.layers.Subtract;
import dev.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named, by hand. */
class MergeLayersTest {

    private static final Tensor A = Tensor.of(new float[] {1, -2, 3, 4}, 1, 2, 2);
    private static final Tensor B = Tensor.of(new float[] {5, 0.5f, -3, 2}, 1, 2, 2);
    private static final Tensor C = Tensor.of(new float[] {2, 2, 6, -1}, 1, 2, 2);

    private static void merged(Layer layer, double... expected) {
        LayerRun.of(layer, A, B, C).gives(shape(1, 2, 2), expected);
    }

    @Test
    void threeInputsMergePlaceByPlace() {
        merged(Add.of(), 8, 0.5, 6, 5);
        merged(Multiply.of(), 10, -2, -54, -8);
        merged(Maximum.of(), 5, 2, 6, 4);
        merged(Minimum.of(), 1, -2, -3, -1);
        merged(Average.of(), 8 / 3.0, 0.5 / 3, 2, 5 / 3.0);
    }

    @Test
    void subtractTakesTwo() {
        LayerRun.of(Subtract.of(), A, B).gives(shape(1, 2, 2), -4, -2.5, 6, 2);
        assertEquals(
                "Subtract in layer 'layer': the layer takes two inputs; expected 2, got 3. [subtract.L0]",
                assertThrows(GraphException.class, () -> merged(Subtract.of(), 0))
                        .getMessage());
    }

    @Test
    void concatenateTakesAnAxis() {
        LayerRun.of(Concatenate.of(), A, B).gives(shape(1, 2, 4), 1, -2, 5, 0.5, 3, 4, -3, 2);
        LayerRun.of(new Concatenate(1), A, B).gives(shape(1, 4, 2), 1, -2, 3, 4, 5, 0.5, -3, 2);
    }

    /** Keras 3.15: axes of size 1 stretch, and a smaller rank gets axes behind the batch. */
    @Test
    void inputsBroadcast() {
        LayerRun.of(Multiply.of(), input(2, 2, 3), input(2, 1, 3)).gives(shape(2, 2, 3), """
            0.25 1.5625 0.0625 0.375 1.25 0 0.75 0.75 0 0.9375 0.5 -0
            """);
        LayerRun.of(Add.of(), input(2, 3, 2), input(2, 2)).gives(shape(2, 3, 2), """
            -1 2.5 -0.25 0.5 0.5 1.25 -0.75 0 0 -2 0.75 -1.25
            """);
    }

    @Test
    void oneInputIsNotMerged() {
        assertEquals(
                "Maximum in layer 'layer': the layer merges two or more inputs; expected >= 2, got 1. [maximum.L0]",
                assertThrows(
                                GraphException.class,
                                () -> LayerRun.of(Maximum.of(), A).gives(shape(1)))
                        .getMessage());
    }
}
