package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link Softmax}, the composite that backends most often claim. */
public final class SoftmaxCases {

    private SoftmaxCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        // e^-2, e^-1 and 1 over their sum 1.50321472440
        cases.close(
                "meaning",
                "three-classes",
                Tolerance.FUNCTION,
                new Softmax(-1),
                List.of(floats(1, 2, 3)),
                floats(0.09003057317, 0.24472847105, 0.66524095578));
        cases.close(
                "meaning",
                "large-numbers-do-not-overflow",
                Tolerance.FUNCTION,
                new Softmax(0),
                List.of(floats(1001, 1002, 1003)),
                floats(0.09003057317, 0.24472847105, 0.66524095578));
        cases.close(
                "meaning",
                "minus-infinity-gets-0",
                Tolerance.FUNCTION,
                new Softmax(0),
                List.of(floats(0, -INF, 0)),
                floats(0.5, 0, 0.5));
        cases.close(
                "meaning",
                "nan-spreads-over-its-row-only",
                Tolerance.FUNCTION,
                new Softmax(1),
                List.of(floats(shape(2, 2), NAN, 1, 3, 3)),
                floats(shape(2, 2), NAN, NAN, 0.5, 0.5));
        for (int axis = 0; axis < 3; axis++) {
            Tensor x = Operands.random(new Random(axis), shape(5, 17, 10), -5, 5);
            cases.reference("meaning", "random-axis" + axis, new Tolerance.Ulps(64), new Softmax(axis), List.of(x));
        }
        return cases.all();
    }
}
