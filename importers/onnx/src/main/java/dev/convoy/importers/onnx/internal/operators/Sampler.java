package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Images between their elements, by the rules of ONNX 20 GridSample. A place outside is first moved as its padding says, then
 * each neighbour that is outside; PyTorch moves neighbours alone, which makes a difference for cubics at the edge.
 */
final class Sampler {

    /** What is made of the elements around a place. */
    enum Mode {
        NEAREST,
        LINEAR,
        /** The cubic of Keys (1981) with {@code a = -3/4}. */
        CUBIC
    }

    /** What stands outside. */
    enum Outside {
        ZEROS,
        BORDER,
        REFLECTION
    }

    private static final double CUBIC = -0.75;

    /**
     * An element that takes part along an axis.
     *
     * @param weight empty if it is 1
     */
    private record Neighbour(Value place, Optional<Value> weight) {}

    private final GraphBuilder g;
    private final Places places;
    private final Mode mode;
    private final Outside outside;
    private final boolean alignCorners;

    /**
     * @param images {@code [n, c, s…]}
     * @param alignCorners whether an image ends at the middle of its last elements; they are reflected there
     */
    Sampler(GraphBuilder g, Value images, Mode mode, Outside outside, boolean alignCorners) {
        this.g = g;
        this.places = new Places(g, images);
        this.mode = mode;
        this.outside = outside;
        this.alignCorners = alignCorners;
    }

    /** Every image at places of its own, {@code [n, p]} for each spatial axis, as {@code [n, p, c]}. */
    Value at(List<Value> coordinates) {
        Shape shape = coordinates.getFirst().shape();
        Value image = g.add(new Iota(DataType.INT64, Shape.of(shape.size(0), 1), 0));
        List<List<Neighbour>> corners = List.of(List.of());
        for (int axis = 0; axis < coordinates.size(); axis++) {
            List<List<Neighbour>> longer = new ArrayList<>();
            for (Neighbour neighbour :
                    neighbours(coordinates.get(axis), places.sizes().get(axis))) {
                for (List<Neighbour> corner : corners) {
                    List<Neighbour> one = new ArrayList<>(corner);
                    one.add(neighbour);
                    longer.add(one);
                }
            }
            corners = longer;
        }
        return corners.stream()
                .map(corner -> weighted(image, corner))
                .reduce(g::add)
                .orElseThrow();
    }

    private Value weighted(Value image, List<Neighbour> corner) {
        Value element = places.at(image, corner.stream().map(Neighbour::place).toList());
        return corner.stream()
                .flatMap(n -> n.weight().stream())
                .reduce(g::mul)
                .map(w -> g.mul(element, g.reshape(w, w.shape().concat(Shape.of(1)))))
                .orElse(element);
    }

    private List<Neighbour> neighbours(Value coordinate, int size) {
        return switch (mode) {
            case NEAREST -> {
                Value place = moved(g.unary(UnaryFn.ROUND, coordinate), size);
                yield List.of(neighbour(place, Optional.empty(), size));
            }
            case LINEAR -> {
                Value place = moved(coordinate, size);
                Value first = g.unary(UnaryFn.FLOOR, place);
                Value rest = g.sub(place, first);
                yield List.of(
                        neighbour(first, Optional.of(g.add(g.unary(UnaryFn.NEG, rest), 1)), size),
                        neighbour(g.add(first, 1), Optional.of(rest), size));
            }
            case CUBIC -> {
                Value place = moved(coordinate, size);
                Value first = g.unary(UnaryFn.FLOOR, place);
                Value rest = g.sub(place, first);
                Value other = g.add(g.unary(UnaryFn.NEG, rest), 1);
                yield List.of(
                        neighbour(g.add(first, -1), Optional.of(far(g.add(rest, 1))), size),
                        neighbour(first, Optional.of(near(rest)), size),
                        neighbour(g.add(first, 1), Optional.of(near(other)), size),
                        neighbour(g.add(first, 2), Optional.of(far(g.add(other, 1))), size));
            }
        };
    }

    /** {@code ((a + 2) d - (a + 3)) d² + 1}, for distances up to 1. */
    private Value near(Value d) {
        Value cubic = g.add(g.mul(d, CUBIC + 2), -(CUBIC + 3));
        return g.add(g.mul(g.mul(cubic, d), d), 1);
    }

    /** {@code ((a d - 5 a) d + 8 a) d - 4 a}, for distances from 1 to 2. */
    private Value far(Value d) {
        Value square = g.add(g.mul(g.add(g.mul(d, CUBIC), -5 * CUBIC), d), 8 * CUBIC);
        return g.add(g.mul(square, d), -4 * CUBIC);
    }

    private Value moved(Value place, int size) {
        return switch (outside) {
            case ZEROS -> place;
            case BORDER -> {
                double edge = alignCorners ? 0 : 0.5;
                Value isOutside = g.binary(
                        BinaryFn.OR,
                        g.compare(CompareFn.LT, place, -edge),
                        g.compare(CompareFn.GT, place, size - 1 + edge));
                yield g.select(isOutside, Places.clamped(g, place, 0, size - 1.0), place);
            }
            case REFLECTION -> reflected(place, size);
        };
    }

    private Neighbour neighbour(Value place, Optional<Value> weight, int size) {
        return switch (outside) {
            case ZEROS -> {
                Value isInside = g.binary(
                        BinaryFn.AND, g.compare(CompareFn.GE, place, 0), g.compare(CompareFn.LE, place, size - 1.0));
                DataType type = place.spec().type();
                Value kept = weight.orElseGet(() -> g.scalar(1, type));
                yield new Neighbour(place, Optional.of(g.select(isInside, kept, g.scalar(0, type))));
            }
            case BORDER -> new Neighbour(place, weight);
            case REFLECTION -> new Neighbour(g.unary(UnaryFn.ROUND, reflected(place, size)), weight);
        };
    }

    /** Turned around at both ends of the image as often as it takes. */
    private Value reflected(Value place, int size) {
        double start = alignCorners ? 0 : -0.5;
        double length = alignCorners ? size - 1.0 : size;
        if (length == 0) {
            return Places.clamped(g, place, 0, 0);
        }
        Value way = g.binary(BinaryFn.REM, g.unary(UnaryFn.ABS, g.add(place, -start)), 2 * length);
        Value back = g.add(g.unary(UnaryFn.NEG, way), 2 * length);
        return g.add(g.min(way, back), start);
    }
}
