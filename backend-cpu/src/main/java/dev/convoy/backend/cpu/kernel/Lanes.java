package dev.convoy.backend.cpu.kernel;

import dev.convoy.tensor.Shape;

/**
 * An array seen along one axis: element i of lane {@code (o, j)} is at {@code (o * length + i) * inner + j}.
 *
 * @param outer product of the axes before
 * @param length size of the axis
 * @param inner product of the axes behind
 */
record Lanes(int outer, int length, int inner) {

    static Lanes of(Shape shape, int axis) {
        return new Lanes(
                Math.toIntExact(shape.slice(0, axis).elements()),
                shape.size(axis),
                Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements()));
    }

    /** The number of lanes. */
    int count() {
        return outer * inner;
    }

    /** Position of the first element of a lane in an array whose axis has {@code size} elements. */
    int start(int lane, int size) {
        return lane / inner * size * inner + lane % inner;
    }

    /** Lanes that are worth a thread's while. */
    int grain() {
        return Math.max(1, (1 << 14) / Math.max(1, length));
    }
}
