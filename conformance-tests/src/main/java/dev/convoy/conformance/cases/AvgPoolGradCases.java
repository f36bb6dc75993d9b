package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link AvgPoolGrad}. */
public final class AvgPoolGradCases {

    private AvgPoolGradCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Window two = Window.of(2).withStrides(2);
        Tensor dy = floats(shape(1, 2, 1), 4, 8);
        cases.exact(
                "meaning", "two-windows", op(two, false, false, 0, 4), List.of(dy), floats(shape(1, 4, 1), 2, 2, 4, 4));
        cases.exact(
                "meaning",
                "windows-overlap",
                op(Window.of(2), false, false, 0, 3),
                List.of(dy),
                floats(shape(1, 3, 1), 2, 6, 4));
        cases.exact(
                "C4",
                "elements-no-window-meets-get-0",
                op(two, false, false, 0, 5),
                List.of(dy),
                floats(shape(1, 5, 1), 2, 2, 4, 4, 0));
        Tensor three = floats(shape(1, 3, 1), 2, 4, 8);
        cases.exact(
                "C4",
                "padding-does-not-count",
                op(two.withPads(1), false, false, 0, 4),
                List.of(three),
                floats(shape(1, 4, 1), 2, 2, 2, 8));
        cases.exact(
                "C4",
                "padding-counts",
                op(two.withPads(1), false, true, 0, 4),
                List.of(three),
                floats(shape(1, 4, 1), 1, 2, 2, 4));
        cases.exact(
                "C4", "ceil-mode", op(two, true, false, 0, 5), List.of(three), floats(shape(1, 5, 1), 1, 1, 2, 2, 8));
        cases.exact(
                "C4", "divisor-override", op(two, false, false, 4, 4), List.of(dy), floats(shape(1, 4, 1), 1, 1, 2, 2));
        AvgPool plane = new AvgPool(Window.of(2, 1), false, false, 0, CHANNELS_FIRST);
        cases.exact(
                "meaning",
                "channels-first",
                new AvgPoolGrad(plane, List.of(2, 1)),
                List.of(floats(shape(1, 2, 1, 1), 4, 8)),
                floats(shape(1, 2, 2, 1), 2, 2, 4, 4));
        cases.exact(
                "C2",
                "no-images",
                op(two, false, false, 0, 4),
                List.of(floats(shape(0, 2, 1))),
                floats(shape(0, 4, 1)));
        for (SpatialProblem problem : SpatialProblem.poolings()) {
            int kind = problem.number() / 4 % 4;
            Random random = new Random(problem.number() + 6000L);
            AvgPool pool = new AvgPool(problem.window(), (kind & 1) != 0, (kind & 2) != 0, 0, problem.layout());
            String name = "problem-" + problem.name() + (pool.ceilMode() ? "-ceil" : "")
                    + (pool.countIncludePad() ? "-counted" : "");
            List<Tensor> operands = List.of(Operands.random(random, problem.pooled(pool.ceilMode())));
            int terms = problem.window().elements();
            cases.reference(
                    "meaning", name, new Tolerance.Summed(terms), new AvgPoolGrad(pool, problem.size()), operands);
        }
        return cases.all();
    }

    private static AvgPoolGrad op(Window window, boolean ceilMode, boolean countIncludePad, int divisor, int size) {
        AvgPool pool = new AvgPool(window, ceilMode, countIncludePad, divisor, CHANNELS_LAST);
        return new AvgPoolGrad(pool, List.of(size));
    }
}
