package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** The attributes of sliding windows: {@code strides}, {@code dilations}, {@code pads} and {@code auto_pad}. */
final class Windows {

    private Windows() {}

    /**
     * The window of a convolution or pooling.
     *
     * @param x its data, {@code [n, c, s…]}
     * @param size of the window
     */
    static Window of(NodeScope s, Shape x, List<Integer> size) {
        Window plain = plain(s, size);
        List<Integer> zeros = Collections.nCopies(size.size(), 0);
        List<Integer> pads = s.ints("pads", Collections.nCopies(2 * size.size(), 0));
        String automatic = s.text("auto_pad", "NOTSET");
        return switch (automatic) {
            case "NOTSET", "" -> padded(s, plain, pads);
            case "VALID" -> plain.withPads(zeros, zeros);
            case "SAME_UPPER", "SAME_LOWER" -> same(plain, spatial(x), automatic.equals("SAME_UPPER"));
            default -> throw s.refuse("the auto_pad " + automatic + " does not exist", "");
        };
    }

    /** The window without padding. */
    static Window plain(NodeScope s, List<Integer> size) {
        List<Integer> ones = Collections.nCopies(size.size(), 1);
        return Window.of(size).withStrides(s.ints("strides", ones)).withDilations(s.ints("dilations", ones));
    }

    private static Window padded(NodeScope s, Window plain, List<Integer> pads) {
        int rank = plain.rank();
        if (pads.size() != 2 * rank) {
            throw s.refuse("pads are two numbers for each of " + rank + " spatial axes, got " + pads, "");
        }
        return plain.withPads(pads.subList(0, rank), pads.subList(rank, 2 * rank));
    }

    /** The result has {@code ⌈input / stride⌉} elements; an odd pad goes behind with {@code upper}, else in front. */
    private static Window same(Window plain, List<Integer> input, boolean upper) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < plain.rank(); axis++) {
            int stride = plain.strides().get(axis);
            int covered = (Math.ceilDiv(input.get(axis), stride) - 1) * stride + plain.extent(axis);
            int total = Math.max(covered - input.get(axis), 0);
            before.add(upper ? total / 2 : total - total / 2);
            after.add(upper ? total - total / 2 : total / 2);
        }
        return plain.withPads(before, after);
    }

    /** The sizes of the spatial axes of data {@code [n, c, s…]}, or of a kernel. */
    static List<Integer> spatial(Shape x) {
        return IntStream.range(Layout.CHANNELS_FIRST.spatialStart(), x.rank())
                .mapToObj(x::size)
                .toList();
    }
}
