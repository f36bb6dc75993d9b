package dev.convoy.models;

import static dev.convoy.layers.Activations.RELU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.GraphVerifier;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTest {

    private static final Model SMALL = Sequential.of(
            Input.of(6, 6, 1), Conv2D.of(2, 3).activation(RELU), MaxPooling2D.of(2), Flatten.of(), Dense.of(3));

    @Test
    void namesLayersAndParametersAsKerasDoes() {
        assertEquals(
                List.of("conv2d", "max_pooling2d", "flatten", "dense"),
                SMALL.layers().stream().map(LayerNode::name).toList());
        assertEquals(
                List.of("conv2d/kernel", "conv2d/bias", "dense/kernel", "dense/bias"),
                List.copyOf(SMALL.parameters().names()));
        assertEquals(
                TensorSpec.float32(3, 3, 1, 2),
                SMALL.parameters().get("conv2d/kernel").spec());
        assertEquals(
                "[batch, 3]", SMALL.outputs().firstEntry().getValue().shape().toString());
    }

    @Test
    void drawsTheSameParametersFromTheSameSeed() {
        assertEquals(SMALL.initialized(7).parameters(), SMALL.initialized(7).parameters());
        assertNotEquals(SMALL.initialized(7).parameters(), SMALL.initialized(8).parameters());
    }

    @Test
    void drawsGlorotUniformWithinItsLimit() {
        float[] kernel = Sequential.of(Input.of(300), Dense.of(200))
                .parameters()
                .get("dense/kernel")
                .floats();
        double limit = Math.sqrt(6.0 / (300 + 200));
        double sumOfSquares = 0;
        for (float w : kernel) {
            assertTrue(Math.abs(w) <= limit);
            sumOfSquares += (double) w * w;
        }
        assertEquals(limit * limit / 3, sumOfSquares / kernel.length, 0.02 * limit * limit / 3);
    }

    @Test
    void tracesAVerifiedGraphWithANamedBatch() {
        Graph graph = SMALL.trace(Map.of(), Mode.INFERENCE).graph();
        GraphVerifier.verify(graph);
        assertEquals(SMALL.parameters().names(), graph.parameters().keySet());
        Graph bound = graph.freeze(SMALL.parameters()::get).bind(Map.of("batch", 5));
        assertTrue(bound.isBound());
        assertEquals(Shape.of(5, 3), bound.outputs().firstEntry().getValue().shape());
    }

    @Test
    void nestsModelsWithTheirParameters() {
        Model inner = SMALL.initialized(3);
        Model outer = Sequential.of(Input.of(6, 6, 1), inner.named("features"), Dense.of(2));
        assertEquals(
                "features/conv2d/kernel", outer.parameters().names().iterator().next());
        assertEquals(inner.parameters().get("dense/kernel"), outer.parameters().get("features/dense/kernel"));
        Graph graph = outer.trace(Map.of(), Mode.INFERENCE).graph();
        assertEquals("features/conv2d", graph.nodes().getFirst().origin());
    }

    @Test
    void sharesTheParametersOfANodeThatIsCalledTwice() {
        Symbol left = Symbol.input(4);
        Symbol right = Symbol.input(4);
        LayerNode encoder = LayerNode.named("encoder", Dense.of(3));
        Symbol joined = left.to(encoder).to(Concatenate.of(), right.to(encoder));
        Model model = Functional.of("siamese", List.of(left, right), List.of(joined));
        assertEquals(
                List.of("encoder/kernel", "encoder/bias"),
                List.copyOf(model.parameters().names()));
        assertEquals(List.of("input", "input_1"), List.copyOf(model.inputs().keySet()));
        assertEquals(
                Shape.of(2, 6),
                model.trace(Map.of(), Mode.INFERENCE)
                        .graph()
                        .bind(Map.of("batch", 2))
                        .outputs()
                        .firstEntry()
                        .getValue()
                        .shape());
    }

    @Test
    void keepsLayersApartThatAreEqual() {
        Dense dense = Dense.of(4);
        assertEquals(
                4, Sequential.of(Input.of(4), dense, dense).parameters().names().size());
    }

    @Test
    void asksForNoiseAndUpdatesInTrainingOnly() {
        Model model = Sequential.of(Input.of(4), Dense.of(8), BatchNormalization.of(), Dropout.of(0.5));
        Trace training = model.trace(Map.of(), Mode.TRAINING);
        assertEquals(List.of("noise/dropout"), List.copyOf(training.noise().keySet()));
        assertEquals(2, training.graph().updates().size());
        Trace inference = model.trace(Map.of(), Mode.INFERENCE);
        assertTrue(inference.noise().isEmpty());
        assertTrue(inference.graph().updates().isEmpty());
    }

    @Test
    void reportsAMistakeWhereItIsMade() {
        GraphException e = assertThrows(
                GraphException.class,
                () -> Sequential.of(Input.of(2, 2, 1), Conv2D.of(4, 3).named("first")));
        assertEquals(
                "Convolution in layer 'first': at least one window fits along each spatial axis; expected padded size"
                    + " >= 3, got 2 (input float32[batch, 2, 2, 1], float32[3, 3, 1, 4]; Convolution[window=size [3,"
                    + " 3], groups=1, layout=CHANNELS_LAST]). [convolution.C6]",
                e.getMessage());
    }

    @Test
    void refusesParametersThatDoNotFit() {
        Map<String, Tensor> wrong = new LinkedHashMap<>(SMALL.parameters().asMap());
        wrong.put("dense/bias", Tensor.of(new float[] {1}, 1));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withParameters(Parameters.of(wrong)));
        wrong.put("dense/bias", SMALL.parameters().get("dense/bias"));
        wrong.put("extra", Tensor.scalar(1f));
        assertThrows(IllegalArgumentException.class, () -> SMALL.withParameters(Parameters.of(wrong)));
    }

    @Test
    void refusesTwoLayersOfOneName() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Sequential.of(
                        Input.of(4), Dense.of(2).named("a"), Dense.of(2).named("a")));
    }

    @Test
    void leavesAxesFreeThatTheInputLeavesFree() {
        Shape free = Shape.ofDims(List.of(Dim.named("batch"), Dim.named("height"), Dim.named("width"), Dim.of(3)));
        Input image = new Input("image", new TensorSpec(DataType.FLOAT32, free));
        Model model =
                Sequential.of(image, Conv2D.of(4, 3), MaxPooling2D.of(2), GlobalAveragePooling2D.of(), Dense.of(2));
        assertEquals(
                "(None, None, None, 4)",
                model.summary()
                        .toString()
                        .lines()
                        .skip(4)
                        .findFirst()
                        .orElseThrow()
                        .substring(29, 50));
        assertEquals(
                "[batch, 2]", model.outputs().firstEntry().getValue().shape().toString());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> model.trace(Map.of(), Mode.INFERENCE));
        assertTrue(e.toString().contains("free axes"), e.toString());
        InputSpec sized = InputSpec.of(TensorSpec.float32(1, 9, 31, 3));
        assertEquals(
                Shape.of(1, 2),
                model.trace(Map.of("image", sized), Mode.INFERENCE)
                        .graph()
                        .outputs()
                        .firstEntry()
                        .getValue()
                        .shape());
    }
}
