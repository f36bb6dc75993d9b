package dev.convoy.graph.pass;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Node;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes zeros around spatial axes, such as Keras' ZeroPadding2D puts in front of convolutions that move by 2, padding of
 * the windows that take them: of a convolution, of the gradient of its kernel, and of a max pooling of what a ReLU gives,
 * as there a zero is no larger than anything, if nobody asks where the largest elements are.
 */
final class PadFolding {

    private final Map<Value, Integer> uses;

    private PadFolding(Graph graph) {
        uses = Rewrites.uses(graph);
    }

    /** The same graph if there is nothing to fold. */
    static Graph fold(Graph graph) {
        return Rewrites.apply(graph, new PadFolding(graph)::write);
    }

    private @Nullable List<Value> write(GraphBuilder g, Node node, List<Value> inputs) {
        @Nullable
        Node before = inputs.isEmpty() ? null : inputs.getFirst().producer().orElse(null);
        if (before == null || !(before.op() instanceof Pad pad) || pad.mode() != PadMode.CONSTANT || pad.value() != 0) {
            return null;
        }
        List<Value> operands = new ArrayList<>(inputs);
        operands.set(0, before.input(0));
        if (node.op() instanceof Convolution op && isSpatial(pad, op.layout())) {
            return g.add(new Convolution(padded(op.window(), pad, op.layout()), op.groups(), op.layout()), operands);
        }
        if (node.op() instanceof ConvFilterGrad op && isSpatial(pad, op.layout())) {
            return g.add(new ConvFilterGrad(padded(op.window(), pad, op.layout()), op.groups(), op.layout()), operands);
        }
        if (node.op() instanceof MaxPool op && isSpatial(pad, op.layout()) && !op.ceilMode()) {
            Window window = padded(op.window(), pad, op.layout());
            boolean same = isRelu(before.input(0))
                    && !uses.containsKey(node.outputs().get(1))
                    && meets(window, op.layout(), before.input(0).shape());
            return same ? g.add(new MaxPool(window, false, op.layout()), operands) : null;
        }
        return null;
    }

    private static boolean isSpatial(Pad pad, Layout layout) {
        int rank = pad.before().size();
        return IntStream.of(0, layout.channelAxis(rank))
                .allMatch(axis -> pad.before().get(axis) == 0 && pad.after().get(axis) == 0);
    }

    private static Window padded(Window window, Pad pad, Layout layout) {
        return window.withPads(
                sum(window.padsBegin(), pad.before(), layout), sum(window.padsEnd(), pad.after(), layout));
    }

    private static List<Integer> sum(List<Integer> pads, List<Integer> ofAxes, Layout layout) {
        return IntStream.range(0, pads.size())
                .mapToObj(i -> Math.addExact(pads.get(i), ofAxes.get(layout.spatialStart() + i)))
                .toList();
    }

    private static boolean isRelu(Value x) {
        return x.producer()
                .filter(node -> node.op() instanceof Unary(UnaryFn fn) && fn == UnaryFn.RELU)
                .isPresent();
    }

    /** Whether every window has an element inside data of a shape. */
    private static boolean meets(Window window, Layout layout, Shape data) {
        return IntStream.range(0, window.rank()).allMatch(axis -> {
            int spatial = layout.spatialStart() + axis;
            return data.dim(spatial).isKnown()
                    && IntStream.range(0, window.outputSize(axis, data.size(spatial), false))
                            .allMatch(position -> window.meets(axis, data.size(spatial), position));
        });
    }
}
