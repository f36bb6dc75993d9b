package dev.convoy.spi.interpret;

import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one kernel computes: a node, or a chain of nodes that a {@link FusionRule} joined. The results of all nodes but
 * the last are used inside the step only and never stored.
 *
 * @param nodes at least one, in the graph's order
 */
public record Step(List<Node> nodes) {

    public Step {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("A step has at least one node");
        }
    }

    public Node first() {
        return nodes.getFirst();
    }

    public Node last() {
        return nodes.getLast();
    }

    /** The operands of all nodes in order, those left out that a node of this step computes. */
    public List<Value> inputs() {
        List<Value> inputs = new ArrayList<>();
        for (Node node : nodes) {
            for (Value input : node.inputs()) {
                if (input.producer().filter(nodes::contains).isEmpty()) {
                    inputs.add(input);
                }
            }
        }
        return inputs;
    }

    /** The results of the last node. */
    public List<Value> outputs() {
        return last().outputs();
    }

    /** The ops and the layer, for messages: {@code Convolution+Binary in layer 'conv2d'}. */
    public String describe() {
        String ops = nodes.stream().map(n -> n.op().name()).collect(Collectors.joining("+"));
        return first().origin().isEmpty() ? ops : ops + " in layer '" + first().origin() + "'";
    }
}
