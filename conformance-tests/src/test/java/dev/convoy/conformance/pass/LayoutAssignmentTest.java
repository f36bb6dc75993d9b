package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.pass.LayoutAssignment;
import dev.convoy.graph.pass.Passes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Known networks in the layout of the other side. */
class LayoutAssignmentTest {

    @ParameterizedTest
    @EnumSource
    void firstToLast(Networks network) {
        check(network.write(Layout.CHANNELS_FIRST), Layout.CHANNELS_LAST);
    }

    @ParameterizedTest
    @EnumSource
    void lastToFirst(Networks network) {
        check(network.write(Layout.CHANNELS_LAST), Layout.CHANNELS_FIRST);
    }

    @ParameterizedTest
    @EnumSource
    void noTransposeInItsOwnLayout(Networks network) {
        for (Layout layout : Layout.values()) {
            assertEquals(0, transposes(Passes.prepare(network.write(layout), layout, composite -> false)));
        }
    }

    /** The input is transposed, or its first users are; the output is a vector of classes, so nothing else is. */
    private static void check(Graph graph, Layout layout) {
        Graph assigned = LayoutAssignment.assign(graph, layout);
        Equivalence.assertSame(graph, assigned, 1e-12);
        Graph prepared = Passes.prepare(graph, layout, composite -> false);
        Equivalence.assertSame(graph, prepared, 1e-5);
        assertTrue(transposes(prepared) <= 1, () -> "transposes left:\n" + prepared);
        assertSame(prepared, Passes.prepare(prepared, layout, composite -> false));
    }

    /** Transposes in a prepared graph, where all constants are folded. */
    static long transposes(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof MovementOp.Transpose)
                .count();
    }
}
