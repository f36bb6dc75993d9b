package dev.convoy.graph.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** By hand, with {@code [n, c, h, w]} stored as {@code [n, h, w, c]} where nothing else is said. */
class ReshapeOrdersTest {

    private static final List<Integer> LAST = List.of(0, 2, 3, 1);

    private static void assertCarries(@Nullable List<Integer> expected, Shape from, Shape to) {
        assertEquals(expected, ReshapeOrders.carry(from, to, LAST));
    }

    @Test
    void axesThatStayKeepTheirOrder() {
        assertCarries(LAST, Shape.of(2, 6, 4, 5), Shape.of(2, 6, 4, 5));
    }

    @Test
    void axesOfSizeOneComeAndGo() {
        assertCarries(List.of(0, 1), Shape.of(2, 6, 1, 1), Shape.of(2, 6));
        assertCarries(List.of(0, 1, 2, 4, 5, 3), Shape.of(2, 6, 4, 5), Shape.of(1, 1, 2, 6, 4, 5));
        assertCarries(List.of(0, 2, 3, 4, 1), Shape.of(2, 6, 4, 5), Shape.of(2, 6, 4, 1, 5));
    }

    @Test
    void aSplitAxisIsSplitWhereItIsStored() {
        assertCarries(List.of(0, 3, 4, 1, 2), Shape.of(2, 6, 4, 5), Shape.of(2, 3, 2, 4, 5));
    }

    @Test
    void axesStoredNextToEachOtherMayMerge() {
        assertCarries(List.of(0, 2, 1), Shape.of(2, 6, 4, 5), Shape.of(2, 6, 20));
    }

    @Test
    void flattenDoesNotCarry() {
        assertCarries(null, Shape.of(2, 6, 4, 5), Shape.of(2, 120));
        assertCarries(null, Shape.of(2, 6, 4, 5), Shape.of(12, 4, 5));
        assertCarries(null, Shape.of(2, 6, 4, 5), Shape.of(2, 4, 6, 5));
    }

    @Test
    void aNamedBatchStaysByItself() {
        Dim batch = Dim.named("batch");
        assertCarries(
                List.of(0, 2, 1),
                Shape.of(6, 4, 5).prepend(batch),
                Shape.of(6, 20).prepend(batch));
    }

    @Test
    void nothingIsKnownOfEmptyShapes() {
        assertCarries(null, Shape.of(2, 0, 4, 5), Shape.of(2, 4, 0));
    }
}
