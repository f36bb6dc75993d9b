package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.MicroKernel;
import java.util.Arrays;

/**
 * The windows of data as columns of a matrix that is never written out: row = tap · channels + channel, k = window of all
 * samples, counted from {@code origin}.
 */
final class PatchColumns implements LeftMatrix {

    private static final int MANY_CHANNELS = 14;

    private final FlatLoops loops;
    private final Geometry g;
    private final int firstChannel;
    private final int channels;
    private final float[] x;
    private final int origin;
    /** Rows that are neighbours in memory too: the channels of a tap, or those of all taps along the last axis. */
    private final int stretch;

    /**
     * @param channels how many channels from {@code firstChannel} on a window takes
     */
    PatchColumns(FlatLoops loops, Geometry g, int firstChannel, int channels, float[] x, int origin) {
        this.loops = loops;
        this.g = g;
        this.firstChannel = firstChannel;
        this.channels = channels;
        this.x = x;
        this.origin = origin;
        boolean joins = channels < MANY_CHANNELS && g.dilation()[2] == 1 && channels == g.inputChannels();
        stretch = joins ? g.size()[2] * channels : channels;
    }

    @Override
    public void pack(int row, int rows, int from, int to, float[] panel, int at, int pitch, MicroKernel kernel) {
        int[] output = g.output();
        for (int window = origin + from, run; window < origin + to; window += run) {
            int first = window % output[2];
            run = Math.min(output[2] - first, origin + to - window);
            int line = window / output[2];
            int target = at + (window - origin - from) * pitch;
            for (int r = 0, length; r < rows; r += length) {
                int skipped = (row + r) % stretch;
                length = Math.min(stretch - skipped, rows - r);
                int tap = (row + r) / stretch * (stretch / channels);
                strip(line, tap, skipped, length, first, run, panel, target + r, pitch);
            }
        }
    }

    /**
     * Neighbouring rows for neighbouring windows of a line.
     *
     * @param tap the first of the taps that are neighbours in memory
     * @param skipped where the rows begin among these
     */
    private void strip(
            int line, int tap, int skipped, int length, int first, int windows, float[] panel, int target, int pitch) {
        int[] size = g.size();
        int[] output = g.output();
        int[] input = g.input();
        int y = g.position(1, line % output[1], tap / size[2] % size[1]);
        int z = g.position(0, line / output[1] % output[0], tap / size[2] / size[1]);
        if (y < 0 || y >= input[1] || z < 0 || z >= input[0]) {
            clear(panel, target, pitch, length, windows);
            return;
        }
        int sample = line / output[1] / output[0];
        int start = ((sample * input[0] + z) * input[1] + y) * input[2];
        int stride = g.stride()[2];
        int position = g.position(2, first, tap % size[2]);
        int across = stretch / channels;
        int inside = Math.clamp(Math.ceilDiv(-position, stride), 0, windows);
        int end = Math.clamp(Math.floorDiv(input[2] - across - position, stride) + 1, inside, windows);
        edge(start, position, skipped, length, 0, inside, panel, target, pitch);
        if (end > inside) {
            int source = (start + position + inside * stride) * g.inputChannels() + firstChannel + skipped;
            loops.copyRows(
                    x, source, stride * g.inputChannels(), panel, target + inside * pitch, pitch, length, end - inside);
        }
        edge(start, position, skipped, length, end, windows, panel, target, pitch);
    }

    /** Windows that lie in the padding, at least with one of the neighbouring taps: element by element. */
    private void edge(
            int start, int position, int skipped, int length, int from, int to, float[] panel, int target, int pitch) {
        if (stretch == channels) {
            clear(panel, target + from * pitch, pitch, length, to - from);
            return;
        }
        for (int window = from; window < to; window++) {
            int first = position + window * g.stride()[2];
            for (int i = 0; i < length; i++) {
                int pixel = first + (skipped + i) / channels;
                boolean within = pixel >= 0 && pixel < g.input()[2];
                int source = (start + pixel) * g.inputChannels() + firstChannel + (skipped + i) % channels;
                panel[target + window * pitch + i] = within ? x[source] : 0;
            }
        }
    }

    private static void clear(float[] panel, int target, int pitch, int length, int windows) {
        for (int window = 0; window < windows; window++) {
            int at = target + window * pitch;
            Arrays.fill(panel, at, at + length, 0);
        }
    }
}
