package dev.convoy.backend.cpu.kernel;

import java.util.List;

/** Goes through the positions of some axes in row-major order, and tells the sum of their offsets. Used by one thread. */
final class OffsetWalk {

    private final List<OffsetAxis> axes;
    private final int[] positions;
    private int offset;

    /**
     * Starts at a position.
     *
     * @param number of the position in row-major order
     */
    OffsetWalk(List<OffsetAxis> axes, int number) {
        this.axes = axes;
        positions = new int[axes.size()];
        int rest = number;
        for (int axis = positions.length - 1; axis >= 0; axis--) {
            int length = axes.get(axis).length();
            positions[axis] = rest % length;
            rest /= length;
            offset += axes.get(axis).at(positions[axis]);
        }
    }

    int offset() {
        return offset;
    }

    /** Moves to the next position; after the last one comes the first. */
    void advance() {
        for (int i = positions.length - 1; i >= 0; i--) {
            OffsetAxis axis = axes.get(i);
            int before = positions[i];
            boolean turn = before + 1 == axis.length();
            positions[i] = turn ? 0 : before + 1;
            offset += axis.at(positions[i]) - axis.at(before);
            if (!turn) {
                return;
            }
        }
    }
}
