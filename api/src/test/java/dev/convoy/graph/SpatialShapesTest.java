package dev.convoy.graph;

import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;
import static dev.convoy.graph.Rules.breaks;
import static dev.convoy.graph.Rules.f;
import static dev.convoy.graph.Rules.gives;
import static dev.convoy.graph.Rules.i;
import static dev.convoy.graph.Rules.l;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpatialShapesTest {

    private static final Window HALVES = Window.of(2, 2).withStrides(2, 2);
    private static final AvgPool AVERAGE = new AvgPool(HALVES, false, false, 0, CHANNELS_LAST);

    static Stream<Arguments> results() {
        AvgPool first = new AvgPool(HALVES, true, true, 3, CHANNELS_FIRST);
        return Stream.of(
                gives(f(2, 2, 3, 4), AVERAGE, f(2, 5, 6, 4)),
                gives(f(2, 4, 3, 3), first, f(2, 4, 5, 6)),
                gives(f(2, 5, 6, 4), new MaxPoolGrad(CHANNELS_LAST, List.of(5, 6)), f(2, 2, 3, 4), l(2, 2, 3, 4)),
                gives(f(2, 5, 6, 4), new AvgPoolGrad(AVERAGE, List.of(5, 6)), f(2, 2, 3, 4)),
                gives(f(2, 4, 5, 6), new AvgPoolGrad(first, List.of(5, 6)), f(2, 4, 3, 3)));
    }

    @ParameterizedTest
    @MethodSource("results")
    void infers(List<TensorSpec> results, Op op, List<TensorSpec> operands) {
        Rules.assertGives(results, op, operands);
    }

    @Test
    void maxPoolHasValuesAndPositions() {
        MaxPool floor = new MaxPool(HALVES, false, CHANNELS_LAST);
        Rules.assertGives(List.of(f(1, 2, 3, 4), l(1, 2, 3, 4)), floor, List.of(f(1, 5, 6, 4)));
        MaxPool ceil = new MaxPool(HALVES, true, CHANNELS_FIRST);
        Rules.assertGives(List.of(i(1, 4, 3, 3), l(1, 4, 3, 3)), ceil, List.of(i(1, 4, 5, 6)));
    }

    static Stream<Arguments> broken() {
        MaxPool max = new MaxPool(HALVES, false, CHANNELS_LAST);
        MaxPoolGrad maxGrad = new MaxPoolGrad(CHANNELS_LAST, List.of(4, 4));
        MaxPool wide = new MaxPool(HALVES.withPads(2, 2), false, CHANNELS_LAST);
        MaxPool gaps = new MaxPool(Window.of(2).withDilations(4).withPads(3), false, CHANNELS_LAST);
        return Stream.of(
                breaks("max_pool.C1", max, l(1, 4, 4, 1)),
                breaks("max_pool.C2", max, f(4, 4, 1)),
                breaks("max_pool.C3", wide, f(1, 4, 4, 1)),
                breaks("max_pool.C3", gaps, f(1, 1, 1)),
                breaks("max_pool.C4", max, f(1, 1, 4, 1)),
                breaks("max_pool_grad.C1", maxGrad, f(1, 2, 2, 1), i(1, 2, 2, 1)),
                breaks("max_pool_grad.C1", maxGrad, i(1, 2, 2, 1), l(1, 2, 2, 1)),
                breaks("max_pool_grad.C2", maxGrad, f(1, 2, 2, 1), l(1, 2, 2, 2)),
                breaks("max_pool_grad.C2", maxGrad, f(1, 2, 1), l(1, 2, 1)),
                breaks("avg_pool.C1", AVERAGE, i(1, 4, 4, 1)),
                breaks("avg_pool.C4", AVERAGE, f(1, 4, 1, 1)),
                breaks("avg_pool_grad.C2", new AvgPoolGrad(AVERAGE, List.of(4, 4)), f(1, 2, 1)),
                breaks("avg_pool_grad.C4", new AvgPoolGrad(AVERAGE, List.of(4, 4)), f(1, 2, 3, 1)));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void refuses(String rule, Op op, List<TensorSpec> operands) {
        Rules.assertBreaks(rule, op, operands);
    }

    @Test
    void attributes() {
        assertEquals(
                "avg_pool.C5",
                assertThrows(GraphException.class, () -> new AvgPool(HALVES, false, false, -1, CHANNELS_LAST))
                        .rule());
        assertEquals(
                "avg_pool_grad.C4",
                assertThrows(GraphException.class, () -> new AvgPoolGrad(AVERAGE, List.of(4)))
                        .rule());
    }
}
