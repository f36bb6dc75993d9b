package dev.convoy.conformance.cases;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The geometry of a generated case of convolution or pooling.
 *
 * @param number counts the problems; seeds their operands
 * @param window the window
 * @param size spatial size of the data
 * @param groups groups of the convolution
 * @param in channels of the data
 * @param out channels of the result
 */
record SpatialProblem(
        int number, Window window, List<Integer> size, int groups, int in, int out, int images, Layout layout) {

    private record Channels(int groups, int in, int out) {}

    /** Ungrouped, grouped, and one group per channel; sizes off the widths of vector units. */
    private static final List<Channels> CHANNELS =
            List.of(new Channels(1, 3, 5), new Channels(2, 4, 6), new Channels(3, 3, 6), new Channels(1, 17, 9));

    private static final List<List<Integer>> KERNELS =
            List.of(List.of(1, 1), List.of(3, 3), List.of(2, 5), List.of(4, 1));

    /**
     * Two-dimensional problems: kernels × strides × dilations × pads × channels. Layouts, sizes and numbers of images
     * alternate.
     */
    static List<SpatialProblem> convolutions() {
        List<SpatialProblem> problems = new ArrayList<>();
        for (List<Integer> kernel : KERNELS) {
            for (List<Integer> stride : List.of(List.of(1, 1), List.of(2, 2), List.of(3, 1))) {
                for (List<Integer> dilation : List.of(List.of(1, 1), List.of(2, 1), List.of(2, 3))) {
                    for (List<Integer> pad : List.of(List.of(0, 0), List.of(1, 1), List.of(0, 1), List.of(2, 0))) {
                        for (Channels channels : CHANNELS) {
                            int number = problems.size();
                            Window window = new Window(kernel, stride, dilation, pad, pad.reversed());
                            List<Integer> size = number % 3 == 0 ? List.of(7, 13) : List.of(11, 14);
                            Layout layout =
                                    (number + number / 4) % 2 == 0 ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
                            problems.add(new SpatialProblem(
                                    number,
                                    window,
                                    size,
                                    channels.groups(),
                                    channels.in(),
                                    channels.out(),
                                    1 + number / 8 % 2,
                                    layout));
                        }
                    }
                }
            }
        }
        problems.addAll(otherRanks(problems.size()));
        return problems.stream().filter(SpatialProblem::fits).toList();
    }

    /** Problems whose pads are smaller than the extent of the window, as pooling wants them. */
    static List<SpatialProblem> poolings() {
        return convolutions().stream()
                .filter(p -> p.groups == 1)
                .filter(p -> IntStream.range(0, p.window.rank())
                        .allMatch(i -> p.window.padsBegin().get(i) < p.window.extent(i)
                                && p.window.padsEnd().get(i) < p.window.extent(i)))
                .toList();
    }

    /** One- and three-dimensional problems. */
    private static List<SpatialProblem> otherRanks(int first) {
        List<SpatialProblem> problems = new ArrayList<>();
        for (int stride = 1; stride <= 2; stride++) {
            for (int dilation = 1; dilation <= 2; dilation++) {
                for (Channels channels : CHANNELS.subList(0, 3)) {
                    Layout layout = problems.size() % 4 < 2 ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
                    Window line = new Window(List.of(3), List.of(stride), List.of(dilation), List.of(1), List.of(2));
                    problems.add(new SpatialProblem(
                            first + problems.size(),
                            line,
                            List.of(19),
                            channels.groups(),
                            channels.in(),
                            channels.out(),
                            2,
                            layout));
                    Window box = new Window(
                            List.of(2, 3, 2),
                            List.of(stride, 1, stride),
                            List.of(1, dilation, 1),
                            List.of(0, 1, 1),
                            List.of(1, 1, 0));
                    problems.add(new SpatialProblem(
                            first + problems.size(),
                            box,
                            List.of(4, 7, 5),
                            channels.groups(),
                            channels.in(),
                            channels.out(),
                            1,
                            layout));
                }
            }
        }
        return problems;
    }

    private boolean fits() {
        return IntStream.range(0, window.rank()).allMatch(i -> window.outputSize(i, size.get(i), false) >= 1);
    }

    Convolution convolution() {
        return new Convolution(window, groups, layout);
    }

    Shape data() {
        return data(size, in);
    }

    Shape result() {
        return data(outputSize(false), out);
    }

    Shape pooled(boolean ceilMode) {
        return data(outputSize(ceilMode), in);
    }

    Shape kernel() {
        Shape spatial = Shape.of(window.size());
        return layout == Layout.CHANNELS_LAST
                ? spatial.concat(Shape.of(in / groups, out))
                : Shape.of(out, in / groups).concat(spatial);
    }

    private List<Integer> outputSize(boolean ceilMode) {
        return IntStream.range(0, window.rank())
                .mapToObj(i -> window.outputSize(i, size.get(i), ceilMode))
                .toList();
    }

    private Shape data(List<Integer> spatial, int channels) {
        Shape middle = Shape.of(spatial);
        return layout == Layout.CHANNELS_LAST
                ? Shape.of(images).concat(middle).concat(Shape.of(channels))
                : Shape.of(images, channels).concat(middle);
    }

    /** For example {@code 41-kernel3x3-stride2x2-dilation1x1-pad0x1-groups2-of-4-channels-first}. */
    String name() {
        return number + "-kernel" + text(window.size()) + "-stride" + text(window.strides()) + "-dilation"
                + text(window.dilations()) + "-pad" + text(window.padsBegin()) + "to" + text(window.padsEnd())
                + "-groups"
                + groups + "-of-" + in + (layout == Layout.CHANNELS_LAST ? "-channels-last" : "-channels-first");
    }

    private static String text(List<Integer> sizes) {
        return Operands.text(Shape.of(sizes));
    }
}
