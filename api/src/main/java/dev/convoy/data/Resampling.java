package dev.convoy.data;

/**
 * The filters of Pillow's {@code Image.resize}. All but {@link #NEAREST} widen with the scale when an image shrinks, so
 * that every source pixel counts (antialiasing).
 */
public enum Resampling implements ResizeMethod {
    /** The source pixel under the centre of each target pixel. */
    NEAREST(0) {
        @Override
        double weight(double distance) {
            throw new IllegalStateException("NEAREST copies pixels, it weighs none");
        }
    },
    /** The mean of the source pixels under each target pixel. */
    BOX(0.5) {
        @Override
        double weight(double distance) {
            return distance > -0.5 && distance <= 0.5 ? 1 : 0;
        }
    },
    /** A triangle of radius 1. */
    BILINEAR(1) {
        @Override
        double weight(double distance) {
            return Math.max(0, 1 - Math.abs(distance));
        }
    },
    /** A sinc of radius 1 under a Hamming window: as sharp as {@link #BICUBIC}, at the price of {@link #BILINEAR}. */
    HAMMING(1) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x >= 1) {
                return 0;
            }
            return sinc(x) * (0.54f + 0.46f * StrictMath.cos(x * Math.PI));
        }
    },
    /** Keys' cubic convolution with a = -0.5. */
    BICUBIC(2) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
        }
    },
    /** A sinc of radius 3 under a sinc window. */
    LANCZOS(3) {
        @Override
        double weight(double distance) {
            return distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        }
    };

    private static final double CUBIC_A = -0.5;

    private final double radius;

    Resampling(double radius) {
        this.radius = radius;
    }

    /** Half the width of the filter, in source pixels when enlarging. */
    double radius() {
        return radius;
    }

    /** The filter's value at a distance from its centre. */
    abstract double weight(double distance);

    private static double sinc(double x) {
        if (x == 0) {
            return 1;
        }
        double angle = x * Math.PI;
        return StrictMath.sin(angle) / angle;
    }
}
