package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.pass.LayoutAssignment;
import dev.convoy.graph.pass.Passes;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of all kinds of ops compute the same after the passes, in both layouts. */
class RandomGraphsTest {

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void passesKeepTheMeaning(long seed) {
        Graph graph = RandomGraphs.write(seed, 25);
        for (Layout layout : Layout.values()) {
            Graph assigned = LayoutAssignment.assign(graph, layout);
            Equivalence.assertSame(graph, assigned, 1e-9);
            Graph prepared = Passes.prepare(graph, layout, composite -> false);
            Equivalence.assertSame(graph, prepared, 1e-4);
            assertSame(prepared, Passes.prepare(prepared, layout, composite -> false));
            assertTrue(prepared.nodes().stream().allMatch(node -> isIn(layout, node)), prepared::toString);
        }
    }

    private static boolean isIn(Layout layout, Node node) {
        return switch (node.op()) {
            case ContractionOp.Convolution conv -> conv.layout() == layout;
            case SpatialOp.MaxPool pool -> pool.layout() == layout;
            case SpatialOp.MaxPoolGrad pool -> pool.layout() == layout;
            case SpatialOp.AvgPool pool -> pool.layout() == layout;
            case Op _ -> true;
        };
    }
}
