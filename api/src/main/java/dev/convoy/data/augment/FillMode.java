package dev.convoy.data.augment;

/**
 * Where a pixel beyond the edge is read, as {@code ImageProjectiveTransformV3} of TensorFlow does it, which Keras uses on
 * that backend.
 */
public enum FillMode {
    /** {@code d c b a | a b c d | d c b a}. */
    REFLECT,
    /** {@code a b c d | a b c d | a b c d}; nothing lies between the last pixel and the first. */
    WRAP,
    /** {@code k k k k | a b c d | k k k k}. */
    CONSTANT,
    /** {@code a a a a | a b c d | d d d d}. */
    NEAREST;

    /** The place of a coordinate on an axis: within it, except for CONSTANT. */
    float place(float x, int length) {
        return switch (this) {
            case CONSTANT -> x;
            case NEAREST -> Math.clamp(x, 0, length - 1);
            case REFLECT -> Math.clamp(reflected(x, length), 0, length - 1);
            case WRAP -> Math.clamp(wrapped(x, length), 0, length - 1);
        };
    }

    private static float reflected(float x, int length) {
        if (length == 1) {
            return 0;
        }
        int period = 2 * length;
        if (x < 0) {
            float near = period * (float) (long) (-x / period) + x;
            return near < -length ? near + period : -near - 1;
        }
        if (x > length - 1) {
            float near = x - period * (float) (long) (x / period);
            return near >= length ? period - near - 1 : near;
        }
        return x;
    }

    private static float wrapped(float x, int length) {
        if (length == 1) {
            return 0;
        }
        if (x < 0) {
            return x + length * (float) ((long) (-x / (length - 1)) + 1);
        }
        return x > length - 1 ? x - length * (float) (long) (x / (length - 1)) : x;
    }
}
