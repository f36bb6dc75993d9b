package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.Folding;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Parts of images, of which each becomes an image of a given size. */
final class Regions {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("RoiAlign", Regions::roiAlign).inputs("X", "rois", "batch_indices"),
            OnnxOperator.one("MaxRoiPool", Regions::maxRoiPool).inputs("X", "rois"));

    private Regions() {}

    /**
     * Where one axis of every region is sampled.
     *
     * @param places {@code [regions, results, samples]}
     * @param taken whether there is a sample; bool under a shape that broadcasts with the places
     * @param count of the samples, real under a shape that broadcasts with the places
     */
    private record Samples(Value places, Value taken, Value count) {}

    /**
     * Before version 16, coordinates are those of {@code output_half_pixel}. Mode max takes the largest of all weighted
     * neighbours of all samples, not of interpolated ones: so do ONNX's reference, its recorded tests and ONNX Runtime.
     */
    private static Value roiAlign(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        String mode = s.text("mode", "avg");
        if (!mode.equals("avg") && !mode.equals("max")) {
            throw s.refuse("the mode " + mode + " does not exist", "");
        }
        List<Integer> sizes = List.of(s.number("output_height", 1), s.number("output_width", 1));
        List<Samples> samples = samples(s, g.cast(s.stored(1), DataType.FLOAT32), sizes);
        int regions = samples.getFirst().places.shape().size(0);
        List<Integer> grid = samples.stream().map(a -> a.places.shape().size(2)).toList();
        Value image = g.reshape(g.cast(s.stored(2), DataType.INT64), Shape.of(regions, 1));
        Places places = new Places(g, x);
        Shape whole = Shape.of(regions, sizes.get(0), sizes.get(1), grid.get(0), grid.get(1));
        List<Value> corners = new ArrayList<>();
        for (int corner = 0; corner < 4; corner++) {
            Corner along = corner(g, samples.get(0), places.sizes().get(0), corner / 2);
            Corner across = corner(g, samples.get(1), places.sizes().get(1), corner % 2);
            Value weight = spread(g, g.mul(row(g, along.weight), column(g, across.weight)), whole);
            Value element = places.at(
                    image, List.of(spread(g, row(g, along.place), whole), spread(g, column(g, across.place), whole)));
            corners.add(g.mul(element, g.reshape(weight, weight.shape().concat(Shape.of(1)))));
        }
        Shape sampled = Shape.of(
                regions,
                sizes.get(0) * sizes.get(1),
                grid.get(0) * grid.get(1),
                x.shape().size(1));
        Value taken = g.binary(BinaryFn.AND, row(g, samples.get(0).taken), column(g, samples.get(1).taken));
        Value isTaken = g.reshape(spread(g, taken, whole), sampled.with(3, 1));
        Value result;
        if (mode.equals("avg")) {
            Value all = g.reshape(corners.stream().reduce(g::add).orElseThrow(), sampled);
            Value sum =
                    g.reduce(ReduceFn.SUM, g.select(isTaken, all, g.scalar(0, DataType.FLOAT32)), List.of(2), false);
            Value count = g.mul(samples.get(0).count, samples.get(1).count);
            result = g.div(sum, g.max(count, g.scalar(1, DataType.FLOAT32)));
        } else {
            Value all = g.reshape(corners.stream().reduce(g::max).orElseThrow(), sampled);
            result = largest(g, isTaken, all, 2);
        }
        return Places.channelsFirst(g, result, sizes);
    }

    /** An element next to each sample, and its weight. */
    private record Corner(Value place, Value weight) {}

    /** A sample more than one element outside has no weight; the others are moved to the edge. */
    private static Corner corner(GraphBuilder g, Samples samples, int size, int which) {
        Value place = samples.places;
        Value inside = Places.clamped(g, place, 0, size - 1.0);
        Value first = g.unary(UnaryFn.FLOOR, inside);
        Value rest = g.sub(inside, first);
        Value weight = which == 0 ? g.add(g.unary(UnaryFn.NEG, rest), 1) : rest;
        Value counts = g.binary(BinaryFn.AND, g.compare(CompareFn.GE, place, -1), g.compare(CompareFn.LE, place, size));
        return new Corner(
                which == 0 ? first : g.add(first, 1), g.select(counts, weight, g.scalar(0, DataType.FLOAT32)));
    }

    /** {@code [regions, results, samples]} of the first axis as {@code [regions, results, 1, samples, 1]}. */
    private static Value row(GraphBuilder g, Value axis) {
        Shape shape = axis.shape();
        return g.reshape(axis, Shape.of(shape.size(0), shape.size(1), 1, shape.size(2), 1));
    }

    private static Value column(GraphBuilder g, Value axis) {
        Shape shape = axis.shape();
        return g.reshape(axis, Shape.of(shape.size(0), 1, shape.size(1), 1, shape.size(2)));
    }

    private static Value spread(GraphBuilder g, Value value, Shape whole) {
        int samples = Math.toIntExact(whole.slice(1, whole.rank()).elements());
        return g.reshape(g.broadcast(value, whole), Shape.of(whole.size(0), samples));
    }

    private static List<Samples> samples(NodeScope s, Value rois, List<Integer> sizes) {
        GraphBuilder g = s.graph();
        int regions = rois.shape().size(0);
        double scale = s.real("spatial_scale", 1);
        int ratio = s.number("sampling_ratio", 0);
        String otherwise = s.opset() < 16 ? "output_half_pixel" : "half_pixel";
        boolean isHalfPixel =
                s.text("coordinate_transformation_mode", otherwise).equals("half_pixel");
        List<Samples> samples = new ArrayList<>();
        for (int axis = 0; axis < 2; axis++) {
            int size = sizes.get(axis);
            Value start = edge(g, rois, 1 - axis, scale, isHalfPixel);
            Value end = edge(g, rois, 3 - axis, scale, isHalfPixel);
            Value extent = g.sub(end, start);
            Value length = isHalfPixel ? extent : g.max(extent, g.scalar(1, DataType.FLOAT32));
            Value part = g.mul(length, 1.0 / size);
            Value count = ratio > 0
                    ? g.broadcast(g.scalar(ratio, DataType.FLOAT32), Shape.of(regions, 1, 1))
                    : g.unary(UnaryFn.CEIL, part);
            int most = ratio > 0 ? ratio : most(s, count);
            Value number = g.add(new Iota(DataType.FLOAT32, Shape.of(1, 1, most), 2));
            Value within = g.div(g.add(number, 0.5), count);
            Value result = g.add(new Iota(DataType.FLOAT32, Shape.of(1, size, 1), 1));
            Value places = g.add(start, g.mul(g.add(result, within), part));
            samples.add(new Samples(places, g.compare(CompareFn.LT, number, count), count));
        }
        return samples;
    }

    private static Value edge(GraphBuilder g, Value rois, int column, double scale, boolean isHalfPixel) {
        Value edge = g.mul(g.slice(rois, 1, column, column + 1), scale);
        Value moved = isHalfPixel ? g.add(edge, -0.5) : edge;
        return g.reshape(moved, Shape.of(rois.shape().size(0), 1, 1));
    }

    /** The largest number of samples of any region, which has to be known. */
    private static int most(NodeScope s, Value count) {
        return new Folding()
                .fold(count)
                .map(counts -> Known.of(counts).reals().stream()
                        .mapToInt(Double::intValue)
                        .max()
                        .orElse(1))
                .map(most -> Math.max(most, 1))
                .orElseThrow(() -> s.refuse(
                        "as many samples as each region is large (sampling_ratio 0) are not supported for computed"
                                + " regions",
                        "export the model with a sampling_ratio of 1 or more"));
    }

    /**
     * The largest element of each part of regions whose edges are rounded to elements (Girshick, 2015); parts without elements
     * are 0. {@code rois} are the number of the image and left, top, right and bottom.
     */
    private static Value maxRoiPool(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value rois = g.cast(s.stored(1), DataType.FLOAT32);
        List<Integer> sizes = s.ints("pooled_shape", List.of());
        double scale = s.real("spatial_scale", 1);
        if (sizes.size() != 2 || x.shape().rank() != 4) {
            throw s.refuse("images [n, c, h, w] become images of two sizes, got " + x.shape() + " and " + sizes, "");
        }
        int regions = rois.shape().size(0);
        int channels = x.shape().size(1);
        int height = x.shape().size(2);
        int width = x.shape().size(3);
        Value number = g.reshape(g.cast(g.slice(rois, 1, 0, 1), DataType.INT64), Shape.of(regions));
        Value images = g.add(new Gather(0), x, number);
        Value columns = inParts(g, rois, 1, scale, sizes.get(1), width);
        Value wide = g.reshape(images, Shape.of(regions, channels, height, 1, width));
        Value narrow = greatest(g, g.reshape(columns, Shape.of(regions, 1, 1, sizes.get(1), width)), wide, 4);
        Value rows = inParts(g, rois, 2, scale, sizes.get(0), height);
        Value high = g.reshape(narrow, Shape.of(regions, channels, 1, height, sizes.get(1)));
        return orZero(g, greatest(g, g.reshape(rows, Shape.of(regions, 1, sizes.get(0), height, 1)), high, 3));
    }

    /** Whether elements of an axis lie in parts of regions: {@code [regions, parts, size]}. */
    private static Value inParts(GraphBuilder g, Value rois, int column, double scale, int parts, int size) {
        Shape each = Shape.of(rois.shape().size(0), 1, 1);
        Value start = g.reshape(rounded(g, g.mul(g.slice(rois, 1, column, column + 1), scale)), each);
        Value end = g.reshape(rounded(g, g.mul(g.slice(rois, 1, column + 2, column + 3), scale)), each);
        Value length = g.max(g.add(g.sub(end, start), 1), g.scalar(1, DataType.FLOAT32));
        Value part = g.div(length, g.scalar(parts, DataType.FLOAT32));
        Value number = g.add(new Iota(DataType.FLOAT32, Shape.of(1, parts, 1), 1));
        Value first = g.add(g.unary(UnaryFn.FLOOR, g.mul(number, part)), start);
        Value last = g.add(g.unary(UnaryFn.CEIL, g.mul(g.add(number, 1), part)), start);
        Value element = g.add(new Iota(DataType.FLOAT32, Shape.of(1, 1, size), 2));
        return g.binary(BinaryFn.AND, g.compare(CompareFn.GE, element, first), g.compare(CompareFn.LT, element, last));
    }

    /** Halves away from zero, as C does. */
    private static Value rounded(GraphBuilder g, Value x) {
        Value whole = g.unary(UnaryFn.FLOOR, g.add(g.unary(UnaryFn.ABS, x), 0.5));
        return g.mul(g.unary(UnaryFn.SIGN, x), whole);
    }

    private static Value largest(GraphBuilder g, Value taken, Value x, int axis) {
        return orZero(g, greatest(g, taken, x, axis));
    }

    private static Value greatest(GraphBuilder g, Value taken, Value x, int axis) {
        Value lowest = g.scalar(Double.NEGATIVE_INFINITY, x.spec().type());
        return g.reduce(ReduceFn.MAX, g.select(taken, x, lowest), List.of(axis), false);
    }

    private static Value orZero(GraphBuilder g, Value x) {
        DataType type = x.spec().type();
        return g.select(g.compare(CompareFn.EQ, x, Double.NEGATIVE_INFINITY), g.scalar(0, type), x);
    }
}
