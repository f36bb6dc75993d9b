package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Cases of {@link Convolution}. */
public final class ConvolutionCases {

    private final CaseList cases = new CaseList();

    private ConvolutionCases() {}

    public static List<OpCase> all() {
        ConvolutionCases table = new ConvolutionCases();
        table.meaning();
        table.pads();
        table.stridesAndDilations();
        table.groups();
        table.exactIntegers();
        table.edges();
        table.generated();
        return table.cases.all();
    }

    private void meaning() {
        Tensor x = counted(shape(1, 3, 3, 1));
        Tensor w = floats(shape(2, 2, 1, 1), 1, 2, 3, 4);
        Tensor y = floats(shape(1, 2, 2, 1), 37, 47, 67, 77);
        exact("meaning", "the-kernel-is-not-flipped", op(Window.of(2, 2), 1, CHANNELS_LAST), x, w, y);
        exact(
                "meaning",
                "channels-first",
                op(Window.of(2, 2), 1, CHANNELS_FIRST),
                x.reshape(1, 1, 3, 3),
                w.reshape(1, 1, 2, 2),
                y.reshape(1, 1, 2, 2));
        // 1·1 + 5·10, 2·1 + 6·10, …
        exact(
                "meaning",
                "channels-first-sums-channels",
                op(Window.of(1, 1), 1, CHANNELS_FIRST),
                counted(shape(1, 2, 2, 2)),
                floats(shape(1, 2, 1, 1), 1, 10),
                floats(shape(1, 1, 2, 2), 51, 62, 73, 84));
        exact(
                "meaning",
                "channels-last-sums-channels",
                op(Window.of(1, 1), 1, CHANNELS_LAST),
                counted(shape(1, 2, 2, 2)),
                floats(shape(1, 1, 2, 1), 1, 10),
                floats(shape(1, 2, 2, 1), 21, 43, 65, 87));
        exact(
                "meaning",
                "images-do-not-mix",
                op(Window.of(2), 1, CHANNELS_LAST),
                counted(shape(2, 2, 1)),
                floats(shape(2, 1, 1), 1, 10),
                floats(shape(2, 1, 1), 21, 43));
        exact(
                "meaning",
                "three-axes",
                op(Window.of(2, 1, 2), 1, CHANNELS_LAST),
                counted(shape(1, 2, 2, 2, 1)),
                floats(shape(2, 1, 2, 1, 1), 1, 10, 100, 1000),
                floats(shape(1, 1, 2, 1, 1), 1 + 20 + 500 + 6000, 3 + 40 + 700 + 8000));
        exact(
                "meaning",
                "nan-stays-in-its-windows",
                op(Window.of(2), 1, CHANNELS_LAST),
                floats(shape(1, 4, 1), NAN, 1, 2, 3),
                floats(shape(2, 1, 1), 1, 1),
                floats(shape(1, 3, 1), NAN, 3, 5));
    }

    private void pads() {
        Tensor x = counted(shape(1, 2, 2, 1));
        Tensor ones = floats(shape(2, 2, 1, 1), 1, 1, 1, 1);
        Window window = Window.of(2, 2);
        Window after = window.withPads(List.of(0, 0), List.of(1, 1));
        exact("C6", "pads-at-the-end", op(after, 1, CHANNELS_LAST), x, ones, floats(shape(1, 2, 2, 1), 10, 6, 7, 4));
        Window before = window.withPads(List.of(1, 1), List.of(0, 0));
        exact("C6", "pads-at-the-begin", op(before, 1, CHANNELS_LAST), x, ones, floats(shape(1, 2, 2, 1), 1, 3, 4, 10));
        Window mixed = window.withPads(List.of(1, 0), List.of(0, 1));
        exact(
                "C6",
                "pads-at-top-and-right",
                op(mixed, 1, CHANNELS_LAST),
                x,
                ones,
                floats(shape(1, 2, 2, 1), 3, 2, 10, 6));
        // only one element of each window meets the input: the kernel appears turned around
        exact(
                "C6",
                "pads-wider-than-the-input",
                op(Window.of(3, 3).withPads(2, 2), 1, CHANNELS_LAST),
                floats(shape(1, 1, 1, 1), 5),
                counted(shape(3, 3, 1, 1)),
                floats(shape(1, 3, 3, 1), 45, 40, 35, 30, 25, 20, 15, 10, 5));
        exact(
                "C6",
                "one-window",
                op(Window.of(2, 2), 1, CHANNELS_LAST),
                x,
                floats(shape(2, 2, 1, 1), 1, 10, 100, 1000),
                floats(shape(1, 1, 1, 1), 4321));
    }

