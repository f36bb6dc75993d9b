package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.ConstantFolding;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Computes values that a graph computes from constants, with the ops that are written there. */
public final class Folding {

    /** Larger results are not computed: what a graph's shape depends on is small. */
    private static final long LARGEST = 1 << 20;

    private final Map<Value, Tensor> folded = new IdentityHashMap<>();

    /** The value; empty if it depends on an input, is large, or an op on the way is not one that can be computed here. */
    public Optional<Tensor> fold(Value result) {
        List<Value> pending = new ArrayList<>(List.of(result));
        while (!pending.isEmpty()) {
            Value value = pending.getLast();
            Node node = value.producer().orElse(null);
            if (folded.containsKey(value)) {
                pending.removeLast();
            } else if (node == null || !isSmall(node)) {
                return Optional.empty();
            } else {
                List<Value> missing = node.inputs().stream()
                        .filter(v -> !folded.containsKey(v))
                        .toList();
                pending.addAll(missing);
                if (missing.isEmpty() && !evaluate(node)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.ofNullable(folded.get(result));
    }

    private static boolean isSmall(Node node) {
        return node.op() instanceof IndexingOp.Constant
                || node.outputs().stream()
                        .allMatch(v -> v.shape().isKnown() && v.shape().elements() <= LARGEST);
    }

    private boolean evaluate(Node node) {
        List<Tensor> operands = node.inputs().stream()
                .flatMap(v -> Optional.ofNullable(folded.get(v)).stream())
                .toList();
        List<Tensor> results = node.op() instanceof CompositeOp composite
                ? composite(composite, operands)
                : ConstantFolding.evaluate(node.op(), operands).orElse(null);
        if (results == null) {
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            folded.put(node.outputs().get(i), results.get(i));
        }
        return true;
    }

    private static @Nullable List<Tensor> composite(CompositeOp op, List<Tensor> operands) {
        GraphBuilder g = new GraphBuilder();
        Folding folding = new Folding();
        List<Tensor> results = new ArrayList<>();
        for (Value value : op.decompose(g, operands.stream().map(g::constant).toList())) {
            Optional<Tensor> result = folding.fold(value);
            if (result.isEmpty()) {
                return null;
            }
            results.add(result.get());
        }
        return results;
    }
}
