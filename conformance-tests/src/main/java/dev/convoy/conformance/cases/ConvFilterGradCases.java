package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link ConvFilterGrad}. */
public final class ConvFilterGradCases {

    private ConvFilterGradCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Tensor x = floats(shape(1, 3, 1), 1, 2, 3);
        Tensor dy = floats(shape(1, 2, 1), 1, 10);
        Window window = Window.of(2);
        cases.exact("meaning", "two-windows", op(window, 1), List.of(x, dy), floats(shape(2, 1, 1), 21, 32));
        cases.exact(
                "meaning",
                "channels-first",
                new ConvFilterGrad(Window.of(1, 2), 1, CHANNELS_FIRST),
                List.of(x.reshape(1, 1, 1, 3), dy.reshape(1, 1, 1, 2)),
                floats(shape(1, 1, 1, 2), 21, 32));
        cases.exact(
                "C4",
                "images-are-summed",
                op(window, 1),
                List.of(floats(shape(2, 2, 1), 1, 2, 3, 4), floats(shape(2, 1, 1), 1, 10)),
                floats(shape(2, 1, 1), 31, 42));
        cases.exact(
                "C6",
                "stride-2",
                op(window.withStrides(2), 1),
                List.of(floats(shape(1, 5, 1), 1, 2, 3, 4, 5), dy),
                floats(shape(2, 1, 1), 31, 42));
        cases.exact(
                "C6",
                "dilation-2",
                op(window.withDilations(2), 1),
                List.of(floats(shape(1, 4, 1), 1, 2, 3, 4), dy),
                floats(shape(2, 1, 1), 21, 43));
        cases.exact(
                "C6",
                "pads-count-as-0",
                op(window.withPads(List.of(1), List.of(0)), 1),
                List.of(floats(shape(1, 2, 1), 1, 2), dy),
                floats(shape(2, 1, 1), 10, 21));
        cases.exact(
                "C3",
                "channels",
                op(Window.of(1), 1),
                List.of(floats(shape(1, 1, 2), 2, 3), floats(shape(1, 1, 2), 10, 100)),
                floats(shape(1, 2, 2), 20, 200, 30, 300));
        cases.exact(
                "C3",
                "groups-2",
                op(Window.of(1), 2),
                List.of(floats(shape(1, 1, 2), 2, 3), floats(shape(1, 1, 4), 1, 10, 100, 1000)),
                floats(shape(1, 1, 4), 2, 20, 300, 3000));
        cases.exact(
                "C4",
                "no-images",
                op(window, 1),
                List.of(floats(shape(0, 3, 1)), floats(shape(0, 2, 1))),
                floats(shape(2, 1, 1), 0, 0));
        for (SpatialProblem problem : SpatialProblem.convolutions()) {
            Random random = new Random(problem.number() + 2000L);
            ConvFilterGrad op = new ConvFilterGrad(problem.window(), problem.groups(), problem.layout());
            List<Tensor> operands =
                    List.of(Operands.random(random, problem.data()), Operands.random(random, problem.result()));
            int terms = Math.toIntExact(problem.result().elements() / problem.out());
            cases.reference("meaning", "problem-" + problem.name(), new Tolerance.Summed(terms), op, operands);
        }
        return cases.all();
    }

    private static ConvFilterGrad op(Window window, int groups) {
        return new ConvFilterGrad(window, groups, CHANNELS_LAST);
    }
}
