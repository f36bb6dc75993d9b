package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link AvgPool}. */
public final class AvgPoolCases {

    private AvgPoolCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Window two = Window.of(2).withStrides(2);
        Tensor x = floats(shape(1, 4, 1), 1, 3, 5, 9);
        cases.exact("meaning", "two-windows", op(two, false, false, 0), List.of(x), floats(shape(1, 2, 1), 2, 7));
        AvgPool plane = new AvgPool(Window.of(2, 2), false, false, 0, CHANNELS_FIRST);
        cases.exact(
                "meaning",
                "channels-first",
                plane,
                List.of(counted(shape(1, 2, 2, 2))),
                floats(shape(1, 2, 1, 1), 2.5, 6.5));
        AvgPool last = new AvgPool(Window.of(2, 2), false, false, 0, CHANNELS_LAST);
        cases.exact(
                "meaning", "channels-last", last, List.of(counted(shape(1, 2, 2, 2))), floats(shape(1, 1, 1, 2), 4, 5));
        cases.exact(
                "meaning",
                "images-do-not-mix",
                op(two, false, false, 0),
                List.of(counted(shape(2, 2, 1))),
                floats(shape(2, 1, 1), 1.5, 3.5));
        cases.exact(
                "meaning",
                "dilation-2",
                op(Window.of(2).withDilations(2), false, false, 0),
                List.of(x),
                floats(shape(1, 2, 1), 3, 6));
        Window padded = two.withPads(1);
        cases.exact(
                "C3",
                "padding-does-not-count",
                op(padded, false, false, 0),
                List.of(x),
                floats(shape(1, 3, 1), 1, 4, 9));
        cases.exact(
                "C3", "padding-counts", op(padded, false, true, 0), List.of(x), floats(shape(1, 3, 1), 0.5, 4, 4.5));
        Window end = two.withPads(List.of(0), List.of(1));
        Tensor five = floats(shape(1, 5, 1), 1, 3, 5, 9, 8);
        cases.exact("C3", "pads-at-the-end", op(end, false, true, 0), List.of(five), floats(shape(1, 3, 1), 2, 7, 4));
        cases.exact(
                "C4", "the-rest-is-left-out", op(two, false, false, 0), List.of(five), floats(shape(1, 2, 1), 2, 7));
        cases.exact(
                "C4",
                "ceil-mode-counts-what-is-inside",
                op(two, true, false, 0),
                List.of(five),
                floats(shape(1, 3, 1), 2, 7, 8));
        // what ceil mode adds behind the padding never counts, even if padding does
        cases.exact(
                "C4",
                "ceil-mode-ends-at-the-padded-input",
                op(two, true, true, 0),
                List.of(five),
                floats(shape(1, 3, 1), 2, 7, 8));
        Window three = Window.of(3).withStrides(2).withPads(1);
        Tensor four = floats(shape(1, 4, 1), 3, 6, 9, 12);
        cases.exact(
                "C4",
                "ceil-mode-with-counted-padding",
                op(three, true, true, 0),
                List.of(four),
                floats(shape(1, 3, 1), 3, 9, 6));
        cases.exact(
                "C4",
                "ceil-mode-without-counted-padding",
                op(three, true, false, 0),
                List.of(four),
                floats(shape(1, 3, 1), 4.5, 9, 12));
        cases.exact("C5", "divisor-override", op(two, false, false, 4), List.of(x), floats(shape(1, 2, 1), 1, 3.5));
        cases.exact(
                "C5",
                "divisor-override-with-padding",
                op(padded, false, true, 1),
                List.of(x),
                floats(shape(1, 3, 1), 1, 8, 9));
        cases.exact(
                "C2", "no-images", op(two, false, false, 0), List.of(floats(shape(0, 2, 1))), floats(shape(0, 1, 1)));
        for (SpatialProblem problem : SpatialProblem.poolings()) {
            int kind = problem.number() / 4 % 4;
            Random random = new Random(problem.number() + 5000L);
            AvgPool op = new AvgPool(problem.window(), (kind & 1) != 0, (kind & 2) != 0, 0, problem.layout());
            String name = "problem-" + problem.name() + (op.ceilMode() ? "-ceil" : "")
                    + (op.countIncludePad() ? "-counted" : "");
            List<Tensor> operands = List.of(Operands.random(random, problem.data()));
            cases.reference(
                    "meaning", name, new Tolerance.Summed(problem.window().elements()), op, operands);
        }
        return cases.all();
    }

    private static AvgPool op(Window window, boolean ceilMode, boolean countIncludePad, int divisorOverride) {
        return new AvgPool(window, ceilMode, countIncludePad, divisorOverride, CHANNELS_LAST);
    }
}
