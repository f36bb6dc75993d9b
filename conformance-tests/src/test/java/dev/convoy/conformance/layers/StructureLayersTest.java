package dev.convoy.conformance.layers;

import static dev.convoy.conformance.layers.LayerRun.input;
import static dev.convoy.conformance.layers.LayerRun.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dot;
import dev.convoy.layers.Embedding;
import dev.convoy.layers.Initializers;
import dev.convoy.layers.Masking;
import dev.convoy.layers.MaxPooling1D;
import dev.convoy.layers.TimeDistributed;
import dev.convoy.layers.Weight;
import dev.convoy.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected values, where no other source is named: Keras 3.15 on TensorFlow 2.21. */
class StructureLayersTest {

    @Test
    void dotSumsAlongAnAxisOfEach() {
        LayerRun.of(Dot.of(1), shape(2, 3), shape(2, 3)).gives(shape(2, 1), 1.875, 1.5625);
        LayerRun.of(Dot.of(2, 1), shape(1, 2, 3), shape(1, 3, 2))
                .gives(shape(1, 2, 2), 0.8125, -1.5625, 0.625, -1.6875);
        LayerRun.of(Dot.of(-1).normalize(true), shape(1, 2, 3), shape(1, 2, 3))
                .gives(shape(1, 2, 2), 0.9999999, 0.9493858, 0.9493858, 1);
        LayerRun.of(Dot.of(3, 1), shape(1, 2, 1, 2), shape(1, 2, 3))
                .gives(shape(1, 2, 1, 3), -0.6875, 0.625, -0.125, 0.4375, -0.4375, 0.0625);
        LayerRun.of(Dot.of(1), shape(2, 2, 3), shape(2, 2))
                .gives(shape(2, 3), -0.6875, 0.625, -0.125, 0.6875, -0.1875, 0.3125);
    }

    @Test
    void dotChecksItsInputs() {
        LayerRun unequal = LayerRun.of(Dot.of(1), shape(1, 3), shape(1, 2));
        assertEquals(
                "Dot in layer 'layer': the axes have the same size; expected 3, got 2. [dot.L2]",
                assertThrows(GraphException.class, () -> unequal.gives(shape(1)))
                        .getMessage());
        LayerRun batch = LayerRun.of(Dot.of(0), shape(1, 3), shape(1, 3));
        assertEquals(
                "Dot in layer 'layer': the axes are behind the batch; expected >= 1 axis, none of them 0, got [0]."
                        + " [dot.L1]",
                assertThrows(GraphException.class, () -> batch.gives(shape(1))).getMessage());
        assertThrows(GraphException.class, () -> Dot.of(1, 2, 3));
    }

    @Test
    void embeddingLooksUpRows() {
        Tensor numbers = Tensor.of(new int[] {0, 3, 2, 2}, 2, 2);
        LayerRun.of(Embedding.of(4, 3), numbers).gives(shape(2, 2, 3), """
            -0.5 0.125 0.75 0.25 -0.75 -0.125 0 0.625 -0.375 0 0.625 -0.375
            """);
        LayerRun.of(Embedding.of(4, 3), Tensor.of(new float[] {0, 3, 2, 2}, 2, 2))
                .gives(shape(2, 2, 3), """
                    -0.5 0.125 0.75 0.25 -0.75 -0.125 0 0.625 -0.375 0 0.625 -0.375
                    """);
        LayerRun outside = LayerRun.of(Embedding.of(3, 3), numbers);
        assertThrows(IndexOutOfBoundsException.class, () -> outside.gives(shape(1)));
    }

    @Test
    void embeddingTakesItsSizesAndInitializer() {
        Weight ones = Weight.of(Initializers.ONES);
        var parameter =
                Embedding.of(4, 3).embeddings(ones).parameters(List.of()).getFirst();
        assertEquals(ones, parameter.weight());
        assertEquals(
                "Embedding: input_dim and output_dim are at least 1; expected >= 1, got 0 and 3. [embedding.L1]",
                assertThrows(GraphException.class, () -> Embedding.of(0, 3)).getMessage());
    }

    @Test
    void timeDistributedAppliesOneLayerToEachStep() {
        LayerRun.of(TimeDistributed.of(Dense.of(2)), shape(2, 2, 3))
                .gives(shape(2, 2, 2), 1.15625, -0.03125, 1, 0.15625, 0.84375, 0.34375, 0.6875, 0.53125);
        LayerRun.of(TimeDistributed.of(Conv2D.of(1, 2)), shape(1, 2, 2, 3, 1))
                .gives(shape(1, 2, 1, 2, 1), -0.53125, 0.03125, -0.59375, -0.03125);
    }

    @Test
    void timeDistributedChecksItsInputAndLayer() {
        LayerRun flat = LayerRun.of(TimeDistributed.of(Dense.of(2)), shape(2, 3));
        assertEquals(
                "TimeDistributed in layer 'layer': the input is [n, t, …] with a known number of steps; expected"
                        + " rank >= 3, got [batch, 3]. [time_distributed.L1]",
                assertThrows(GraphException.class, () -> flat.gives(shape(1))).getMessage());
        MaxPooling1D two = MaxPooling1D.of(2).returnIndices(true);
        LayerRun pair = LayerRun.of(TimeDistributed.of(two), input(1, 2, 4, 1));
        assertEquals(
                "TimeDistributed in layer 'layer': the layer has one output; expected 1, got 2. [time_distributed.L2]",
                assertThrows(GraphException.class, () -> pair.gives(shape(1))).getMessage());
    }

    @Test
    void maskingZeroesStepsOfTheMaskValue() {
        Tensor x = Tensor.of(new float[] {0.25f, 0.25f, 0.25f, 1, 0, 0}, 1, 3, 2);
        LayerRun.of(Masking.of(0.25), x).gives(shape(1, 3, 2), 0, 0, 0.25, 1, 0, 0);
        LayerRun.of(Masking.of(), x).gives(shape(1, 3, 2), 0.25, 0.25, 0.25, 1, 0, 0);
    }
}
