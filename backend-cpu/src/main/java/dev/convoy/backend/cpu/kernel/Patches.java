package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.LeftMatrix;

/**
 * The windows of data as a matrix that is never written out: row = window (of all samples), k = tap · channels + channel.
 */
final class Patches {

    private final Geometry g;
    private final float[] x;
    private final int firstChannel;
    private final int channels;

    /**
     * @param channels how many channels from {@code firstChannel} on a window takes
     */
    Patches(Geometry g, float[] x, int firstChannel, int channels) {
        this.g = g;
        this.x = x;
        this.firstChannel = firstChannel;
        this.channels = channels;
    }

    /** The windows as rows. */
    LeftMatrix asRows() {
        return g.isPointwise() ? LeftMatrix.of(x, firstChannel, g.inputChannels(), 1) : this::packWindows;
    }

    /** The windows as columns. */
    LeftMatrix asColumns() {
        return g.isPointwise() ? LeftMatrix.of(x, firstChannel, 1, g.inputChannels()) : this::packColumns;
    }

    private void packWindows(int row, int rows, int from, int to, float[] panel, int at, int height) {
        for (int r = 0; r < rows; r++) {
            for (int k = from; k < to; ) {
                int tap = k / channels;
                int channel = k % channels;
                int run = Math.min(channels - channel, to - k);
                int source = source(row + r, tap);
                int target = at + (k - from) * height + r;
                if (source < 0) {
                    for (int i = 0; i < run; i++) {
                        panel[target + i * height] = 0;
                    }
                } else {
                    for (int i = 0; i < run; i++) {
                        panel[target + i * height] = x[source + channel + i];
                    }
                }
                k += run;
            }
        }
        LeftMatrix.clearRows(rows, to - from, panel, at, height);
    }

    private void packColumns(int row, int rows, int from, int to, float[] panel, int at, int height) {
        for (int window = from; window < to; window++) {
            int target = at + (window - from) * height;
            for (int r = 0; r < rows; ) {
                int tap = (row + r) / channels;
                int channel = (row + r) % channels;
                int run = Math.min(channels - channel, rows - r);
                int source = source(window, tap);
                for (int i = 0; i < run; i++) {
                    panel[target + r + i] = source < 0 ? 0 : x[source + channel + i];
                }
                r += run;
            }
        }
        LeftMatrix.clearRows(rows, to - from, panel, at, height);
    }

    /** Where the channels of a tap begin; -1 in the padding. */
    private int source(int window, int tap) {
        int[] output = g.output();
        int[] input = g.input();
        int[] size = g.size();
        int rest = window / output[2];
        int w = g.position(2, window % output[2], tap % size[2]);
        int h = g.position(1, rest % output[1], tap / size[2] % size[1]);
        rest /= output[1];
        int d = g.position(0, rest % output[0], tap / size[2] / size[1]);
        if (w < 0 || w >= input[2] || h < 0 || h >= input[1] || d < 0 || d >= input[0]) {
            return -1;
        }
        int sample = rest / output[0];
        return (((sample * input[0] + d) * input[1] + h) * input[2] + w) * g.inputChannels() + firstChannel;
    }
}
