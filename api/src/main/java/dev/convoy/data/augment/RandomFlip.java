package dev.convoy.data.augment;

import dev.convoy.data.augment.Pictures.Size;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;

/**
 * Turns half of the pictures over (Keras {@code RandomFlip}). With HORIZONTAL_AND_VERTICAL each direction has a draw of
 * its own, as in Keras 2 and as documented; Keras 3.15 makes both flips or none.
 *
 * @param mode HORIZONTAL_AND_VERTICAL by default, as in Keras
 */
public record RandomFlip(Mode mode) implements Augmentation {

    /** Which way pictures are turned. */
    public enum Mode {
        /** Left becomes right. */
        HORIZONTAL,
        /** Top becomes bottom. */
        VERTICAL,
        /** Both, independently. */
        HORIZONTAL_AND_VERTICAL
    }

    public static RandomFlip horizontal() {
        return new RandomFlip(Mode.HORIZONTAL);
    }

    public static RandomFlip vertical() {
        return new RandomFlip(Mode.VERTICAL);
    }

    public static RandomFlip horizontalAndVertical() {
        return new RandomFlip(Mode.HORIZONTAL_AND_VERTICAL);
    }

    @Override
    public Tensor apply(Tensor picture, SplitMix64 random) {
        Size size = Pictures.size("RandomFlip", picture);
        boolean horizontal = mode != Mode.VERTICAL && random.uniform(0) < 0.5;
        boolean vertical = mode != Mode.HORIZONTAL && random.uniform(1) < 0.5;
        return horizontal || vertical ? flipped(picture, size, horizontal, vertical) : picture;
    }

    private static Tensor flipped(Tensor picture, Size size, boolean horizontal, boolean vertical) {
        float[] from = picture.floats();
        float[] to = new float[from.length];
        int channels = size.channels();
        for (int y = 0; y < size.height(); y++) {
            int row = (vertical ? size.height() - 1 - y : y) * size.width();
            for (int x = 0; x < size.width(); x++) {
                int column = horizontal ? size.width() - 1 - x : x;
                System.arraycopy(from, (row + column) * channels, to, (y * size.width() + x) * channels, channels);
            }
        }
        return Tensor.wrap(picture.spec(), to);
    }
}
