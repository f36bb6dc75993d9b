package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Place;
import java.util.Arrays;

/** The tiles of results of all samples, row by row; those at the lower and right edges may reach over them. */
final class WinogradTiles {

    private final Winograd form;
    private final Geometry g;
    private final int down;
    private final int across;

    WinogradTiles(Winograd form, Geometry g) {
        this.form = form;
        this.g = g;
        down = Math.ceilDiv(g.output()[1], form.outputs());
        across = Math.ceilDiv(g.output()[2], form.outputs());
    }

    int count() {
        return g.batch() * down * across;
    }

    /** The first row of results. */
    int top(int tile) {
        return tile / across % down * form.outputs();
    }

    /** The first column of results. */
    int left(int tile) {
        return tile % across * form.outputs();
    }

    /** Where the results of a tile begin, in pixels. */
    int place(int tile) {
        int sample = tile / (down * across);
        return (sample * g.output()[1] + top(tile)) * g.output()[2] + left(tile);
    }

    /**
     * The data under a tile.
     *
     * @param edge for a copy with zeros of what reaches over an edge, of {@code inputs² · channels} elements at least
     */
    Place data(float[] x, int tile, float[] edge) {
        int sample = tile / (down * across);
        int top = top(tile) - g.pad()[1];
        int left = left(tile) - g.pad()[2];
        return square(x, sample, top, left, form.inputs(), g.input()[1], g.input()[2], g.inputChannels(), edge);
    }

    /**
     * The gradients of a tile's results.
     *
     * @param edge for a copy with zeros of what reaches over an edge, of {@code outputs² · channels} elements at least
     */
    Place gradient(float[] dy, int tile, float[] edge) {
        int sample = tile / (down * across);
        int[] output = g.output();
        return square(
                dy, sample, top(tile), left(tile), form.outputs(), output[1], output[2], g.outputChannels(), edge);
    }

    private static Place square(
            float[] x, int sample, int top, int left, int n, int height, int width, int channels, float[] edge) {
        int at = ((sample * height + top) * width + left) * channels;
        if (top >= 0 && top + n <= height && left >= 0 && left + n <= width) {
            return new Place(x, at, width * channels, channels);
        }
        Arrays.fill(edge, 0, n * n * channels, 0);
        int from = Math.max(0, -left);
        int to = Math.min(n, width - left);
        for (int i = Math.max(0, -top); i < Math.min(n, height - top) && from < to; i++) {
            int source = at + (i * width + from) * channels;
            System.arraycopy(x, source, edge, (i * n + from) * channels, (to - from) * channels);
        }
        return new Place(edge, 0, n * channels, channels);
    }
}
