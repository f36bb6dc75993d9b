package dev.convoy.data;

/**
 * Resizes 8-bit pixels bit for bit as Pillow 12 does ({@code libImaging/Resample.c} and {@code Geometry.c}): one pass
 * along x, one along y, 8-bit pixels between them, coefficients in fixed point.
 */
final class PillowResize {

    private static final int PRECISION_BITS = 32 - 8 - 2;

    /** Pillow runs the vertical pass first for images taller than this many times their width. */
    private static final int TALL = 100;

    /**
     * The source pixels that each target pixel of one axis is made of.
     *
     * @param first index of the first source pixel, by target pixel
     * @param weights fixed-point weights of it and the ones that follow, by target pixel
     */
    private record Taps(int[] first, int[][] weights) {}

    private PillowResize() {}

    /**
     * @param box the part of the image that fills the target; within the image
     */
    static Image resize(Image image, int width, int height, Resampling resampling, Box box) {
        boolean whole = box.equals(Box.whole(image.width(), image.height()));
        if (whole && image.width() == width && image.height() == height) {
            return image;
        }
        if ((long) image.height() > (long) TALL * image.width() && height < image.height()) {
            Image flat = direct(
                    image, image.width(), height, resampling, new Box(0, box.top(), image.width(), box.bottom()));
            return direct(flat, width, height, resampling, new Box(box.left(), 0, box.right(), height));
        }
        return direct(image, width, height, resampling, box);
    }

    private static Image direct(Image image, int width, int height, Resampling resampling, Box box) {
        if (resampling == Resampling.NEAREST) {
            return nearest(image, width, height, box);
        }
        Image wide = image;
        if (image.width() != width || box.left() != 0 || box.right() != width) {
            wide = alongX(image, taps(image.width(), box.left(), box.right(), width, resampling));
        }
        if (image.height() != height || box.top() != 0 || box.bottom() != height) {
            return alongY(wide, taps(image.height(), box.top(), box.bottom(), height, resampling));
        }
        return wide;
    }

    private static Image nearest(Image image, int width, int height, Box box) {
        int[] columns = nearestIndices(image.width(), box.left(), box.right(), width);
        int[] rows = nearestIndices(image.height(), box.top(), box.bottom(), height);
        int channels = image.channels();
        byte[] source = image.pixels();
        byte[] target = Image.newPixels(width, height, channels);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (rows[y] * image.width() + columns[x]) * channels;
                System.arraycopy(source, from, target, (y * width + x) * channels, channels);
            }
        }
        return Image.wrap(width, height, channels, target);
    }

    /** The position is summed up step by step, as Pillow does: rounding errors are part of its result. */
    private static int[] nearestIndices(int inSize, float from, float to, int outSize) {
        double step = (double) (to - from) / outSize;
        double position = from + step * 0.5;
        int[] indices = new int[outSize];
        for (int i = 0; i < outSize; i++) {
            indices[i] = Math.min((int) position, inSize - 1);
            position += step;
        }
        return indices;
    }

    private static Taps taps(int inSize, float from, float to, int outSize, Resampling filter) {
        double scale = (double) (to - from) / outSize;
        double filterScale = Math.max(scale, 1);
        double support = filter.radius() * filterScale;
        double inverse = 1 / filterScale;
        int[] first = new int[outSize];
        int[][] weights = new int[outSize][];
        for (int i = 0; i < outSize; i++) {
            double centre = from + (i + 0.5) * scale;
            int start = Math.max((int) (centre - support + 0.5), 0);
            int end = Math.min((int) (centre + support + 0.5), inSize);
            first[i] = start;
            weights[i] = weights(start, end, centre, inverse, filter);
        }
        return new Taps(first, weights);
    }

    private static int[] weights(int start, int end, double centre, double inverse, Resampling filter) {
        double[] real = new double[end - start];
        double sum = 0;
        for (int j = 0; j < real.length; j++) {
            real[j] = filter.weight((j + start - centre + 0.5) * inverse);
            sum += real[j];
        }
        int[] fixed = new int[real.length];
        for (int j = 0; j < real.length; j++) {
            double weight = (sum != 0 ? real[j] / sum : real[j]) * (1 << PRECISION_BITS);
            fixed[j] = (int) (weight < 0 ? weight - 0.5 : weight + 0.5);
        }
        return fixed;
    }

    private static Image alongX(Image image, Taps taps) {
        int width = taps.first.length;
        int height = image.height();
        int channels = image.channels();
        byte[] source = image.pixels();
        byte[] target = Image.newPixels(width, height, channels);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int[] weights = taps.weights[x];
                int from = (y * image.width() + taps.first[x]) * channels;
                sum(source, from, channels, weights, target, (y * width + x) * channels, channels);
            }
        }
        return Image.wrap(width, height, channels, target);
    }

    private static Image alongY(Image image, Taps taps) {
        int height = taps.first.length;
        int row = image.width() * image.channels();
        byte[] source = image.pixels();
        byte[] target = Image.newPixels(image.width(), height, image.channels());
        for (int y = 0; y < height; y++) {
            sum(source, taps.first[y] * row, row, taps.weights[y], target, y * row, row);
        }
        return Image.wrap(image.width(), height, image.channels(), target);
    }

    /** Writes {@code count} neighbouring results; the pixels that one result is summed from are {@code stride} apart. */
    private static void sum(byte[] source, int from, int stride, int[] weights, byte[] target, int to, int count) {
        for (int i = 0; i < count; i++) {
            int sum = 1 << (PRECISION_BITS - 1);
            for (int j = 0; j < weights.length; j++) {
                sum += (source[from + i + j * stride] & 0xff) * weights[j];
            }
            target[to + i] = (byte) Math.clamp(sum >> PRECISION_BITS, 0, 255);
        }
    }
}
