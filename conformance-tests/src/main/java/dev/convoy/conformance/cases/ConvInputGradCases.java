package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Cases of {@link ConvInputGrad}. */
public final class ConvInputGradCases {

    private ConvInputGradCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor w = floats(shape(2, 1, 1), 1, 10);
        Tensor dy = floats(shape(1, 2, 1), 1, 2);
        Window window = Window.of(2);
        cases.exact(
                "meaning",
                "windows-overlap",
                new ConvInputGrad(window, 1, CHANNELS_LAST, List.of(3)),
                List.of(dy, w),
                floats(shape(1, 3, 1), 1, 12, 20));
        cases.exact(
                "C6",
                "elements-no-window-meets-get-0",
                new ConvInputGrad(window.withStrides(2), 1, CHANNELS_LAST, List.of(5)),
                List.of(dy, w),
                floats(shape(1, 5, 1), 1, 10, 2, 20, 0));
        cases.exact(
                "C6",
                "dilation-2",
                new ConvInputGrad(window.withDilations(2), 1, CHANNELS_LAST, List.of(4)),
                List.of(dy, w),
                floats(shape(1, 4, 1), 1, 2, 10, 20));
        cases.exact(
                "C6",
                "pads-take-their-share",
                new ConvInputGrad(window.withPads(List.of(1), List.of(0)), 1, CHANNELS_LAST, List.of(2)),
                List.of(dy, w),
                floats(shape(1, 2, 1), 12, 20));
        cases.exact(
                "meaning",
                "channels-first",
                new ConvInputGrad(Window.of(1, 2), 1, CHANNELS_FIRST, List.of(1, 3)),
                List.of(floats(shape(1, 1, 1, 2), 1, 2), floats(shape(1, 1, 1, 2), 1, 10)),
                floats(shape(1, 1, 1, 3), 1, 12, 20));
        // the kernel's channels: [in, out] = [[1, 10], [100, 1000]]
        cases.exact(
                "C3",
                "output-channels-are-summed",
                new ConvInputGrad(Window.of(1), 1, CHANNELS_LAST, List.of(1)),
                List.of(floats(shape(1, 1, 2), 2, 3), floats(shape(1, 2, 2), 1, 10, 100, 1000)),
                floats(shape(1, 1, 2), 32, 3200));
        cases.exact(
                "C3",
                "groups-2",
                new ConvInputGrad(Window.of(1), 2, CHANNELS_LAST, List.of(1)),
                List.of(floats(shape(1, 1, 4), 1, 2, 3, 4), floats(shape(1, 1, 4), 1, 10, 100, 1000)),
                floats(shape(1, 1, 2), 21, 4300));
        cases.exact(
                "C2",
                "no-images",
                new ConvInputGrad(window, 1, CHANNELS_LAST, List.of(3)),
                List.of(floats(shape(0, 2, 1)), counted(shape(2, 1, 1))),
                floats(shape(0, 3, 1)));
        for (SpatialProblem problem : SpatialProblem.convolutions()) {
            Random random = new Random(problem.number() + 1000L);
            ConvInputGrad op = new ConvInputGrad(problem.window(), problem.groups(), problem.layout(), problem.size());
            List<Tensor> operands =
                    List.of(Operands.random(random, problem.result()), Operands.random(random, problem.kernel()));
            int terms = problem.window().elements() * problem.out() / problem.groups();
            Set<Integer> constants = problem.number() % 3 == 0 ? Set.of(1) : Set.of();
            cases.reference(
                    "meaning", "problem-" + problem.name(), new Tolerance.Summed(terms), op, operands, constants);
        }
        return cases.all();
    }
}
