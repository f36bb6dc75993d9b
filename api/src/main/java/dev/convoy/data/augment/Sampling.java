package dev.convoy.data.augment;

import dev.convoy.data.Interpolation;

/**
 * How moved pictures are read between their pixels and beyond their edges.
 *
 * @param fillMode REFLECT by default
 * @param interpolation BILINEAR, the default, or NEAREST
 * @param fillValue what lies beyond the edges with CONSTANT; 0 by default
 */
public record Sampling(FillMode fillMode, Interpolation interpolation, double fillValue) {

    /** Reflected at the edges, bilinear. */
    public static final Sampling DEFAULT = new Sampling(FillMode.REFLECT, Interpolation.BILINEAR, 0);

    /**
     * @throws IllegalArgumentException if the interpolation is another
     */
    public Sampling {
        if (interpolation != Interpolation.BILINEAR && interpolation != Interpolation.NEAREST) {
            throw new IllegalArgumentException(
                    "Sampling: pictures are moved with BILINEAR or NEAREST interpolation, got " + interpolation);
        }
    }

    public Sampling fillMode(FillMode value) {
        return new Sampling(value, interpolation, fillValue);
    }

    public Sampling interpolation(Interpolation value) {
        return new Sampling(fillMode, value, fillValue);
    }

    public Sampling fillValue(double value) {
        return new Sampling(fillMode, interpolation, value);
    }
}
