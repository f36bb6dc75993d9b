package dev.convoy.graph.pass;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What passes share: rewriting that keeps an unchanged graph, reaching bodies, and counting uses. */
final class Rewrites {

    private Rewrites() {}

    /** Rewrites with a rule; the same graph if the rule leaves every node as it is. */
    static Graph apply(Graph graph, GraphRewriter.Rule rule) {
        boolean[] changed = {false};
        Graph rewritten = GraphRewriter.rewrite(graph, (g, node, inputs) -> {
            List<Value> results = rule.apply(g, node, inputs);
            changed[0] |= results != null;
            return results;
        });
        return changed[0] ? rewritten : graph;
    }

    /** Applies a pass to the bodies of all Scans, innermost first, and then to the graph itself. */
    static Graph everywhere(Graph graph, UnaryOperator<Graph> pass) {
        if (!hasScan(graph)) {
            return pass.apply(graph);
        }
        Graph inner = apply(graph, (g, node, inputs) -> {
            if (!(node.op() instanceof ControlOp.Scan scan)) {
                return null;
            }
            Graph body = everywhere(scan.body(), pass);
            return body == scan.body()
                    ? null
                    : g.add(
                            new ControlOp.Scan(body, scan.carried(), scan.scanned(), scan.length(), scan.reverse()),
                            inputs);
        });
        return pass.apply(inner);
    }

    private static boolean hasScan(Graph graph) {
        for (Node node : graph.nodes()) {
            if (node.op() instanceof ControlOp.Scan) {
                return true;
            }
        }
        return false;
    }

    /** How often each value is an operand, an output or an update. */
    static Map<Value, Integer> uses(Graph graph) {
        Map<Value, Integer> uses = new HashMap<>();
        for (Node node : graph.nodes()) {
            node.inputs().forEach(value -> uses.merge(value, 1, Integer::sum));
        }
        graph.outputs().values().forEach(value -> uses.merge(value, 1, Integer::sum));
        graph.updates().values().forEach(value -> uses.merge(value, 1, Integer::sum));
        return uses;
    }
}
