package dev.convoy.conformance.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.conformance.reference.ReferenceInterpreter.Results;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.Passes;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gradients of a whole network, and what the passes make of them. */
class SmallNetworkTest {

    private static Map<String, Tensor> draw(SequencedMap<String, Value> values) {
        Random random = new Random(5);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        values.forEach((name, v) -> tensors.put(name, Draws.uniform(random, v.shape(), 0.1, 1)));
        return tensors;
    }

    private static void assertSame(Graph expected, Graph actual) {
        Map<String, Tensor> inputs = draw(expected.inputs());
        Parameters parameters = Parameters.of(draw(expected.parameters()));
        Results right = ReferenceInterpreter.run(expected, inputs, parameters);
        Results left = ReferenceInterpreter.run(actual, inputs, parameters);
        right.outputs()
                .forEach((name, tensor) ->
                        assertArrayEquals(tensor.doubles(), left.output(name).doubles(), 1e-9, name));
    }

    @ParameterizedTest
    @EnumSource
    void aNamedBatchGivesTheSameGradientsAsAKnownOne(Layout layout) {
        Graph named = SmallNetwork.step(Dim.named("batch"), layout);
        assertSame(SmallNetwork.step(Dim.of(4), layout), named.bind(Map.of("batch", 4)));
    }

    /** Weights that a step changes cannot be permuted once and for all, so that Flatten and its gradient transpose. */
    @ParameterizedTest
    @EnumSource
    void aStepInTheOtherLayoutTransposesThreeActivations(Layout layout) {
        Graph step = SmallNetwork.step(Dim.of(4), layout);
        Layout other = Layout.values()[1 - layout.ordinal()];
        Graph prepared = Passes.prepare(step, other, composite -> false);
        assertSame(step, prepared);
        List<Shape> transposed = prepared.nodes().stream()
                .filter(node -> node.op() instanceof MovementOp.Transpose)
                .filter(node -> node.output().shape().dim(0).equals(Dim.of(4)))
                .map(node -> node.output().shape())
                .toList();
        assertEquals(3, transposed.size(), () -> transposed + "\n" + prepared);
    }

    @ParameterizedTest
    @EnumSource
    void aStepInItsOwnLayoutTransposesNone(Layout layout) {
        Graph step = SmallNetwork.step(Dim.of(4), layout);
        Graph prepared = Passes.prepare(step, layout, composite -> false);
        assertSame(step, prepared);
        assertEquals(
                List.of(),
                prepared.nodes().stream()
                        .filter(node -> node.op() instanceof MovementOp.Transpose)
                        .map(Node::toString)
                        .toList());
    }

    @Test
    void convolutionPoolingAndDenseAppearOnceForEachGradient() {
        Graph prepared = Passes.prepare(
                SmallNetwork.step(Dim.of(4), Layout.CHANNELS_LAST), Layout.CHANNELS_LAST, composite -> false);
        Map<String, Long> expected =
                Map.of("Convolution", 1L, "ConvFilterGrad", 1L, "MaxPool", 1L, "MaxPoolGrad", 1L, "MatMul", 3L);
        expected.forEach((name, count) -> assertEquals(
                count,
                prepared.nodes().stream()
                        .filter(node -> node.op().name().equals(name))
                        .count(),
                name));
    }
}
