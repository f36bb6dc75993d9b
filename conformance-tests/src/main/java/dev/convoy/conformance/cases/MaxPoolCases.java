package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.graph.Layout.CHANNELS_FIRST;
import static dev.convoy.graph.Layout.CHANNELS_LAST;

import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Cases of {@link MaxPool}. */
public final class MaxPoolCases {

    private MaxPoolCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Window two = Window.of(2, 2).withStrides(2, 2);
        MaxPool pool = new MaxPool(two, false, CHANNELS_LAST);
        Tensor x = floats(shape(1, 2, 4, 1), 1, 0, 2, 3, 4, 6, 6, 8);
        cases.exact(
                "meaning",
                "two-windows",
                pool,
                List.of(x),
                floats(shape(1, 1, 2, 1), 6, 8),
                longs(shape(1, 1, 2, 1), 5, 7));
        Tensor ties = floats(shape(1, 2, 4, 1), 1, 7, 5, 2, 7, 7, 5, 5);
        cases.exact(
                "meaning",
                "the-first-of-equal-elements",
                pool,
                List.of(ties),
                floats(shape(1, 1, 2, 1), 7, 5),
                longs(shape(1, 1, 2, 1), 1, 2));
        // positions count spatial axes only, whatever the layout and the channel
        Tensor first = floats(shape(1, 2, 2, 2), 1, 2, 3, 4, 8, 7, 6, 5);
        cases.exact(
                "meaning",
                "channels-first",
                new MaxPool(two, false, CHANNELS_FIRST),
                List.of(first),
                floats(shape(1, 2, 1, 1), 4, 8),
                longs(shape(1, 2, 1, 1), 3, 0));
        Tensor last = floats(shape(1, 2, 2, 2), 1, 8, 2, 7, 3, 6, 4, 5);
        cases.exact(
                "meaning",
                "channels-last",
                pool,
                List.of(last),
                floats(shape(1, 1, 1, 2), 4, 8),
                longs(shape(1, 1, 1, 2), 3, 0));
        cases.exact(
                "meaning",
                "images-do-not-mix",
                pool,
                List.of(counted(shape(2, 2, 2, 1))),
                floats(shape(2, 1, 1, 1), 4, 8),
                longs(shape(2, 1, 1, 1), 3, 3));
        cases.exact(
                "meaning",
                "minus-infinity",
                pool,
                List.of(floats(shape(1, 2, 2, 1), -INF, -INF, -INF, -INF)),
                floats(shape(1, 1, 1, 1), -INF),
                longs(shape(1, 1, 1, 1), 0));
        cases.exact(
                "C1",
                "int32",
                pool,
                List.of(ints(shape(1, 2, 2, 1), 16777216, 16777217, -5, Integer.MIN_VALUE)),
                ints(shape(1, 1, 1, 1), 16777217),
                longs(shape(1, 1, 1, 1), 1));
        cases.exact(
                "C1",
                "int32-lowest",
                pool,
                List.of(ints(
                        shape(1, 2, 2, 1), Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE, Integer.MIN_VALUE)),
                ints(shape(1, 1, 1, 1), Integer.MIN_VALUE),
                longs(shape(1, 1, 1, 1), 0));
        MaxPool padded = new MaxPool(Window.of(2).withStrides(2).withPads(1), false, CHANNELS_LAST);
        cases.exact(
                "C3",
                "padding-never-wins",
                padded,
                List.of(floats(shape(1, 4, 1), -4, -1, -3, -2)),
                floats(shape(1, 3, 1), -4, -1, -2),
                longs(shape(1, 3, 1), 0, 1, 3));
        MaxPool uneven = new MaxPool(Window.of(2).withPads(List.of(0), List.of(1)), false, CHANNELS_LAST);
        cases.exact(
                "C3",
                "pads-at-the-end",
                uneven,
                List.of(floats(shape(1, 3, 1), -1, -2, -3)),
                floats(shape(1, 3, 1), -1, -2, -3),
                longs(shape(1, 3, 1), 0, 1, 2));
        MaxPool floor = new MaxPool(Window.of(2).withStrides(2), false, CHANNELS_LAST);
        MaxPool ceil = new MaxPool(Window.of(2).withStrides(2), true, CHANNELS_LAST);
        Tensor five = floats(shape(1, 5, 1), 1, 2, 3, 4, 0);
        cases.exact(
                "C4",
                "the-rest-is-left-out",
                floor,
                List.of(five),
                floats(shape(1, 2, 1), 2, 4),
                longs(shape(1, 2, 1), 1, 3));
        cases.exact(
                "C4",
                "ceil-mode-keeps-the-rest",
                ceil,
                List.of(five),
                floats(shape(1, 3, 1), 2, 4, 0),
                longs(shape(1, 3, 1), 1, 3, 4));
        // ceil((3 + 2 - 2) / 2) + 1 = 3 windows, of which the last would start in the padding behind the input
        MaxPool dropped = new MaxPool(Window.of(2).withStrides(2).withPads(1), true, CHANNELS_LAST);
        cases.exact(
                "C4",
                "ceil-mode-drops-a-window-in-the-padding",
                dropped,
                List.of(floats(shape(1, 3, 1), 5, 6, 7)),
                floats(shape(1, 2, 1), 5, 7),
                longs(shape(1, 2, 1), 0, 2));
        MaxPool dilated = new MaxPool(Window.of(2).withDilations(2), false, CHANNELS_LAST);
        cases.exact(
                "C4",
                "dilation-2",
                dilated,
                List.of(floats(shape(1, 4, 1), 1, 9, 2, 3)),
                floats(shape(1, 2, 1), 2, 9),
                longs(shape(1, 2, 1), 2, 1));
        MaxPool global = new MaxPool(Window.of(3, 2), false, CHANNELS_LAST);
        cases.exact(
                "C4",
                "one-window",
                global,
                List.of(counted(shape(1, 3, 2, 1))),
                floats(shape(1, 1, 1, 1), 6),
                longs(shape(1, 1, 1, 1), 5));
        MaxPool same = new MaxPool(Window.of(1), false, CHANNELS_LAST);
        cases.exact(
                "C4",
                "window-of-one-element",
                same,
                List.of(counted(shape(1, 3, 1))),
                counted(shape(1, 3, 1)),
                longs(shape(1, 3, 1), 0, 1, 2));
        cases.exact(
                "C2",
                "no-images",
                pool,
                List.of(floats(shape(0, 2, 2, 1))),
                floats(shape(0, 1, 1, 1)),
                longs(shape(0, 1, 1, 1)));
        for (SpatialProblem problem : SpatialProblem.poolings()) {
            boolean ceilMode = problem.number() / 4 % 2 == 0;
            Random random = new Random(problem.number() + 3000L);
            Tensor data = Operands.randomTies(random, problem.data());
            String name = "problem-" + problem.name() + (ceilMode ? "-ceil" : "");
            MaxPool op = new MaxPool(problem.window(), ceilMode, problem.layout());
            cases.reference("meaning", name, Tolerance.EXACT, op, List.of(data));
        }
        return cases.all();
    }
}
