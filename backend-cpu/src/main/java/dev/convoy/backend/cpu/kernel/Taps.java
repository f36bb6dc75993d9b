package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Place;

/** The elements of one window that lie inside the data, in row-major order. Used by one thread. */
final class Taps {

    private final Geometry geometry;
    private final int[] pixels;
    private final int[] numbers;
    private final int[] offsets;
    private int count;
    private int padded;
    private int run;

    Taps(Geometry geometry) {
        this.geometry = geometry;
        pixels = new int[geometry.taps()];
        numbers = new int[geometry.taps()];
        offsets = new int[geometry.taps()];
    }

    /** Moves to a window of a sample. */
    void moveTo(int window) {
        int[] output = geometry.output();
        int[] input = geometry.input();
        int[] size = geometry.size();
        int w = window % output[2];
        int h = window / output[2] % output[1];
        int d = window / output[2] / output[1];
        count = 0;
        padded = 0;
        run = sameTaps(w);
        for (int kd = 0; kd < size[0]; kd++) {
            int z = geometry.position(0, d, kd);
            for (int kh = 0; kh < size[1]; kh++) {
                int y = geometry.position(1, h, kh);
                for (int kw = 0; kw < size[2]; kw++) {
                    int x = geometry.position(2, w, kw);
                    if (z >= 0 && z < input[0] && y >= 0 && y < input[1] && x >= 0 && x < input[2]) {
                        pixels[count] = (z * input[1] + y) * input[2] + x;
                        numbers[count++] = (kd * size[1] + kh) * size[2] + kw;
                    }
                    if (isInPadded(0, z) && isInPadded(1, y) && isInPadded(2, x)) {
                        padded++;
                    }
                }
            }
        }
    }

    /** The windows from w on, along the last axis, that have the same taps. */
    private int sameTaps(int w) {
        int pad = geometry.pad()[2];
        int stride = geometry.stride()[2];
        int first = Math.ceilDiv(pad, stride);
        int extent = (geometry.size()[2] - 1) * geometry.dilation()[2] + 1;
        int end = Math.floorDiv(geometry.input()[2] + pad - extent, stride) + 1;
        return w >= first && w < end ? Math.min(end, geometry.output()[2]) - w : 1;
    }

    private boolean isInPadded(int axis, int position) {
        return position < geometry.input()[axis] + geometry.padEnd()[axis];
    }

    /** This window and those after it in its row that have the same taps, moved on by the stride. */
    int run() {
        return run;
    }

    /** Where the sample of a window, numbered through all samples, begins in the data. */
    int start(int window) {
        return window / geometry.outputPixels() * geometry.inputPixels() * geometry.inputChannels();
    }

    /**
     * This window and some that follow, at most {@link #run()} together.
     *
     * @param window its number, counted through all samples
     * @param place of the results
     */
    ChannelLoops.Run run(int window, int windows, Place place) {
        int channels = geometry.inputChannels();
        for (int i = 0; i < count; i++) {
            offsets[i] = pixels[i] * channels;
        }
        int step = geometry.stride()[2] * channels;
        int pitch = place.pitch(channels);
        int at = place.start() + window * pitch;
        return new ChannelLoops.Run(start(window), offsets, count, step, at, windows, channels, pitch);
    }

    /** The numbers of the elements within the window times the channels. */
    void weights(int channels, int[] target) {
        for (int i = 0; i < count; i++) {
            target[i] = numbers[i] * channels;
        }
    }

    /** How many elements lie inside the data. */
    int count() {
        return count;
    }

    /** How many elements lie inside the padded data. */
    int paddedCount() {
        return padded;
    }

    /** The position of an element in the flattened spatial axes of the data. */
    int pixel(int index) {
        return pixels[index];
    }

    /** The positions of all elements in the flattened spatial axes of the data. */
    int[] pixels() {
        return pixels;
    }

    /** The number of an element within the window. */
    int number(int index) {
        return numbers[index];
    }
}
