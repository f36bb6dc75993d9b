package dev.convoy.graph.composite;

/**
 * How {@link Resize} finds a value between elements; the methods of {@code tf.image.resize}. Element i stands at
 * {@code i + 1/2} (half-pixel centres). All but NEAREST and AREA weigh the elements by a kernel of their distance,
 * and divide by the sum of the weights.
 */
public enum Interpolation {
    /** The element whose half-open interval holds the place. */
    NEAREST(0, true),
    /** {@code 1 - |d|}. */
    BILINEAR(1, true) {
        @Override
        double kernel(double d) {
            return Math.max(1 - d, 0);
        }
    },
    /** The cubic of Keys (1981) with {@code a = -1/2}. */
    BICUBIC(2, true) {
        @Override
        double kernel(double d) {
            return cubic(d, 0, 0.5);
        }
    },
    /** The mean over the interval that the new element covers. */
    AREA(0, true),
    /** {@code sinc(d) · sinc(d / 3)}. */
    LANCZOS3(3, true) {
        @Override
        double kernel(double d) {
            return sinc(d) * sinc(d / 3);
        }
    },
    /** {@code sinc(d) · sinc(d / 5)}. */
    LANCZOS5(5, true) {
        @Override
        double kernel(double d) {
            return sinc(d) * sinc(d / 5);
        }
    },
    /** {@code exp(-2 d²)} up to 1.5: a standard deviation of 1/2. */
    GAUSSIAN(1.5, false) {
        @Override
        double kernel(double d) {
            return Math.exp(-2 * d * d);
        }
    },
    /** The cubic of Mitchell and Netravali (1988) with {@code B = C = 1/3}. */
    MITCHELLCUBIC(2, false) {
        @Override
        double kernel(double d) {
            return cubic(d, 1 / 3.0, 1 / 3.0);
        }
    };

    private final double radius;
    private final boolean interpolating;

    Interpolation(double radius, boolean interpolating) {
        this.radius = radius;
        this.interpolating = interpolating;
    }

    /** The distance from which on an element has no weight; 0 for NEAREST and AREA, which have no kernel. */
    double radius() {
        return radius;
    }

    /** Whether a resize to the same size changes nothing. */
    boolean isInterpolating() {
        return interpolating;
    }

    /**
     * The weight of an element.
     *
     * @param distance at least 0, less than the radius
     */
    double kernel(double distance) {
        throw new IllegalStateException(this + " has no kernel");
    }

    /** The family of cubics of Mitchell and Netravali. */
    private static double cubic(double d, double b, double c) {
        if (d < 1) {
            return ((12 - 9 * b - 6 * c) * d * d * d + (-18 + 12 * b + 6 * c) * d * d + (6 - 2 * b)) / 6;
        }
        return ((-b - 6 * c) * d * d * d + (6 * b + 30 * c) * d * d + (-12 * b - 48 * c) * d + (8 * b + 24 * c)) / 6;
    }

    private static double sinc(double d) {
        double x = Math.PI * d;
        return x == 0 ? 1 : Math.sin(x) / x;
    }
}
