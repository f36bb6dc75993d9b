package dev.convoy.graph;

import static dev.convoy.graph.Rules.b;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.l;
import static dev.convoy.graph.Rules.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IndexingAndControlShapesTest {

    static Stream<Arguments> results() {
        return Stream.of(
                gives(f(2, 5, 6, 4), new Gather(1), f(2, 3, 4), i(5, 6)),
                gives(f(2, 4), new Gather(1), f(2, 3, 4), l()),
                gives(f(2, 3), new Scatter(0, ScatterFn.ADD), f(2, 3), i(5), f(5, 3)),
                gives(b(2), new Scatter(0, ScatterFn.SET), b(2), l(1), b(1)),
                gives(l(2, 3), new Iota(DataType.INT64, shape(2, 3), 1)),
                gives(i(2), new Constant(Tensor.of(new int[] {1, 2}, 2))));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                breaks("gather.C1", new Gather(0), f(2), f(2)),
                breaks("gather.C2", new Gather(1), f(2), i(2)),
                breaks("scatter.C1", new Scatter(0, ScatterFn.ADD), b(2), i(1), b(1)),
                breaks("scatter.C1", new Scatter(0, ScatterFn.SET), f(2), i(1, 1), f(1)),
                breaks("scatter.C2", new Scatter(1, ScatterFn.SET), f(2), i(1), f(1)),
                breaks("scatter.C3", new Scatter(0, ScatterFn.SET), f(2, 3), i(1), f(1, 2)),
                breaks("iota.C1", new Iota(DataType.BOOL, shape(2), 0)),
                breaks("iota.C1", new Iota(DataType.INT32, shape(2), 1)),
                breaks("scan.C1", new Scan(sums(), 1, 1, 4, false), f(3)),
                breaks("scan.C2", new Scan(sums(), 1, 1, 4, false), f(3), f(5, 3)),
                breaks("scan.C3", new Scan(sums(), 1, 1, 4, false), f(3), f(4, 2)),
                breaks("scan.C1", new Scan(sums(), 3, 0, 4, false), f(3), f(3), f(3)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void scanGivesCarriedAndStacked() {
        Scan scan = new Scan(sums(), 1, 1, 4, true);
        Rules.assertGives(List.of(f(3), f(4, 1, 3)), scan, List.of(f(3), f(4, 3)));
    }

    @Test
    void scanKeepsWhatItCarries() {
        GraphBuilder g = new GraphBuilder();
        g.output("next", g.reshape(g.input("x", f(3)), shape(1, 3)));
        Rules.assertBreaks("scan.C4", new Scan(g.build(), 1, 0, 2, false), List.of(f(3)));
    }

    @Test
    void aBodyHasNoParameters() {
        GraphBuilder g = new GraphBuilder();
        g.output("next", g.add(g.input("x", f(3)), g.parameter("w", f(3))));
        Rules.assertBreaks("scan.C1", new Scan(g.build(), 1, 0, 2, false), List.of(f(3)));
    }

    @Test
    void countsAreNotNegative() {
        assertEquals(
                "scan.C2",
                assertThrows(GraphException.class, () -> new Scan(sums(), 1, 1, -1, false))
                        .rule());
        assertEquals(
                "scan.C1",
                assertThrows(GraphException.class, () -> new Scan(sums(), -1, 1, 1, false))
                        .rule());
    }

    /** A body that adds to a carried {@code [3]} and gives the sum so far as {@code [1, 3]}. */
    private static Graph sums() {
        GraphBuilder g = new GraphBuilder();
        Value sum = g.add(g.input("sum", f(3)), g.input("x", f(3)));
        g.output("sum", sum);
        g.output("row", g.reshape(sum, shape(1, 3)));
        return g.build();
    }
}
