package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link TopK}. */
public final class TopKCases {

    private TopKCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor x = floats(shape(2, 4), 3, 1, 4, 1, 5, 9, 2, 6);
        cases.exact(
                "meaning",
                "largest",
                new TopK(2, 1, true),
                List.of(x),
                floats(shape(2, 2), 4, 3, 9, 6),
                longs(shape(2, 2), 2, 0, 1, 3));
        cases.exact(
                "meaning",
                "smallest",
                new TopK(2, 1, false),
                List.of(x),
                floats(shape(2, 2), 1, 1, 2, 5),
                longs(shape(2, 2), 1, 3, 2, 0));
        Tensor ties = floats(7, 7, 1, 7);
        cases.exact(
                "meaning",
                "equal-elements-in-order",
                new TopK(3, 0, true),
                List.of(ties),
                floats(7, 7, 7),
                longs(0, 1, 3));
        cases.exact(
                "meaning",
                "infinities",
                new TopK(3, 0, true),
                List.of(floats(-INF, 0, INF)),
                floats(INF, 0, -INF),
                longs(2, 1, 0));
        cases.exact(
                "C1",
                "int32",
                new TopK(2, 0, true),
                List.of(ints(16777216, -5, 16777217)),
                ints(16777217, 16777216),
                longs(2, 0));
        cases.exact(
                "C1",
                "int64",
                new TopK(2, 0, false),
                List.of(longs((1L << 53) + 1, 1L << 53, 1L << 60)),
                longs(1L << 53, (1L << 53) + 1),
                longs(1, 0));
        cases.exact(
                "C2", "k-is-the-size", new TopK(3, 0, true), List.of(floats(1, 3, 2)), floats(3, 2, 1), longs(1, 2, 0));
        cases.exact("C2", "k-is-0", new TopK(0, 0, true), List.of(floats(1, 3, 2)), floats(shape(0)), longs(shape(0)));
        cases.exact(
                "C2",
                "axis-0",
                new TopK(1, 0, true),
                List.of(x),
                floats(shape(1, 4), 5, 9, 4, 6),
                longs(shape(1, 4), 1, 1, 0, 1));
        for (int axis = 0; axis < 3; axis++) {
            Tensor random = Operands.randomTies(new Random(axis), shape(6, 7, 33));
            cases.reference(
                    "meaning",
                    "random-ties-axis" + axis,
                    Tolerance.EXACT,
                    new TopK(5, axis, axis != 1),
                    List.of(random));
        }
        return cases.all();
    }
}
