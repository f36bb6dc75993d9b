package dev.convoy.data;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;

/**
 * Resizes float32 images {@code [n, h, w, c]} as Keras' {@code keras.ops.image.resize} and {@code Resizing} do on
 * TensorFlow. For 8-bit {@link Image}s, resized as Pillow does, see {@link Image#resize}.
 */
public final class TensorResize {

    private TensorResize() {}

    /**
     * Stretches images to a size.
     *
     * @param images float32 {@code [n, h, w, c]}
     * @param antialias false is Keras' default
     * @return float32 {@code [n, height, width, c]}
     * @throws IllegalArgumentException if the images are not of this form, or a size is not positive
     */
    public static Tensor resize(Tensor images, int height, int width, Interpolation interpolation, boolean antialias) {
        int[] sizes = sizes(images);
        int n = sizes[0];
        int channels = sizes[3];
        float[] rows = AxisWeights.of(interpolation, sizes[1], height, antialias)
                .apply(images.floats(), n, Math.multiplyExact(sizes[2], channels));
        float[] pixels = AxisWeights.of(interpolation, sizes[2], width, antialias)
                .apply(rows, Math.multiplyExact(n, height), channels);
        return Tensor.wrap(TensorSpec.of(DataType.FLOAT32, n, height, width, channels), pixels);
    }

    /**
     * Cuts out the largest centred window with the aspect ratio of a target: what {@code crop_to_aspect_ratio=True} does
     * before it resizes.
     *
     * @param images float32 {@code [n, h, w, c]}
     */
    public static Tensor cropToAspectRatio(Tensor images, int targetHeight, int targetWidth) {
        int[] sizes = sizes(images);
        int height = Math.clamp(scaled(sizes[2], targetHeight, targetWidth), 1, sizes[1]);
        int width = Math.clamp(scaled(sizes[1], targetWidth, targetHeight), 1, sizes[2]);
        int top = (sizes[1] - height) / 2;
        int left = (sizes[2] - width) / 2;
        return window(images, -top, -left, height, width, 0);
    }

    /**
     * Adds equal borders on two sides so that the images have about the aspect ratio of a target: what
     * {@code pad_to_aspect_ratio=True} does before it resizes. As in Keras, an odd pixel is not added.
     *
     * @param images float32 {@code [n, h, w, c]}
     * @param fillValue Keras' {@code fill_value}
     */
    public static Tensor padToAspectRatio(Tensor images, int targetHeight, int targetWidth, float fillValue) {
        int[] sizes = sizes(images);
        int top = Math.max(scaled(sizes[2], targetHeight, targetWidth) - sizes[1], 0) / 2;
        int left = Math.max(scaled(sizes[1], targetWidth, targetHeight) - sizes[2], 0) / 2;
        return window(images, top, left, sizes[1] + 2 * top, sizes[2] + 2 * left, fillValue);
    }

    /** Keras computes this in single precision. */
    private static int scaled(int size, int multiplier, int divisor) {
        return (int) ((float) Math.multiplyExact(size, multiplier) / divisor);
    }

    /** The images placed at a row and column, which may be negative, of a canvas. */
    private static Tensor window(Tensor images, int top, int left, int height, int width, float fill) {
        int[] sizes = sizes(images);
        int channels = sizes[3];
        TensorSpec spec = TensorSpec.of(DataType.FLOAT32, sizes[0], height, width, channels);
        float[] target = new float[Math.toIntExact(spec.shape().elements())];
        Arrays.fill(target, fill);
        int fromColumn = Math.max(-left, 0);
        int columns = Math.min(sizes[2] - fromColumn, width - Math.max(left, 0));
        for (int n = 0; n < sizes[0]; n++) {
            for (int y = Math.max(-top, 0); y < Math.min(sizes[1], height - top); y++) {
                int source = ((n * sizes[1] + y) * sizes[2] + fromColumn) * channels;
                int to = ((n * height + y + top) * width + Math.max(left, 0)) * channels;
                System.arraycopy(images.floats(), source, target, to, columns * channels);
            }
        }
        return Tensor.wrap(spec, target);
    }

    private static int[] sizes(Tensor images) {
        if (images.type() != DataType.FLOAT32 || images.shape().rank() != 4) {
            throw new IllegalArgumentException("Images are float32 [n, h, w, c], got " + images.spec());
        }
        return images.shape().sizes();
    }
}
