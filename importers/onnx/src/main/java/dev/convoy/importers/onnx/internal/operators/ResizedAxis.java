package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * An axis that Resize makes longer or shorter.
 *
 * @param size of the axis in the result
 * @param start of the part that is resized, as a fraction of the axis
 * @param end of the part
 */
record ResizedAxis(int axis, int size, double scale, double start, double end) {

    /** Sizes are rounded down, in floats as by ONNX Runtime: ten elements and a scale of 0.7 make seven. */
    static List<ResizedAxis> ofScales(NodeScope s, List<Integer> axes, List<Double> scales) {
        Shape shape = s.stored(0).shape();
        expect(s, "scales", scales.size(), axes.size());
        List<ResizedAxis> resized = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            double scale = scales.get(i);
            if (shape.dim(axes.get(i)).isKnown()) {
                int size = (int) ((float) scale * shape.size(axes.get(i)));
                resized.add(new ResizedAxis(axes.get(i), size, scale, 0, 1));
            } else if (scale != 1) {
                throw Known.needsBatch();
            }
        }
        return resized;
    }

    /**
     * Sizes as they are given ({@code stretch}), or what comes of the smallest ({@code not_larger}) or largest
     * ({@code not_smaller}) of their scales for all axes.
     */
    static List<ResizedAxis> ofSizes(NodeScope s, List<Integer> axes, Known sizes, String policy) {
        Shape shape = s.stored(0).shape();
        expect(s, "sizes", sizes.size(), axes.size());
        List<ResizedAxis> resized = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            if (shape.dim(axes.get(i)).isKnown()) {
                int size = Math.toIntExact(sizes.at(i));
                resized.add(new ResizedAxis(axes.get(i), size, size / (double) shape.size(axes.get(i)), 0, 1));
            } else if (!sizes.isBatch(i)) {
                throw Known.needsBatch();
            }
        }
        DoubleStream scales = resized.stream().mapToDouble(ResizedAxis::scale);
        return switch (policy) {
            case "stretch" -> resized;
            case "not_larger" -> scaled(shape, resized, scales.min().orElse(1));
            case "not_smaller" -> scaled(shape, resized, scales.max().orElse(1));
            default -> throw s.refuse("the keep_aspect_ratio_policy " + policy + " does not exist", "");
        };
    }

    private static List<ResizedAxis> scaled(Shape shape, List<ResizedAxis> axes, double scale) {
        return axes.stream()
                .map(a -> new ResizedAxis(
                        a.axis, Math.toIntExact(Math.round(scale * shape.size(a.axis))), scale, a.start, a.end))
                .toList();
    }

    /** The same axes with the parts that {@code roi} names: all starts, then all ends, of the axes as they are named. */
    static List<ResizedAxis> ofRegion(NodeScope s, List<ResizedAxis> resized) {
        Shape shape = s.stored(0).shape();
        List<Integer> axes = s
                .ints("axes", IntStream.range(0, shape.rank()).boxed().toList())
                .stream()
                .map(shape::axis)
                .toList();
        List<Double> region = s.known(1).reals();
        expect(s, "roi", region.size(), 2 * axes.size());
        return resized.stream()
                .map(a -> new ResizedAxis(
                        a.axis,
                        a.size,
                        a.scale,
                        region.get(axes.indexOf(a.axis)),
                        region.get(axes.indexOf(a.axis) + axes.size())))
                .toList();
    }

    private static void expect(NodeScope s, String operand, int given, int expected) {
        if (given != expected) {
            throw s.refuse(operand + " has " + expected + " numbers for these axes, got " + given, "");
        }
    }

    /** Whether the axis comes out otherwise than it is. */
    boolean isMoving(Shape operand) {
        return size != operand.size(axis) || scale != 1 || start != 0 || end != 1;
    }
}
