package dev.convoy.backend.onnx;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.spi.Support;
import dev.convoy.spi.Support.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What ONNX Runtime cannot run: what has no form in ONNX, and tensors that its Java API does not take or give. */
final class OrtSupport {

    private OrtSupport() {}

    static Support of(Graph graph) {
        Set<Value> exchanged = Collections.newSetFromMap(new IdentityHashMap<>());
        exchanged.addAll(graph.inputs().values());
        exchanged.addAll(graph.parameters().values());
        exchanged.addAll(graph.outputs().values());
        exchanged.addAll(graph.updates().values());
        List<Problem> problems = new ArrayList<>();
        for (Node node : graph.nodes()) {
            OnnxLowering.refusal(node)
                    .or(() -> exchange(node, exchanged))
                    .ifPresent(reason -> problems.add(new Problem(node, reason)));
        }
        return problems.isEmpty() ? Support.FULL : new Support(problems);
    }

    private static Optional<String> exchange(Node node, Set<Value> exchanged) {
        List<Value> values = new ArrayList<>(node.inputs());
        values.addAll(node.outputs());
        for (Value value : values) {
            Optional<String> refusal = Exchange.refusal(value.spec().type());
            if (refusal.isPresent() && exchanged.contains(value)) {
                return refusal;
            }
        }
        return Optional.empty();
    }
}
