package dev.convoy.importers.onnx.internal.operators;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operator of every family is found by its name. */
class OperatorsTest {

    @Test
    void findsEveryOperatorOfEveryFamily() {
        List<OnnxOperator> all = Stream.of(
                        Accumulations.ALL,
                        Activations.ALL,
                        Arithmetic.ALL,
                        Blocks.ALL,
                        Casts.ALL,
                        Contractions.ALL,
                        ControlFlow.ALL,
                        Convolutions.ALL,
                        Einsum.ALL,
                        Elementwise.ALL,
                        ExampleNormalizations.ALL,
                        Generators.ALL,
                        Indexing.ALL,
                        Loops.ALL,
                        Losses.ALL,
                        Movements.ALL,
                        Normalizations.ALL,
                        Padding.ALL,
                        Pooling.ALL,
                        Quantized.ALL,
                        Rearrangements.ALL,
                        Recurrent.ALL,
                        Reductions.ALL,
                        Regions.ALL,
                        Resizing.ALL,
                        Sampling.ALL,
                        Shapes.ALL,
                        SignalWindows.ALL)
                .flatMap(List::stream)
                .toList();
        assertEquals(
                all.size(), all.stream().map(OnnxOperator::opType).distinct().count());
        for (OnnxOperator operator : all) {
            assertEquals(Optional.of(operator), new Operators().find(node("", operator.opType())));
        }
    }

    @Test
    void findsNoOtherNameAndNoOtherDomain() {
        assertTrue(new Operators().find(node("", "relu")).isEmpty());
        assertTrue(new Operators().find(node("com.microsoft", "Relu")).isEmpty());
    }

    private static NodeDescription node(String domain, String opType) {
        return new NodeDescription("node", domain, opType, 25, List.of(), List.of(), Map.of());
    }
}
