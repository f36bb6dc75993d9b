package dev.convoy.graph;

import static dev.convoy.graph.Rules.f;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class GraphVerifierTest {

    private static final Op RELU = new ElementwiseOp.Unary(UnaryFn.RELU);

    private final Value x = new Value(0, f(2), null, "x");
    private final Node first = node(RELU, List.of(x), f(2), 1);
    private final Node second = node(RELU, first.outputs(), f(2), 2);

    private static Node node(Op op, List<Value> inputs, TensorSpec result, int id) {
        return new Node(op, inputs, List.of(result), "layer", () -> id);
    }

    private static SequencedMap<String, Value> named(String name, Value value) {
        SequencedMap<String, Value> map = new LinkedHashMap<>();
        map.put(name, value);
        return map;
    }

    private static SequencedMap<String, Value> none() {
        return new LinkedHashMap<>();
    }

    private Graph graph(List<Node> nodes, Value output) {
        return new Graph(nodes, named("x", x), none(), named("y", output), none());
    }

    private static void assertBreaks(String rule, Graph graph) {
        GraphException e = assertThrows(GraphException.class, () -> GraphVerifier.verify(graph));
        assertEquals("graph." + rule, e.rule().replaceFirst("^\\w+", "graph"), e.getMessage());
    }

    @Test
    void aValidGraphIsGivenBack() {
        Graph graph = graph(List.of(first, second), second.output());
        assertSame(graph, GraphVerifier.verify(graph));
    }

    @Test
    void operandsComeBeforeTheirUse() {
        assertBreaks("V1", graph(List.of(second, first), second.output()));
        assertBreaks("V1", graph(List.of(second), second.output()));
    }

    @Test
    void specsAreThoseInferred() {
        Node wrong = node(RELU, List.of(x), f(3), 1);
        Graph graph = graph(List.of(wrong), wrong.output());
        GraphException e = assertThrows(GraphException.class, () -> GraphVerifier.verify(graph));
        assertEquals(
                "Unary in layer 'layer': results have the specs that are inferred; expected [float32[2]],"
                        + " got [float32[3]]. [unary.V2]",
                e.getMessage());
    }

    @Test
    void outputsAreValuesOfTheGraph() {
        assertBreaks("V3", graph(List.of(first), second.output()));
    }

    @Test
    void updatesAreValuesOfTheGraph() {
        Value weight = new Value(5, f(2), null, "w");
        SequencedMap<String, Value> update = named("w", second.output());
        assertBreaks("V3", new Graph(List.of(first), named("x", x), named("w", weight), none(), update));
    }

    @Test
    void updatesFitTheirParameters() {
        Value weight = new Value(5, f(3), null, "w");
        SequencedMap<String, Value> update = named("w", first.output());
        assertBreaks("V4", new Graph(List.of(first), named("x", x), named("w", weight), none(), update));
        assertBreaks("V4", new Graph(List.of(first), named("x", x), none(), none(), update));
    }

    @Test
    void bodiesObeyTheRules() {
        Graph body = graph(List.of(second, first), second.output());
        Node scan = node(new ControlOp.Scan(body, 1, 0, 2, false), List.of(x), f(2), 7);
        assertBreaks("V1", graph(List.of(scan), scan.output()));
    }
}
