package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ElementwiseOp.Select;
import java.util.List;

/** Cases of {@link Select}. */
public final class SelectCases {

    private SelectCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Select select = new Select();
        var condition = bools(true, false, true, false);
        cases.exact(
                "meaning",
                "float32",
                select,
                List.of(condition, floats(1, 2, 3, 4), floats(-1, -2, -3, -4)),
                floats(1, -2, 3, -4));
        // a product with 0 and 1 would spread the NaN and the infinity that are not chosen
        cases.exact(
                "meaning",
                "what-is-not-chosen-leaves-no-trace",
                select,
                List.of(condition, floats(1, NAN, 3, INF), floats(NAN, -2, INF, -4)),
                floats(1, -2, 3, -4));
        cases.exact(
                "C1",
                "int32",
                select,
                List.of(condition, ints(1, 2, 16777217, 4), ints(-1, 16777219, -3, -4)),
                ints(1, 16777219, 16777217, -4));
        cases.exact(
                "C1",
                "int64",
                select,
                List.of(condition, longs(1, 2, 1L << 60, 4), longs(-1, -(1L << 60), -3, -4)),
                longs(1, -(1L << 60), 1L << 60, -4));
        cases.exact(
                "C1",
                "bool",
                select,
                List.of(condition, bools(true, true, false, false), bools(false, false, true, true)),
                bools(true, false, false, true));
        cases.exact(
                "C2",
                "condition-per-row",
                select,
                List.of(bools(shape(2, 1), true, false), counted(shape(2, 3)), floats(0, 0, 0)),
                floats(shape(2, 3), 1, 2, 3, 0, 0, 0));
        cases.exact(
                "C2",
                "choices-stretch-to-the-condition",
                select,
                List.of(bools(shape(2, 2), true, false, false, true), floats(shape(), 7), floats(shape(2), 8, 9)),
                floats(shape(2, 2), 7, 9, 8, 7));
        cases.exact(
                "C2",
                "empty",
                select,
                List.of(bools(shape(0, 1)), floats(shape(3), 1, 2, 3), floats(shape(), 1)),
                floats(shape(0, 3)));
        return cases.all();
    }
}
