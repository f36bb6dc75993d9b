package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every operator that is read, by name. */
public final class Operators implements OperatorTable {

    /** The newest version of ONNX's operators whose changes are known here. */
    public static final int NEWEST_OPSET = 25;

    private static final Map<String, OnnxOperator> BY_TYPE = Stream.of(
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
            .collect(Collectors.toMap(OnnxOperator::opType, Function.identity()));

    @Override
    public OnnxOperator of(NodeDescription node) {
        OnnxOperator operator = find(node).orElseThrow(() -> Refusals.of(node));
        if (node.opset() == 0) {
            throw new NodeProblem("the file does not say which version of ONNX's operators it uses", "");
        }
        return operator;
    }

    @Override
    public Optional<OnnxOperator> find(NodeDescription node) {
        return node.domain().isEmpty() ? Optional.ofNullable(BY_TYPE.get(node.opType())) : Optional.empty();
    }

    /** Their names. */
    public static List<String> names() {
        return BY_TYPE.keySet().stream().sorted().toList();
    }
}