    private void stridesAndDilations() {
        Tensor x = counted(shape(1, 7, 1));
        Tensor w = floats(shape(3, 1, 1), 1, 10, 100);
        Window window = Window.of(3);
        exact(
                "C5",
                "stride-2",
                op(window.withStrides(2), 1, CHANNELS_LAST),
                x,
                w,
                floats(shape(1, 3, 1), 321, 543, 765));
        exact(
                "C5",
                "stride-leaves-a-rest",
                op(window.withStrides(3), 1, CHANNELS_LAST),
                x,
                w,
                floats(shape(1, 2, 1), 321, 654));
        exact(
                "C5",
                "dilation-2",
                op(window.withDilations(2), 1, CHANNELS_LAST),
                x,
                w,
                floats(shape(1, 3, 1), 531, 642, 753));
        exact(
                "C5",
                "dilation-2-stride-2-pads-1",
                op(window.withDilations(2).withStrides(2).withPads(1), 1, CHANNELS_LAST),
                x,
                w,
                floats(shape(1, 3, 1), 420, 642, 64));
    }

    private void groups() {
        exact(
                "C3",
                "groups-2-of-4-channels",
                op(Window.of(1, 1), 2, CHANNELS_LAST),
                floats(shape(1, 1, 1, 4), 1, 2, 3, 4),
                floats(shape(1, 1, 2, 4), 1, 2, 3, 4, 10, 20, 30, 40),
                floats(shape(1, 1, 1, 4), 21, 42, 129, 172));
        exact(
                "C3",
                "groups-2-of-4-channels-first",
                op(Window.of(1, 1), 2, CHANNELS_FIRST),
                floats(shape(1, 4, 1, 1), 1, 2, 3, 4),
                floats(shape(4, 2, 1, 1), 1, 10, 2, 20, 3, 30, 4, 40),
                floats(shape(1, 4, 1, 1), 21, 42, 129, 172));
        exact(
                "C4",
                "depthwise-with-multiplier-2",
                op(Window.of(1, 1), 2, CHANNELS_LAST),
                floats(shape(1, 1, 1, 2), 2, 3),
                floats(shape(1, 1, 1, 4), 1, 10, 100, 1000),
                floats(shape(1, 1, 1, 4), 2, 20, 300, 3000));
    }

    private void exactIntegers() {
        Convolution one = op(Window.of(1), 1, CHANNELS_LAST);
        exact(
                "C1",
                "int32-wraps",
                one,
                ints(shape(1, 2, 1), Integer.MAX_VALUE, 3),
                ints(shape(1, 1, 1), 2),
                ints(shape(1, 2, 1), -2, 6));
        exact(
                "C1",
                "int32-is-not-float",
                op(Window.of(2), 1, CHANNELS_LAST),
                ints(shape(1, 3, 1), 16777217, 1, 3),
                ints(shape(2, 1, 1), 1, 1),
                ints(shape(1, 2, 1), 16777218, 4));
    }

    private void edges() {
        Convolution conv = op(Window.of(2, 2), 1, CHANNELS_LAST);
        exact(
                "C2",
                "no-images",
                conv,
                floats(shape(0, 3, 3, 1)),
                counted(shape(2, 2, 1, 1)),
                floats(shape(0, 2, 2, 1)));
        exact(
                "C3",
                "no-input-channels",
                conv,
                floats(shape(1, 2, 2, 0)),
                floats(shape(2, 2, 0, 1)),
                floats(shape(1, 1, 1, 1), 0));
        exact(
                "C4",
                "no-output-channels",
                conv,
                counted(shape(1, 2, 2, 1)),
                floats(shape(2, 2, 1, 0)),
                floats(shape(1, 1, 1, 0)));
    }

    private void generated() {
        for (SpatialProblem problem : SpatialProblem.convolutions()) {
            Random random = new Random(problem.number());
            Convolution conv = problem.convolution();
            int terms = problem.window().elements() * problem.in() / problem.groups();
            List<Tensor> operands =
                    List.of(Operands.random(random, problem.data()), Operands.random(random, problem.kernel()));
            Set<Integer> constants = problem.number() % 3 == 0 ? Set.of() : Set.of(1);
            cases.reference(
                    "meaning", "problem-" + problem.name(), new Tolerance.Summed(terms), conv, operands, constants);
            if (problem.number() % 5 == 0) {
                List<Tensor> exact = List.of(
                        Operands.randomInts(random, problem.data()), Operands.randomInts(random, problem.kernel()));
                cases.reference("C1", "int32-problem-" + problem.name(), Tolerance.EXACT, conv, exact, constants);
            }
        }
    }

    private void exact(String rule, String name, Convolution op, Tensor x, Tensor w, Tensor y) {
        cases.exact(rule, name, op, List.of(x, w), y);
    }

    private static Convolution op(Window window, int groups, Layout layout) {
        return new Convolution(window, groups, layout);
    }
}
