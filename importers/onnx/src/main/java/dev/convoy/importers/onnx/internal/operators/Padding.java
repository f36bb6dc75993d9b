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

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Pad", Padding::pad)
                    .inputs("data", "pads", "constant_value", "axes")
                    .known("pads", "constant_value", "axes"),
            OnnxOperator.one("CenterCropPad", Padding::centerCropPad)
                    .inputs("input_data", "shape")
                    .known("shape"),
            OnnxOperator.one("Crop", Padding::crop));

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

    /** Of an odd number of elements to cut or add, one more behind than in front. */
    private static Value centerCropPad(NodeScope s) {
        Value x = s.stored(0);
        Shape shape = x.shape();
        List<Integer> axes =
                s.ints("axes", IntStream.range(0, shape.rank()).boxed().toList());
        Known target = s.known(1);
        if (target.size() != axes.size()) {
            throw s.refuse("shape has a number for each of " + axes.size() + " axes, got " + target.size(), "");
        }
        List<Integer> before = new ArrayList<>(Collections.nCopies(shape.rank(), 0));
        List<Integer> after = new ArrayList<>(before);
        for (int i = 0; i < axes.size(); i++) {
            int axis = shape.axis(axes.get(i));
            if (target.isBatch(i) && !shape.dim(axis).isKnown()) {
                continue;
            }
            int more = Math.toIntExact(target.at(i)) - shape.size(axis);
            before.set(axis, more / 2);
            after.set(axis, more - more / 2);
        }
        return padded(s.graph(), x, before, after);
    }

    /** Of images {@code [n, c, h, w]}: {@code border} is left, top, right, bottom; {@code scale} height and width instead. */
    private static Value crop(NodeScope s) {
        Value x = s.stored(0);
        List<Integer> border = s.ints("border", List.of());
        List<Integer> size = s.ints("scale", List.of());
        if (border.size() != 4 || x.shape().rank() != 4) {
            throw s.refuse("images [n, c, h, w] are cut by four borders, got " + x.shape() + " and " + border, "");
        }
        int bottom = size.isEmpty() ? x.shape().size(2) - border.get(3) : border.get(1) + size.get(0);
        int right = size.isEmpty() ? x.shape().size(3) - border.get(2) : border.get(0) + size.get(1);
        return s.graph().slice(s.graph().slice(x, 2, border.get(1), bottom), 3, border.get(0), right);
    }

    /** The front of a tensor in another shape of the same rank, with zeros behind what there is. */
    static Value fitted(GraphBuilder g, Value x, List<Integer> sizes) {
        List<Integer> more = IntStream.range(0, sizes.size())
                .mapToObj(axis -> sizes.get(axis) - x.shape().size(axis))
                .toList();
        return padded(g, x, Collections.nCopies(sizes.size(), 0), more);
    }

    private static Value padded(GraphBuilder g, Value x, List<Integer> before, List<Integer> after) {
        return g.add(
                new MovementOp.Pad(PadMode.CONSTANT, positive(before), positive(after), 0), cut(g, x, before, after));
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
