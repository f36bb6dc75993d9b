package dev.convoy.data;

/**
 * How Keras' {@code Resizing} layer and {@code tf.image.resize} compute pixels between pixels; centres of pixels lie at
 * half-integers. For {@code keras.utils.load_img} see {@link Resampling}: it resizes with Pillow.
 */
public enum Interpolation implements ResizeMethod {
    /** A triangle of radius 1. */
    BILINEAR(1),
    /** The nearest pixel; antialiasing makes no difference. */
    NEAREST(0),
    /** Keys' cubic convolution with a = -0.5; pixels beyond the border have no weight. */
    BICUBIC(2),
    /** The mean of the area under each target pixel; antialiasing makes no difference. */
    AREA(0.5f),
    /** A windowed sinc of radius 3. */
    LANCZOS3(3),
    /** A windowed sinc of radius 5. */
    LANCZOS5(5),
    /** A Gaussian of radius 1.5 and deviation 0.5. */
    GAUSSIAN(1.5f),
    /** Mitchell and Netravali's cubic with B = C = 1/3. */
    MITCHELLCUBIC(2);

    private final float radius;

    Interpolation(float radius) {
        this.radius = radius;
    }

    /** Half the width of the kernel, in source pixels when enlarging. */
    float radius() {
        return radius;
    }

    /** The kernel at a distance of 0 or more from its centre (TensorFlow's {@code sampling_kernels.h}). */
    float weight(float x) {
        return switch (this) {
            case NEAREST, AREA -> throw new IllegalStateException(this + " has no kernel");
            case BILINEAR -> Math.max(0, 1 - x);
            case BICUBIC -> {
                if (x >= 2) {
                    yield 0;
                }
                yield x >= 1 ? ((-0.5f * x + 2.5f) * x - 4) * x + 2 : (1.5f * x - 2.5f) * x * x + 1;
            }
            case LANCZOS3, LANCZOS5 -> lanczos(x);
            case GAUSSIAN -> x >= radius ? 0 : (float) StrictMath.exp(-2 * x * x);
            case MITCHELLCUBIC -> {
                if (x >= 2) {
                    yield 0;
                }
                yield x >= 1 ? ((-7f / 18 * x + 2) * x - 10f / 3) * x + 16f / 9 : (7f / 6 * x - 2) * x * x + 8f / 9;
            }
        };
    }

    private float lanczos(float x) {
        if (x > radius) {
            return 0;
        }
        if (x <= 1e-3f) {
            return 1;
        }
        double angle = Math.PI * x;
        return (float) (radius * StrictMath.sin(angle) * StrictMath.sin(angle / radius) / (angle * angle));
    }
}
