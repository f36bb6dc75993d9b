package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolutions. */
final class Convolutions {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Conv", Convolutions::conv).inputs("X", "W", "B").weights("W", "B"),
            OnnxOperator.one("ConvTranspose", Convolutions::convTranspose)
                    .inputs("X", "W", "B")
                    .weights("W", "B"));

    private Convolutions() {}

    private static Value conv(NodeScope s) {
        Value x = s.operand(0);
        Value kernel = s.operand(1);
        s.ignore("kernel_shape");
        Window window = Windows.of(s, x.shape(), Windows.spatial(kernel.shape()));
        return biased(
                s, s.graph().add(new Convolution(window, s.number("group", 1), Layout.CHANNELS_FIRST), x, kernel));
    }

    private static Value convTranspose(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value kernel = s.operand(1);
        s.ignore("kernel_shape");
        Window plain = Windows.plain(s, Windows.spatial(kernel.shape()));
        Transposed placed = Transposed.of(s, plain, Windows.spatial(x.shape()));
        Value y = g.add(
                new ConvInputGrad(
                        plain.withPads(placed.before, placed.after),
                        s.number("group", 1),
                        Layout.CHANNELS_FIRST,
                        placed.sizes),
                x,
                kernel);
        return biased(s, placed.zeros.stream().allMatch(z -> z == 0) ? y : behind(g, y, placed.zeros));
    }

    private static Value behind(GraphBuilder g, Value y, List<Integer> zeros) {
        List<Integer> after = new ArrayList<>(List.of(0, 0));
        after.addAll(zeros);
        return g.add(new MovementOp.Pad(PadMode.CONSTANT, Collections.nCopies(after.size(), 0), after, 0), y);
    }

    /**
     * Which part of what the kernel reaches is the result.
     *
     * @param before what is left out in front
     * @param after what is left out behind
     * @param sizes of what the windows reach
     * @param zeros behind it, where {@code output_padding} or {@code output_shape} goes further than any window
     */
    private record Transposed(List<Integer> before, List<Integer> after, List<Integer> sizes, List<Integer> zeros) {

        /** ONNX 11: of an odd number of elements to leave out, one more in front, with SAME_UPPER behind. */
        static Transposed of(NodeScope s, Window window, List<Integer> input) {
            int rank = window.rank();
            List<Integer> extra = s.ints("output_padding", Collections.nCopies(rank, 0));
            List<Integer> pads = s.ints("pads", Collections.nCopies(2 * rank, 0));
            List<Integer> wanted = s.ints("output_shape", List.of());
            String automatic = s.text("auto_pad", "NOTSET");
            Transposed result =
                    new Transposed(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (int axis = 0; axis < rank; axis++) {
                int stride = window.strides().get(axis);
                int full = (input.get(axis) - 1) * stride + window.extent(axis);
                int size;
                int begin;
                if (wanted.isEmpty() && !automatic.startsWith("SAME")) {
                    boolean isPadded = !automatic.equals("VALID");
                    begin = isPadded ? pads.get(axis) : 0;
                    size = full + extra.get(axis) - begin - (isPadded ? pads.get(axis + rank) : 0);
                } else {
                    size = wanted.isEmpty() ? input.get(axis) * stride : wanted.get(wanted.size() - rank + axis);
                    int total = Math.max(full + extra.get(axis) - size, 0);
                    begin = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
                }
                result.add(begin, full - begin - size, size, stride);
            }
            return result;
        }

        /** A window that would start behind the last one is none, so fewer zeros than a stride need no padding. */
        private void add(int begin, int end, int size, int stride) {
            int beyond = Math.max(-end - (stride - 1), 0);
            before.add(begin);
            after.add(Math.max(end, 0));
            sizes.add(size - beyond);
            zeros.add(beyond);
        }
    }

    private static Value biased(NodeScope s, Value y) {
        return s.has(2) ? s.graph().add(y, perChannel(s.graph(), s.operand(2), y)) : y;
    }

    /** One number per channel under a shape that broadcasts with data {@code [n, c, s…]}. */
    static Value perChannel(GraphBuilder g, Value numbers, Value data) {
        List<Dim> dims = new ArrayList<>(numbers.shape().dims());
        dims.addAll(Collections.nCopies(data.shape().rank() - 2, Dim.of(1)));
        return g.reshape(numbers, Shape.ofDims(dims));
    }
}
