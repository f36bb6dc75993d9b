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

    private final Geometry g;
    private final int stride;
    private final int pad;
    private final int length;
    private final int[] offsets;
    private final PlaneLoops.Separation separation;
    private final boolean padded;

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
        separation = separation();
        padded = pad > 0 || g.position(COLUMN, g.output()[COLUMN] - 1, g.size()[COLUMN] - 1) >= g.input()[COLUMN];
    }

    /** Where the elements of stride pixels go, of which every stride-th element of a row follows. */
    private PlaneLoops.Separation separation() {
        int channels = g.inputChannels();
        int width = g.input()[COLUMN];
        int[] starts = new int[stride * channels];
        int[] counts = new int[starts.length];
        for (int i = 0; i < starts.length; i++) {
            int pixel = i / channels;
            int column = (pad + pixel) / stride;
            starts[i] = (i % channels * stride + (pad + pixel) % stride) * length + column;
            counts[i] = Math.max(0, Math.min(Math.ceilDiv(width - pixel, stride), length - column));
        }
        return PlaneLoops.Separation.of(starts, counts);
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

    /** The rows of windows that are laid out at once: all, or halved until they fit, but not fewer than {@code least}. */
    int band(int least) {
        int rows = g.output()[ROW];
        while (rows > least && size(rows) > MOST) {
            rows = Math.ceilDiv(rows, 2);
        }
        return rows;
    }

    /** Elements from the windows of one row to those of the next. */
    int step() {
        return g.stride()[ROW] * rowLength();
    }

    private int inputRows(int rows) {
        return (rows - 1) * g.stride()[ROW] + (g.size()[ROW] - 1) * g.dilation()[ROW] + 1;
    }

    /** Lays out what rows {@code [first, first + rows)} of the windows of a sample see. */
    void fill(ChannelLoops loops, float[] x, int sample, int first, int rows, float[] planes) {
        int start = first * g.stride()[ROW] - g.pad()[ROW];
        int from = Math.clamp(-start, 0, inputRows(rows));
        int to = Math.max(from, Math.min(inputRows(rows), g.input()[ROW] - start));
        if (padded) {
            Arrays.fill(planes, 0, size(rows), 0);
        } else {
            Arrays.fill(planes, 0, from * rowLength(), 0);
            Arrays.fill(planes, to * rowLength(), size(rows), 0);
        }
        int step = g.input()[COLUMN] * g.inputChannels();
        int source = (sample * g.input()[ROW] + start + from) * step;
        loops.separate(x, source, step, separation, planes, from * rowLength(), rowLength(), to - from);
    }
}
