package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.MicroKernel;

/**
 * The windows of data as a matrix that is never written out: row = window (of all samples), k = tap · channels + channel.
 */
final class Patches {

    private final Geometry g;
    private final int firstChannel;
    private final int channels;
    /** For each tap how far it lies from the window's first element: in depth, height, width and in elements. */
    private final int[] depths;

    private final int[] heights;
    private final int[] widths;
    private final int[] offsets;
    /** Neighbouring k that are neighbours in memory too, when a window lies wholly inside the data. */
    private final int stretch;

    /**
     * @param channels how many channels from {@code firstChannel} on a window takes
     */
    Patches(Geometry g, int firstChannel, int channels) {
        this.g = g;
        this.firstChannel = firstChannel;
        this.channels = channels;
        int taps = g.taps();
        depths = new int[taps];
        heights = new int[taps];
        widths = new int[taps];
        offsets = new int[taps];
        int[] size = g.size();
        for (int tap = 0; tap < taps; tap++) {
            depths[tap] = tap / size[2] / size[1] * g.dilation()[0];
            heights[tap] = tap / size[2] % size[1] * g.dilation()[1];
            widths[tap] = tap % size[2] * g.dilation()[2];
            offsets[tap] = pixel(depths[tap], heights[tap], widths[tap]) * g.inputChannels();
        }
        boolean dense = g.dilation()[2] == 1 && channels == g.inputChannels();
        stretch = dense ? size[2] * channels : channels;
    }

    private int pixel(int depth, int height, int width) {
        return (depth * g.input()[1] + height) * g.input()[2] + width;
    }

    /** The windows as rows. */
    LeftMatrix asRows(float[] x) {
        return g.isPointwise()
                ? LeftMatrix.of(x, firstChannel, g.inputChannels(), 1)
                : (row, rows, from, to, panel, at, pitch, kernel) ->
                        new Origins(row, rows).packRows(x, from, to, panel, at, pitch, kernel);
    }

    /** Where some neighbouring windows begin; in the padding a window begins outside the data. */
    private final class Origins {

        private final int[] depth;
        private final int[] height;
        private final int[] width;
        private final int[] element;
        private boolean inside = true;

        Origins(int first, int count) {
            depth = new int[count];
            height = new int[count];
            width = new int[count];
            element = new int[count];
            int[] output = g.output();
            int w = first % output[2];
            int h = first / output[2] % output[1];
            int d = first / output[2] / output[1] % output[0];
            int sample = first / g.outputPixels();
            int last = depths.length - 1;
            for (int i = 0; i < count; i++) {
                depth[i] = d * g.stride()[0] - g.pad()[0];
                height[i] = h * g.stride()[1] - g.pad()[1];
                width[i] = w * g.stride()[2] - g.pad()[2];
                int start = sample * g.inputPixels() + pixel(depth[i], height[i], width[i]);
                element[i] = start * g.inputChannels() + firstChannel;
                inside &= source(i, 0) >= 0 && source(i, last) >= 0;
                if (++w == output[2]) {
                    w = 0;
                    if (++h == output[1]) {
                        h = 0;
                        if (++d == output[0]) {
                            d = 0;
                            sample++;
                        }
                    }
                }
            }
        }

        /** Where the channels of a tap begin; -1 in the padding. */
        private int source(int window, int tap) {
            int d = depth[window] + depths[tap];
            int h = height[window] + heights[tap];
            int w = width[window] + widths[tap];
            boolean within = d >= 0 && d < g.input()[0] && h >= 0 && h < g.input()[1] && w >= 0 && w < g.input()[2];
            return within ? element[window] + offsets[tap] : -1;
        }

        void packRows(float[] x, int from, int to, float[] panel, int at, int pitch, MicroKernel kernel) {
            int rows = element.length;
            int[] sources = new int[rows];
            int step = inside ? stretch : channels;
            for (int k = from, run; k < to; k += run) {
                int tap = k / step * (step / channels);
                int skipped = k % step;
                run = Math.min(step - skipped, to - k);
                for (int r = 0; r < rows; r++) {
                    int source = inside ? element[r] + offsets[tap] : source(r, tap);
                    sources[r] = source < 0 ? -1 : source + skipped;
                }
                kernel.interleave(x, sources, rows, run, panel, at + (k - from) * pitch, pitch);
            }
        }
    }
}
