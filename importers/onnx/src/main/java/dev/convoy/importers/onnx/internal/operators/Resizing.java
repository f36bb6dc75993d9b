package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Resampling;
import dev.convoy.graph.composite.Resampling.Alignment;
import dev.convoy.graph.composite.Resampling.Coordinates;
import dev.convoy.graph.composite.Resampling.CropAndResize;
import dev.convoy.graph.composite.Resampling.Kernel;
import dev.convoy.graph.composite.Resampling.Rounding;
import dev.convoy.graph.composite.Resize;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Images in other sizes. */
final class Resizing {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("Resize", Resizing::resize)
                    .inputs("X", "roi", "scales", "sizes")
                    .known("roi", "scales", "sizes"),
            OnnxOperator.one("Upsample", Resizing::upsample)
                    .inputs("X", "scales")
                    .known("scales"));

    private static final Kernel FLOOR = new Kernel.Nearest(Rounding.FLOOR);

    private static final Kernel CEIL = new Kernel.Nearest(Rounding.CEIL);

    private static final Kernel LINEAR = new Kernel.Linear(false, false);

    /** Of one axis: 5000 elements to 5000. */
    private static final long MOST_WEIGHTS = 25_000_000;

    private Resizing() {}

    /** Before version 11: scales behind the data, and the rules of Upsample. */
    private static Value resize(NodeScope s) {
        if (s.opset() < 11) {
            return scaled(s, s.known(1).reals());
        }
        Shape shape = s.stored(0).shape();
        List<Integer> axes = s
                .ints("axes", IntStream.range(0, shape.rank()).boxed().toList())
                .stream()
                .map(shape::axis)
                .toList();
        String policy = s.text("keep_aspect_ratio_policy", "stretch");
        Optional<Known> scales = given(s, 2);
        Optional<Known> sizes = given(s, 3);
        List<ResizedAxis> resized;
        if (scales.isPresent()) {
            resized = ResizedAxis.ofScales(s, axes, scales.get().reals());
        } else if (sizes.isPresent()) {
            resized = ResizedAxis.ofSizes(s, axes, sizes.get(), policy);
        } else {
            throw s.refuse("it has neither scales nor sizes", "");
        }
        return written(s, s.stored(0), kernel(s), s.text("coordinate_transformation_mode", "half_pixel"), resized);
    }

    /** An operand; empty also if it has no elements, as exporters write what is left out. */
    private static Optional<Known> given(NodeScope s, int operand) {
        return s.has(operand) ? Optional.of(s.known(operand)).filter(k -> k.size() > 0) : Optional.empty();
    }

    private static Value upsample(NodeScope s) {
        if (s.opset() < 7) {
            return scaled(s, List.of(1.0, 1.0, s.real("height_scale", 1), s.real("width_scale", 1)));
        }
        return scaled(
                s, s.opset() < 9 ? s.reals("scales", List.of()) : s.known(1).reals());
    }

    /**
     * Upsample, and Resize before version 11: an element stands at {@code i / scale}. What is nearest to it ONNX leaves open; its
     * tests and ONNX Runtime take the next element along an axis that shrinks, else the one before.
     */
    private static Value scaled(NodeScope s, List<Double> scales) {
        String mode = s.text("mode", "nearest");
        List<Integer> axes =
                IntStream.range(0, s.stored(0).shape().rank()).boxed().toList();
        List<ResizedAxis> resized = ResizedAxis.ofScales(s, axes, scales);
        Value x = s.stored(0);
        return switch (mode) {
            case "nearest" -> {
                Map<Boolean, List<ResizedAxis>> shrinking =
                        resized.stream().collect(Collectors.partitioningBy(a -> a.scale() < 1));
                Value shrunk = written(s, x, CEIL, "asymmetric", shrinking.getOrDefault(true, List.of()));
                yield written(s, shrunk, FLOOR, "asymmetric", shrinking.getOrDefault(false, List.of()));
            }
            case "linear", "bilinear" -> written(s, x, LINEAR, "asymmetric", resized);
            default -> throw s.refuse("the mode " + mode + " does not exist", "");
        };
    }

    /** Nearest elements are taken as they are; all else is computed with real numbers. */
    private static Value written(NodeScope s, Value x, Kernel kernel, String mode, List<ResizedAxis> axes) {
        GraphBuilder g = s.graph();
        DataType type = x.spec().type();
        double outside = s.real("extrapolation_value", 0);
        List<ResizedAxis> moving = (mode.equals("tf_crop_and_resize") ? ResizedAxis.ofRegion(s, axes) : axes)
                .stream().filter(a -> a.isMoving(x.shape())).toList();
        Coordinates coordinates = coordinates(s, mode, moving, outside);
        if (moving.isEmpty()) {
            return x;
        }
        moving.forEach(axis -> checkSize(s, x.shape().size(axis.axis()), axis.size()));
        Resize op = new Resize(
                moving.stream().map(ResizedAxis::axis).toList(),
                moving.stream().map(ResizedAxis::size).toList(),
                new Resampling.Onnx(
                        kernel,
                        coordinates,
                        moving.stream().map(ResizedAxis::scale).toList()));
        boolean choosesElements = kernel instanceof Kernel.Nearest && coordinates instanceof Alignment;
        return choosesElements ? g.add(op, x) : g.cast(g.add(op, g.cast(x, DataType.FLOAT32)), type);
    }

    /** An axis is resized by a matrix of its old and its new size. */
    private static void checkSize(NodeScope s, int from, int to) {
        if ((long) from * to > MOST_WEIGHTS) {
            throw s.refuse(
                    "an axis of " + from + " elements is resized to " + to + ", which takes too much memory", "");
        }
    }

    private static Coordinates coordinates(NodeScope s, String mode, List<ResizedAxis> axes, double outside) {
        return switch (mode) {
            case "half_pixel" -> Alignment.HALF_PIXEL;
            case "half_pixel_symmetric" -> Alignment.HALF_PIXEL_SYMMETRIC;
            case "pytorch_half_pixel" -> Alignment.PYTORCH_HALF_PIXEL;
            case "align_corners" -> Alignment.ALIGN_CORNERS;
            case "asymmetric" -> Alignment.ASYMMETRIC;
            case "tf_half_pixel_for_nn" -> Alignment.TF_HALF_PIXEL_FOR_NN;
            case "tf_crop_and_resize" ->
                new CropAndResize(
                        axes.stream().map(ResizedAxis::start).toList(),
                        axes.stream().map(ResizedAxis::end).toList(),
                        outside);
            default -> throw s.refuse("the coordinate_transformation_mode " + mode + " does not exist", "");
        };
    }

    private static Kernel kernel(NodeScope s) {
        boolean antialias = s.flag("antialias", false);
        boolean excludeOutside = s.flag("exclude_outside", false);
        double coefficient = s.real("cubic_coeff_a", -0.75);
        String rounding = s.text("nearest_mode", "round_prefer_floor");
        String mode = s.text("mode", "nearest");
        return switch (mode) {
            case "nearest" -> new Kernel.Nearest(rounding(s, rounding));
            case "linear" -> new Kernel.Linear(antialias, excludeOutside);
            case "cubic" -> new Kernel.Cubic(coefficient, antialias, excludeOutside);
            default -> throw s.refuse("the mode " + mode + " does not exist", "");
        };
    }

    private static Rounding rounding(NodeScope s, String name) {
        return switch (name) {
            case "round_prefer_floor" -> Rounding.ROUND_PREFER_FLOOR;
            case "round_prefer_ceil" -> Rounding.ROUND_PREFER_CEIL;
            case "floor" -> Rounding.FLOOR;
            case "ceil" -> Rounding.CEIL;
            default -> throw s.refuse("the nearest_mode " + name + " does not exist", "");
        };
    }
}
