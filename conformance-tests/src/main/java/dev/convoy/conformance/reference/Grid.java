package dev.convoy.conformance.reference;

import dev.convoy.tensor.Shape;
import java.util.List;

/** Walks over the coordinates of a shape in row-major order, and turns coordinates into positions. */
final class Grid {

    private Grid() {}

    @FunctionalInterface
    interface Visitor {
        /**
         * @param at the coordinate; changes after the call
         * @param index its number in row-major order
         */
        void visit(int[] at, int index);
    }

    @FunctionalInterface
    interface Source {
        int position(int[] at);
    }

    static void forEach(int[] sizes, Visitor visitor) {
        for (int size : sizes) {
            if (size == 0) {
                return;
            }
        }
        int[] at = new int[sizes.length];
        int index = 0;
        int axis;
        do {
            visitor.visit(at, index++);
            axis = sizes.length - 1;
            while (axis >= 0 && ++at[axis] == sizes[axis]) {
                at[axis--] = 0;
            }
        } while (axis >= 0);
    }

    /** For each coordinate of {@code shape} a position, as {@code source} gives it. */
    static int[] positions(Shape shape, Source source) {
        int[] positions = new int[Math.toIntExact(shape.elements())];
        forEach(shape.sizes(), (at, i) -> positions[i] = source.position(at));
        return positions;
    }

    static int position(int[] strides, int[] at) {
        int position = 0;
        for (int axis = 0; axis < at.length; axis++) {
            position += strides[axis] * at[axis];
        }
        return position;
    }

    /** For each coordinate of {@code target}, the position in {@code source} that broadcasts to it. */
    static int[] broadcast(Shape source, Shape target) {
        int[] strides = source.strides();
        int missing = target.rank() - source.rank();
        return positions(target, at -> {
            int position = 0;
            for (int axis = 0; axis < source.rank(); axis++) {
                position += source.size(axis) == 1 ? 0 : strides[axis] * at[missing + axis];
            }
            return position;
        });
    }

    /** For each coordinate of {@code source}, the position in the shape where {@code axes} have size 1. */
    static int[] collapsed(Shape source, List<Integer> axes) {
        Shape target = source;
        for (int axis : axes) {
            target = target.with(axis, 1);
        }
        int[] strides = target.strides();
        return positions(source, at -> {
            int position = 0;
            for (int axis = 0; axis < at.length; axis++) {
                position += axes.contains(axis) ? 0 : strides[axis] * at[axis];
            }
            return position;
        });
    }

    /** The positions of each line along an axis; lines in row-major order of the other axes. */
    static int[][] lines(Shape shape, int axis) {
        int length = shape.size(axis);
        int stride = shape.strides()[axis];
        int[] starts = positions(shape.with(axis, 1), at -> position(shape.strides(), at));
        int[][] lines = new int[starts.length][length];
        for (int line = 0; line < starts.length; line++) {
            for (int i = 0; i < length; i++) {
                lines[line][i] = starts[line] + i * stride;
            }
        }
        return lines;
    }
}
