package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link ArgReduce}. */
public final class ArgReduceCases {

    private ArgReduceCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor ties = floats(shape(2, 4), 1, 3, 3, 1, 5, 2, 2, 5);
        cases.exact("meaning", "largest-first-on-tie", op(true, 1, false), List.of(ties), longs(1, 0));
        cases.exact("meaning", "largest-last-on-tie", op(true, 1, true), List.of(ties), longs(2, 3));
        cases.exact("meaning", "smallest-first-on-tie", op(false, 1, false), List.of(ties), longs(0, 1));
        cases.exact("meaning", "smallest-last-on-tie", op(false, 1, true), List.of(ties), longs(3, 2));
        Tensor nan = floats(shape(1, 5), 1, NAN, INF, NAN, -INF);
        for (boolean largest : new boolean[] {true, false}) {
            for (boolean last : new boolean[] {true, false}) {
                String name = "first-nan-wins-" + (largest ? "largest" : "smallest") + (last ? "-last" : "-first");
                cases.exact("meaning", name, op(largest, 1, last), List.of(nan), longs(1));
            }
        }
        cases.exact(
                "meaning",
                "zeros-of-both-signs-tie",
                op(true, 0, false),
                List.of(floats(-0.0, 0.0)),
                longs(shape(), 0));
        cases.exact("C1", "int32", op(true, 0, false), List.of(ints(16777216, 16777217, -5)), longs(shape(), 1));
        cases.exact(
                "C1",
                "int64",
                op(false, 0, false),
                List.of(longs((1L << 53) + 1, 1L << 53, 1L << 60)),
                longs(shape(), 1));
        cases.exact("C2", "axis-0", op(true, 0, false), List.of(floats(shape(3, 2), 1, 9, 8, 2, 3, 4)), longs(1, 0));
        cases.exact(
                "C2",
                "kept-axis",
                new ArgReduce(true, 0, true, false),
                List.of(floats(shape(3, 2), 1, 9, 8, 2, 3, 4)),
                longs(shape(1, 2), 1, 0));
        cases.exact("C2", "one-element", op(true, 1, false), List.of(floats(shape(2, 1), 7, -7)), longs(0, 0));
        cases.exact("C2", "no-results", op(true, 1, false), List.of(floats(shape(0, 3))), longs(shape(0)));
        for (Shape shape : List.of(shape(7, 33), shape(3, 5, 17), shape(2, 130))) {
            for (int axis = 0; axis < shape.rank(); axis++) {
                Tensor x = Operands.randomTies(new Random(shape.hashCode() + axis), shape);
                String name = "random-ties-" + Operands.text(shape) + "-axis" + axis;
                cases.reference("meaning", name, Tolerance.EXACT, op(true, axis, false), List.of(x));
                cases.reference("meaning", name + "-smallest-last", Tolerance.EXACT, op(false, axis, true), List.of(x));
            }
        }
        return cases.all();
    }

    private static ArgReduce op(boolean largest, int axis, boolean lastOnTie) {
        return new ArgReduce(largest, axis, false, lastOnTie);
    }
}
