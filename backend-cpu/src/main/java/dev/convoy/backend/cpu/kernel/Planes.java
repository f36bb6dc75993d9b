package dev.convoy.backend.cpu.kernel;

import java.util.Arrays;

/**
 * How rows of data with few channels are laid out for a convolution: each row with its padding, each channel by itself,
 * and of each channel every stride-th column together. The elements that neighbouring windows multiply by the same weight
 * are then neighbours. Two spatial axes; the depth is 1.
 */
final class Planes {

    /** Rows of results are as wide as whole vectors, whatever their length. */
    static final int LANES = 16;

    /** Elements laid out at once, so that they stay in the first-level cache. */
    static final int MOST = 1 << 13;

    private static final int ROW = 1;
    private static final int COLUMN = 2;

    /** Channels of a picture. */
    private static final int PICTURE = 3;

    private final Geometry g;
    private final int stride;
    private final int pad;
    private final int length;
    private final int[] offsets;

    Planes(Geometry g) {
        this.g = g;
        stride = g.stride()[COLUMN];
        pad = g.pad()[COLUMN];
        length = g.output()[COLUMN] + (g.size()[COLUMN] - 1) * g.dilation()[COLUMN] / stride;
        offsets = new int[g.taps() * g.inputChannels()];
        for (int e = 0; e < offsets.length; e++) {
            int channel = e % g.inputChannels();
            int tap = e / g.inputChannels();
            int column = tap % g.size()[COLUMN] * g.dilation()[COLUMN];
            int row = tap / g.size()[COLUMN] * g.dilation()[ROW];
            offsets[e] = row * rowLength() + (channel * stride + column % stride) * length + column / stride;
        }
    }

    /** Where the elements of a window begin from, in the order of the weights: row, column, channel. */
    int[] offsets() {
        return offsets;
    }

    /** Output channels, rounded up to whole vectors. */
    int pitch() {
        return Math.ceilDiv(g.outputChannels(), LANES) * LANES;
    }

    /** How many elements of a window, one of each column, lie side by side: 3, 5, or 1 for any other number. */
    int together() {
        int columns = g.size()[COLUMN];
        boolean besides = stride == 1 && g.dilation()[COLUMN] == 1;
        return besides && (columns == 3 || columns == 5) ? columns : 1;
    }

    /** The elements of a window, numbered as in {@link #offsets}, those that lie side by side after each other. */
    int[] order() {
        int columns = together();
        int channels = columns == 1 ? 1 : g.inputChannels();
        int[] order = new int[offsets.length];
        for (int i = 0; i < order.length; i++) {
            int row = i / (columns * channels);
            order[i] = (row * columns + i % columns) * channels + i / columns % channels;
        }
        return order;
    }

    /** Elements of one laid out row. */
    int rowLength() {
        return g.inputChannels() * stride * length;
    }

    /** Elements that are laid out for some rows of windows. */
    int size(int rows) {
        return inputRows(rows) * rowLength();
    }

    /** Elements from the windows of one row to those of the next. */
    int step() {
        return g.stride()[ROW] * rowLength();
    }

    private int inputRows(int rows) {
        return (rows - 1) * g.stride()[ROW] + (g.size()[ROW] - 1) * g.dilation()[ROW] + 1;
    }

    /** Lays out what rows {@code [first, first + rows)} of the windows of a sample see. */
    void fill(float[] x, int sample, int first, int rows, float[] planes) {
        int height = g.input()[ROW];
        int start = first * g.stride()[ROW] - g.pad()[ROW];
        int samples = sample * g.inputPixels() * g.inputChannels();
        Arrays.fill(planes, 0, size(rows), 0);
        for (int row = 0; row < inputRows(rows); row++) {
            int y = start + row;
            if (y >= 0 && y < height) {
                fillRow(x, samples + y * g.input()[COLUMN] * g.inputChannels(), planes, row * rowLength());
            }
        }
    }

    private void fillRow(float[] x, int source, float[] planes, int target) {
        int width = g.input()[COLUMN];
        int channels = g.inputChannels();
        if (channels == 1 && stride == 1) {
            System.arraycopy(x, source, planes, target + pad, Math.max(0, Math.min(width, length - pad)));
            return;
        }
        for (int phase = 0; phase < stride; phase++) {
            int from = Math.max(0, Math.ceilDiv(pad - phase, stride));
            int to = Math.min(length, Math.ceilDiv(width + pad - phase, stride));
            int element = source + (phase - pad + from * stride) * channels;
            int at = target + phase * length + from;
            if (channels == PICTURE) {
                three(x, element, stride * PICTURE, planes, at, stride * length, to - from);
            } else {
                spread(x, element, planes, at, to - from);
            }
        }
    }

    /** One loop over pixels and channels, as those of C2 for each channel would be too short to pay. */
    private void spread(float[] x, int source, float[] planes, int target, int pixels) {
        int channels = g.inputChannels();
        int step = stride * length;
        int channel = 0;
        int element = source;
        int at = target;
        for (int left = Math.max(0, pixels) * channels; left > 0; left--) {
            planes[at] = x[element];
            at += step;
            element++;
            if (++channel == channels) {
                channel = 0;
                at -= channels * step - 1;
                element += (stride - 1) * channels;
            }
        }
    }

    /** The three channels of a picture in one pass over the data. */
    private static void three(float[] x, int from, int step, float[] planes, int to, int plane, int columns) {
        for (int i = 0, s = from; i < columns; i++, s += step) {
            planes[to + i] = x[s];
            planes[to + plane + i] = x[s + 1];
            planes[to + 2 * plane + i] = x[s + 2];
        }
    }
}
