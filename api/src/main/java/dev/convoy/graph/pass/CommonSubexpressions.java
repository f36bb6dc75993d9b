package dev.convoy.graph.pass;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphRewriter;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes equal nodes once: those whose ops are equal and whose operands are the same values. Constants are equal if
 * they hold the same tensor. Every op is a function of its operands, so this is always allowed.
 */
final class CommonSubexpressions {

    private record Expression(Op op, List<Value> operands) {}

    private CommonSubexpressions() {}

    /** The same graph if no two nodes are equal. */
    static Graph eliminate(Graph graph) {
        Map<Expression, List<Value>> known = new HashMap<>();
        Graph rewritten = GraphRewriter.rewrite(
                graph,
                (g, node, inputs) ->
                        known.computeIfAbsent(new Expression(node.op(), inputs), e -> g.add(e.op(), e.operands())));
        return known.size() == graph.nodes().size() ? graph : rewritten;
    }
}
