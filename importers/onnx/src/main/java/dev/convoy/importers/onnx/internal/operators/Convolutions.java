package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
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
        Value x = s.operand(0);
        Value kernel = s.operand(1);
        s.ignore("kernel_shape");
        List<Integer> input = Windows.spatial(x.shape());
        Window plain = Windows.plain(s, Windows.spatial(kernel.shape()));
        List<Integer> zeros = Collections.nCopies(plain.rank(), 0);
        List<Integer> extra = s.ints("output_padding", zeros);
        List<Integer> pads = s.ints("pads", Collections.nCopies(2 * plain.rank(), 0));
        List<Integer> wanted = s.ints("output_shape", List.of());
        String automatic = s.text("auto_pad", "NOTSET");
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < plain.rank(); axis++) {
            int stride = plain.strides().get(axis);
            int full = (input.get(axis) - 1) * stride + plain.extent(axis) + extra.get(axis);
            if (wanted.isEmpty() && !automatic.startsWith("SAME")) {
                before.add(pads.get(axis));
                after.add(pads.get(axis + plain.rank()));
                sizes.add(full - pads.get(axis) - pads.get(axis + plain.rank()));
                continue;
            }
            int size = wanted.isEmpty() ? input.get(axis) * stride : wanted.get(wanted.size() - plain.rank() + axis);
            int total = Math.max(full - size, 0);
            int smaller = total / 2;
            before.add(automatic.equals("SAME_UPPER") ? smaller : total - smaller);
            after.add(automatic.equals("SAME_UPPER") ? total - smaller : smaller);
            sizes.add(size);
        }
        ConvInputGrad op =
                new ConvInputGrad(plain.withPads(before, after), s.number("group", 1), Layout.CHANNELS_FIRST, sizes);
        return biased(s, s.graph().add(op, x, kernel));
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
