package dev.convoy.graph;

import static dev.convoy.graph.Rules.f;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphRewriterTest {

    private static final Dim BATCH = Dim.named("batch");

    private static TensorSpec batched(int... sizes) {
        return new TensorSpec(DataType.FLOAT32, Shape.of(sizes).prepend(BATCH));
    }

    /** {@code y = reshape(x · w, [batch, 2, 1])}. */
    private static Graph dense() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", batched(3));
        Value w = g.parameter("w", f(3, 2));
        g.in("dense", () -> {
            Value y = g.matMul(x, w);
            g.output("y", g.reshape(y, Shape.of(2, 1).prepend(BATCH)));
            return y;
        });
        return g.build();
    }

    @Test
    void bindReplacesNamesInSpecsAndAttributes() {
        Graph graph = dense();
        Graph bound = graph.bind(Map.of("batch", 4));
        assertFalse(graph.isBound());
        assertTrue(bound.isBound());
        assertEquals(f(4, 3), bound.inputs().firstEntry().getValue().spec());
        assertEquals(
                new MovementOp.Reshape(Shape.of(4, 2, 1)),
                bound.nodes().getLast().op());
        assertEquals("dense", bound.nodes().getLast().origin());
        assertFalse(graph.bind(Map.of("other", 4)).isBound());
    }

    @Test
    void bindReachesTheBodiesOfScans() {
        GraphBuilder body = new GraphBuilder();
        body.output("next", body.unary(UnaryFn.RELU, body.input("x", batched(3))));
        GraphBuilder g = new GraphBuilder();
        Op scan = new ControlOp.Scan(body.build(), 1, 0, 5, false);
        g.output("y", g.add(scan, g.input("x", batched(3))));
        Graph bound = GraphVerifier.verify(g.build().bind(Map.of("batch", 2)));
        assertEquals(f(2, 3), bound.outputs().firstEntry().getValue().spec());
    }

    @Test
    void bindChecksTheRulesAgain() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", batched(1));
        g.output("y", g.broadcast(x, Shape.of(7).prepend(BATCH)));
        assertEquals(
                f(0, 7),
                g.build()
                        .bind(Map.of("batch", 0))
                        .outputs()
                        .firstEntry()
                        .getValue()
                        .spec());
    }

    @Test
    void freezeHoldsWeightsByReference() {
        Tensor weights = Tensor.zeros(f(3, 2));
        Graph frozen = dense().freeze(name -> weights);
        assertTrue(frozen.parameters().isEmpty());
        assertSame(weights, frozen.nodes().getFirst().output().constant().orElseThrow());
    }

    @Test
    void freezeRefusesWhatDoesNotFit() {
        Graph graph = dense();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> graph.freeze(name -> Tensor.zeros(f(2, 3))));
        assertEquals("Parameter 'w' is float32[3, 2], the tensor given for it is float32[2, 3]", e.getMessage());
    }

    @Test
    void aGraphThatUpdatesCannotBeFrozen() {
        GraphBuilder g = new GraphBuilder();
        Value w = g.parameter("w", f(2));
        g.update("w", g.add(w, 1));
        Graph graph = g.build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> graph.freeze(name -> Tensor.zeros(f(2))));
        assertEquals("A graph that updates parameters cannot be frozen; it updates [w]", e.getMessage());
    }

    @Test
    void aRuleReplacesNodes() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", f(2));
        g.output("y", g.unary(UnaryFn.TANH, g.unary(UnaryFn.RELU, x)));
        Graph rewritten = GraphRewriter.rewrite(g.build(), (b, node, inputs) -> {
            boolean relu = node.op().equals(new ElementwiseOp.Unary(UnaryFn.RELU));
            return relu ? List.of(b.binary(BinaryFn.MAX, inputs.getFirst(), 0)) : null;
        });
        assertEquals(
                List.of("Constant", "Binary", "Unary"),
                rewritten.nodes().stream().map(node -> node.op().name()).toList());
    }

    @Test
    void aRuleGivesAsManyResultsAsItTakes() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.unary(UnaryFn.RELU, g.input("x", f(2))));
        Graph graph = g.build();
        assertThrows(IllegalStateException.class, () -> GraphRewriter.rewrite(graph, (b, node, inputs) -> List.of()));
    }

    @Test
    void inlineWritesABodyOnArguments() {
        GraphBuilder body = new GraphBuilder();
        Value a = body.input("a", f(2));
        body.output("sum", body.add(a, body.input("b", f(2))));
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", f(2));
        Value sum = GraphRewriter.inline(body.build(), g, List.of(x, x))
                .firstEntry()
                .getValue();
        assertEquals(List.of(x, x), sum.producer().orElseThrow().inputs());
    }

    @Test
    void retainKeepsValues() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", f(2));
        Value kept = g.unary(UnaryFn.RELU, x);
        g.unary(UnaryFn.TANH, x);
        g.output("y", kept);
        Graph graph = g.build();
        Node node = kept.producer().orElseThrow();
        Graph retained = graph.retain(Set.of(node));
        assertEquals(List.of(node), retained.nodes());
        assertSame(kept, retained.outputs().get("y"));
        assertThrows(GraphException.class, () -> graph.retain(Set.of()));
    }
}
