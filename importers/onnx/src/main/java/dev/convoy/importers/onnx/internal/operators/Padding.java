package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Padding, which may also cut. */
final class Padding {

    static final List<OnnxOperator> ALL = List.of(OnnxOperator.one("Pad", Padding::pad)
            .inputs("data", "pads", "constant_value", "axes")
            .known("pads", "constant_value", "axes"));

    private Padding() {}

    private static Value pad(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.stored(0);
        int rank = x.shape().rank();
        List<Integer> before = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> after = new ArrayList<>(Collections.nCopies(rank, 0));
        List<Integer> pads = s.has(1) ? s.known(1).ints() : s.ints(s.opset() < 2 ? "paddings" : "pads", List.of());
        List<Integer> axes =
                s.has(3) ? s.known(3).ints() : IntStream.range(0, rank).boxed().toList();
        if (pads.size() != 2 * axes.size()) {
            throw s.refuse("pads are two numbers for each of " + axes.size() + " axes, got " + pads, "");
        }
        for (int i = 0; i < axes.size(); i++) {
            before.set(x.shape().axis(axes.get(i)), pads.get(i));
            after.set(x.shape().axis(axes.get(i)), pads.get(i + axes.size()));
        }
        double byAttribute = s.real("value", 0);
        double value = s.whenKnown(2).map(Known::real).orElse(byAttribute);
        PadMode mode = mode(s, s.text("mode", "constant"));
        return g.add(new MovementOp.Pad(mode, positive(before), positive(after), value), cut(g, x, before, after));
    }

    private static PadMode mode(NodeScope s, String name) {
        return switch (name) {
            case "constant" -> PadMode.CONSTANT;
            case "reflect" -> PadMode.REFLECT;
            case "edge" -> PadMode.EDGE;
            case "wrap" -> PadMode.WRAP;
            default -> throw s.refuse("the padding mode " + name + " does not exist", "");
        };
    }

    private static List<Integer> positive(List<Integer> pads) {
        return pads.stream().map(p -> Math.max(p, 0)).toList();
    }

    /** Negative pads take elements away. */
    private static Value cut(GraphBuilder g, Value x, List<Integer> before, List<Integer> after) {
        Value kept = x;
        Shape shape = x.shape();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (before.get(axis) < 0 || after.get(axis) < 0) {
                kept = g.slice(
                        kept, axis, Math.max(-before.get(axis), 0), shape.size(axis) - Math.max(-after.get(axis), 0));
            }
        }
        return kept;
    }
}
