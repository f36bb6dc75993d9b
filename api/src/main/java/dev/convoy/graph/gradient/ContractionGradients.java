package dev.convoy.graph.gradient;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/** Gradients of {@link ContractionOp}: each is linear in both operands, so its gradients are ops of the same family. */
final class ContractionGradients {

    private ContractionGradients() {}

    static void write(ContractionOp op, Pullback p) {
        GraphBuilder g = p.graph();
        Value a = p.operand(0);
        Value b = p.operand(1);
        Value dy = p.gradient();
        switch (op) {
            case MatMul(boolean ta, boolean tb) -> {
                p.to(0, () -> ta ? g.add(new MatMul(tb, true), b, dy) : g.add(new MatMul(false, !tb), dy, b));
                p.to(1, () -> tb ? g.add(new MatMul(true, ta), dy, a) : g.add(new MatMul(!ta, false), a, dy));
            }
            case Convolution(var window, int groups, Layout layout) -> {
                p.to(0, () -> g.add(new ConvInputGrad(window, groups, layout, spatial(a, layout)), dy, b));
                p.to(1, () -> g.add(new ConvFilterGrad(window, groups, layout), a, dy));
            }
            case ConvInputGrad(var window, int groups, Layout layout, var _) -> {
                p.to(0, () -> g.add(new Convolution(window, groups, layout), dy, b));
                p.to(1, () -> g.add(new ConvFilterGrad(window, groups, layout), dy, a));
            }
            case ConvFilterGrad(var window, int groups, Layout layout) -> {
                p.to(0, () -> g.add(new ConvInputGrad(window, groups, layout, spatial(a, layout)), b, dy));
                p.to(1, () -> g.add(new Convolution(window, groups, layout), a, dy));
            }
        }
    }

    /** The spatial sizes of data in a layout. */
    static List<Integer> spatial(Value data, Layout layout) {
        int start = layout.spatialStart();
        return IntStream.range(start, start + data.shape().rank() - 2)
                .mapToObj(data.shape()::size)
                .toList();
    }
}
