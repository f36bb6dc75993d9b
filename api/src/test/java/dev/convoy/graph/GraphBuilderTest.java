package dev.convoy.graph;

import static dev.convoy.graph.Rules.b;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.tensor.DataType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {

    private final GraphBuilder g = new GraphBuilder();

    @Test
    void anInputsNameIsMadeUnique() {
        g.input("x", f(1));
        Value second = g.input("x", f(1));
        assertEquals("x_1", second.name().orElseThrow());
        assertEquals(Set.of("x", "x_1"), g.build().inputs().keySet());
    }

    @Test
    void aParametersNameIsItsOwn() {
        g.parameter("w", f(1));
        assertEquals(
                "The name 'w' is taken in this graph",
                assertThrows(IllegalArgumentException.class, () -> g.parameter("w", f(1)))
                        .getMessage());
    }

    @Test
    void outputsAndUpdatesAreGivenOnce() {
        Value w = g.parameter("w", f(2));
        g.output("y", w);
        assertThrows(IllegalArgumentException.class, () -> g.output("y", w));
        g.update("w", w);
        assertThrows(IllegalArgumentException.class, () -> g.update("w", w));
        Value other = g.input("x", f(3));
        assertEquals(
                "Cannot update parameter 'v' (absent) with %x float32[3]",
                assertThrows(IllegalArgumentException.class, () -> g.update("v", other))
                        .getMessage());
    }

    @Test
    void valuesOfAnotherGraphAreRefused() {
        Value foreign = new GraphBuilder().input("x", f(2));
        assertThrows(IllegalArgumentException.class, () -> g.unary(UnaryFn.RELU, foreign));
        assertThrows(IllegalArgumentException.class, () -> g.output("y", foreign));
    }

    @Test
    void theInnermostLayerIsNamed() {
        Value x = g.input("x", f(2));
        GraphException e = assertThrows(
                GraphException.class, () -> g.in("outer", () -> g.in("outer/inner", () -> g.unary(UnaryFn.NOT, x))));
        assertTrue(String.valueOf(e.getMessage()).startsWith("Unary in layer 'outer/inner': "), e::getMessage);
        assertEquals("", g.origin());
    }

    @Test
    void whatDoesNothingIsNotWritten() {
        Value x = g.input("x", f(2, 3));
        assertSame(x, g.reshape(x, shape(2, 3)));
        assertSame(x, g.transpose(x, List.of(0, 1)));
        assertSame(x, g.broadcast(x, shape(2, 3)));
        assertSame(x, g.cast(x, DataType.FLOAT32));
        assertTrue(g.build().nodes().isEmpty());
    }

    @Test
    void axesMayBeNegative() {
        Value x = g.input("x", f(2, 3, 4));
        assertEquals(f(3), g.reduce(ReduceFn.SUM, x, List.of(-1, 0), false).spec());
        assertEquals(f(2, 3, 2), g.slice(x, -1, 1, 3).spec());
        assertEquals(f(2, 6, 4), g.concat(List.of(x, x), -2).spec());
    }

    @Test
    void scalarsTakeTheTypeOfTheirPartner() {
        Value x = g.input("x", i(3));
        assertEquals(i(3), g.add(x, 2).spec());
        assertEquals(b(3), g.compare(CompareFn.GT, x, 0).spec());
    }

    @Test
    void goesOnFromAGraph() {
        g.output("y", g.unary(UnaryFn.RELU, g.input("x", f(2))));
        Graph graph = g.build();
        GraphBuilder more = GraphBuilder.of(graph);
        more.output(
                "z",
                more.unary(UnaryFn.TANH, graph.outputs().values().iterator().next()));
        assertEquals(List.of("y", "z"), List.copyOf(more.build().outputs().keySet()));
        assertEquals(1, graph.nodes().size());
    }
}
