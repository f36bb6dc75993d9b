package dev.convoy.graph.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.host.HostEvaluator;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Computes nodes whose operands are all constants, and puts constants in their place. Elementwise ops, reductions,
 * movements and indexing are folded; contractions, pooling and Scan are left to the backend. A result is folded if it
 * takes at most {@value #ALWAYS_FOLDED} bytes or no more than its operands together, so that a broadcast scalar or a
 * long Iota does not become megabytes.
 */
public final class ConstantFolding {

    /** Results of up to so many bytes are folded whatever the size of their operands. */
    static final long ALWAYS_FOLDED = 1 << 20;

    private ConstantFolding() {}

    /**
     * Computes an op on known operands, without a limit to the result's size; also for importers' shape arithmetic.
     *
     * @return the results; empty if the op is of a kind that is not folded, or fails on these values
     * @throws dev.convoy.graph.GraphException if the operands break a rule of the op
     */
    public static Optional<List<Tensor>> evaluate(Op op, List<Tensor> operands) {
        return HostEvaluator.evaluate(op, operands);
    }

    /** The same graph if there is nothing to fold. */
    static Graph fold(Graph graph) {
        return Rewrites.apply(graph, ConstantFolding::fold);
    }

    private static @Nullable List<Value> fold(GraphBuilder g, Node node, List<Value> inputs) {
        List<Tensor> operands =
                inputs.stream().flatMap(value -> value.constant().stream()).toList();
        if (node.op() instanceof IndexingOp.Constant || operands.size() < inputs.size() || !isWorth(node)) {
            return null;
        }
        return evaluate(node.op(), operands)
                .map(results -> constants(g, node.op(), operands, results))
                .orElse(null);
    }

    private static List<Value> constants(GraphBuilder g, Op op, List<Tensor> operands, List<Tensor> results) {
        return IntStream.range(0, results.size())
                .mapToObj(i -> g.constant(Derived.of(
                        results.get(i),
                        () -> evaluate(op, operands).orElseThrow().get(i))))
                .toList();
    }

    private static boolean isWorth(Node node) {
        if (node.outputs().stream().anyMatch(value -> !value.shape().isKnown())) {
            return false;
        }
        return bytes(node.outputs()) <= Math.max(ALWAYS_FOLDED, bytes(node.inputs()));
    }

    private static long bytes(List<Value> values) {
        return values.stream()
                .map(Value::spec)
                .mapToLong(ConstantFolding::bytes)
                .sum();
    }

    private static long bytes(TensorSpec spec) {
        return spec.shape().elements() * spec.type().bytes();
    }
}
