package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.operators.Sampler.Mode;
import dev.convoy.importers.onnx.internal.operators.Sampler.Outside;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that take images at places which are data. */
final class Sampling {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("GridSample", Sampling::gridSample).inputs("X", "grid"),
            OnnxOperator.one("AffineGrid", Sampling::affineGrid)
                    .inputs("theta", "size")
                    .known("size"),
            OnnxOperator.one("DeformConv", Sampling::deformConv)
                    .inputs("X", "W", "offset", "B", "mask")
                    .weights("W", "B"));

    /** Of the places of a grid: 2800 by 2800. */
    private static final long MOST_COORDINATES = 25_000_000;

    private Sampling() {}

    /** The grid {@code [n, places…, axes]} names the last axis first, from -1 to 1. */
    private static Value gridSample(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value grid = g.cast(s.stored(1), DataType.FLOAT32);
        boolean alignCorners = s.flag("align_corners", false);
        Sampler sampler = new Sampler(g, g.cast(x, DataType.FLOAT32), mode(s), outside(s), alignCorners);
        List<Integer> sizes = Windows.spatial(x.shape());
        int rank = sizes.size();
        Shape shape = grid.shape();
        if (shape.rank() != rank + 2 || shape.size(rank + 1) != rank) {
            throw s.refuse("the grid has " + rank + " numbers for each place, got " + shape + " for " + x.shape(), "");
        }
        Shape flat = shape.slice(0, 1).concat(Shape.of(places(shape, 1, rank + 1)));
        List<Value> coordinates = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int size = sizes.get(axis);
            int number = rank - 1 - axis;
            Value fraction = g.reshape(g.slice(grid, rank + 1, number, number + 1), flat);
            Value fromStart = g.mul(g.add(fraction, 1), 0.5);
            coordinates.add(alignCorners ? g.mul(fromStart, size - 1.0) : g.add(g.mul(fromStart, size), -0.5));
        }
        Value y = Places.channelsFirst(g, sampler.at(coordinates), sizes(shape, 1, rank + 1));
        return g.cast(y, x.spec().type());
    }

    private static Mode mode(NodeScope s) {
        String mode = s.text("mode", "linear");
        return switch (mode) {
            case "nearest" -> Mode.NEAREST;
            case "linear", "bilinear" -> Mode.LINEAR;
            case "cubic", "bicubic" -> Mode.CUBIC;
            default -> throw s.refuse("the mode " + mode + " does not exist", "");
        };
    }

    private static Outside outside(NodeScope s) {
        String mode = s.text("padding_mode", "zeros");
        return switch (mode) {
            case "zeros" -> Outside.ZEROS;
            case "border" -> Outside.BORDER;
            case "reflection" -> Outside.REFLECTION;
            default -> throw s.refuse("the padding_mode " + mode + " does not exist", "");
        };
    }

    private static int places(Shape shape, int start, int end) {
        return Math.toIntExact(shape.slice(start, end).elements());
    }

    private static List<Integer> sizes(Shape shape, int start, int end) {
        return Arrays.stream(shape.slice(start, end).sizes()).boxed().toList();
    }

    /** For each place of an image its coordinates, last axis first, from -1 to 1, and {@code theta} times these and a one. */
    private static Value affineGrid(NodeScope s) {
        GraphBuilder g = s.graph();
        Value theta = s.operand(0);
        List<Integer> size = s.known(1).ints();
        boolean alignCorners = s.flag("align_corners", false);
        List<Integer> sizes = size.subList(2, size.size());
        int rank = sizes.size();
        int places = sizes.stream().reduce(1, Math::multiplyExact);
        if ((long) places * (rank + 1) > MOST_COORDINATES) {
            throw s.refuse("a grid of " + sizes + " places takes too much memory", "");
        }
        float[] base = new float[places * (rank + 1)];
        for (int place = 0; place < places; place++) {
            int rest = place;
            for (int axis = rank - 1; axis >= 0; axis--) {
                base[place * (rank + 1) + rank - 1 - axis] =
                        (float) coordinate(rest % sizes.get(axis), sizes.get(axis), alignCorners);
                rest /= sizes.get(axis);
            }
            base[place * (rank + 1) + rank] = 1;
        }
        Value grid = g.add(new MatMul(false, true), g.constant(Tensor.of(base, places, rank + 1)), theta);
        Shape shape = theta.shape().slice(0, 1).concat(Shape.of(sizes)).concat(Shape.of(rank));
        return g.reshape(grid, shape);
    }

    private static double coordinate(int index, int size, boolean alignCorners) {
        if (alignCorners) {
            return size == 1 ? 0 : 2.0 * index / (size - 1) - 1;
        }
        return (2 * index + 1.0) / size - 1;
    }

    /** A convolution whose windows have their elements moved, each by an offset of its own (Dai et al., 2017). */
    private static Value deformConv(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value kernel = s.operand(1);
        s.ignore("kernel_shape");
        int groups = s.number("group", 1);
        int moving = s.number("offset_group", 1);
        Window window = Windows.of(s, x.shape(), Windows.spatial(kernel.shape()));
        int batch = x.shape().size(0);
        int channels = x.shape().size(1);
        int rank = window.rank();
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            sizes.add(window.outputSize(axis, x.shape().size(axis + 2), false));
        }
        int places = sizes.stream().reduce(1, Math::multiplyExact);
        int elements = window.elements();
        Value offsets = g.reshape(s.operand(2), Shape.of(batch * moving, elements, rank, places));
        List<Value> coordinates = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Value offset = g.reshape(g.slice(offsets, 2, axis, axis + 1), Shape.of(batch * moving, elements * places));
            coordinates.add(g.add(offset, g.constant(unmoved(window, sizes, axis))));
        }
        Value images = g.reshape(
                x,
                Shape.of(batch * moving, channels / moving)
                        .concat(x.shape().slice(2, x.shape().rank())));
        Value columns = new Sampler(g, images, Mode.LINEAR, Outside.ZEROS, false).at(coordinates);
        Value masked = s.has(4)
                ? g.mul(columns, g.reshape(s.operand(4), Shape.of(batch * moving, elements * places, 1)))
                : columns;
        int depth = channels / groups * elements;
        Value grouped = g.reshape(g.transpose(masked, List.of(0, 2, 1)), Shape.of(batch, groups, depth, places));
        int filters = kernel.shape().size(0);
        Value weights = g.reshape(kernel, Shape.of(groups, filters / groups, depth));
        Value y = g.reshape(g.matMul(weights, grouped), Shape.of(batch, filters).concat(Shape.of(sizes)));
        return s.has(3) ? g.add(y, Convolutions.perChannel(g, s.operand(3), y)) : y;
    }

    /** Where the elements of the windows stand along an axis without offsets: {@code [elements · places]}. */
    private static Tensor unmoved(Window window, List<Integer> sizes, int axis) {
        int places = sizes.stream().reduce(1, Math::multiplyExact);
        long size = (long) window.elements() * places;
        if (size > MOST_COORDINATES) {
            throw new NodeProblem("its windows have " + size + " places, which takes too much memory", "");
        }
        float[] coordinates = new float[Math.toIntExact(size)];
        for (int i = 0; i < coordinates.length; i++) {
            int element = digit(i / places, window.size(), axis);
            int place = digit(i % places, sizes, axis);
            coordinates[i] = (float) (place * window.strides().get(axis)
                    - window.padsBegin().get(axis)
                    + element * window.dilations().get(axis));
        }
        return Tensor.of(coordinates, coordinates.length);
    }

    /** The position along an axis of an element with this number in row-major order. */
    private static int digit(int number, List<Integer> sizes, int axis) {
        int inner = sizes.subList(axis + 1, sizes.size()).stream().reduce(1, Math::multiplyExact);
        return number / inner % sizes.get(axis);
    }
}
