package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import java.util.Arrays;

/** Loops that lay rows of data out as {@link Planes}, and over those. */
public interface PlaneLoops {

    /**
     * Channels side by side that are to lie each by itself.
     *
     * @param starts where the elements of each channel go
     * @param counts how many each has
     * @param longest the largest of these
     */
    record Separation(int[] starts, int[] counts, int longest) {

        static Separation of(int[] starts, int[] counts) {
            return new Separation(starts, counts, Arrays.stream(counts).max().orElse(0));
        }
    }

    /**
     * Writes element j of channel c of row r, for every element, channel and row, from {@code x[from + r * step + j * channels +
     * c]} to {@code y[to + r * stride + starts[c] + j]}.
     */
    void separate(float[] x, int from, int step, Separation separation, float[] y, int to, int stride, int rows);

    /**
     * Neighbouring windows over {@link Planes}: window i reads element e at {@code planes[base + offsets[e] + i]}.
     *
     * @param together how many elements lie side by side and after each other in offsets: 1, 3 or 5
     * @param w the weight of element e and channel c at {@code w[e * pitch + c]}
     * @param pitch channels, rounded up to a multiple of the length of vectors
     * @param finish with a bias
     * @param windows at least 4
     */
    record Row(int[] offsets, int together, float[] w, int channels, int pitch, Finish finish, int windows) {

        /** This with nothing but the bias. */
        Row withoutBounds() {
            return new Row(offsets, together, w, channels, pitch, finish.withoutBounds(), windows);
        }
    }

    /**
     * {@code finish(Σ planes · w)} for every window and channel, at {@code y[at + i * channels + c]}; the
     * {@code pitch - channels} elements behind the last may be overwritten.
     */
    void convolved(Row row, float[] planes, int base, float[] y, int at);

    /**
     * A row of a max pooling: window i takes {@code wide} pixels from the {@code i * stride}-th on, out of {@code tall} rows
     * of {@code length} elements.
     */
    record Pooling(int tall, int wide, int stride, int channels, int length, int windows) {

        /** Whether {@link #halved} does the same. */
        boolean halves() {
            return tall == 2 && wide == 2 && stride == 2 && windows > 1;
        }
    }

    /**
     * Writes the largest element of each window, within the bounds, to {@code y[to + i * channels + c]}: the largest of each
     * column first, then the largest of those. The rows lie from {@code x[from]} on; what fills up the last result to
     * whole vectors may be overwritten. Unspecified where there is NaN.
     */
    void pooled(Pooling pooling, Finish bounds, float[] x, int from, float[] y, int to);

    /**
     * The largest of each four neighbouring results, windows 2i and 2i + 1 of a row and of the row that lies {@code step}
     * elements behind it: {@code finish(max(Σ planes · w))}, at {@code y[at + i * channels + c]}; the
     * {@code pitch - channels} elements behind the last may be overwritten. Unspecified where there is NaN.
     *
     * @param row of an even number of windows, 3 or 5 of whose elements lie together
     */
    void halved(Row row, int step, float[] planes, int base, float[] y, int at);

    /** Most channels of {@link Pairs}, and most pairs that are computed at once. */
    int PAIR_CHANNELS = 8;

    int PAIRS = 16;

    /**
     * Windows that a pooling takes two by two, with few output channels, over {@link Planes} of every second column: of pair
     * i the left window reads element e at {@code planes[base + left[e] + i]}, the right one at {@code right[e]}.
     *
     * @param w the weight of element e and channel c at {@code w[e * pitch + c]}
     * @param channels at most {@link #PAIR_CHANNELS}
     * @param pitch 4, 6 or 8
     * @param finish with a bias
     */
    record Pairs(int[] left, int[] right, float[] w, int channels, int pitch, Finish finish, int count) {}

    /**
     * The largest results of each pair and of the pair below it, {@code step} elements behind: {@code finish(max(Σ planes · w))},
     * at {@code y[to + i * channels + c]}. What lies behind the last result may be overwritten as if there were pairs until
     * their number is a multiple of {@link #PAIRS}, and another {@link #PAIRS} elements. Unspecified where there is NaN.
     *
     * @param x the planes, with {@link #PAIRS} elements behind those that are needed
     * @param sums from where on {@code PAIR_CHANNELS * PAIRS} elements of x may be overwritten
     */
    void halved(Pairs pairs, int step, float[] x, int base, int sums, float[] y, int to);

    /**
     * Neighbouring windows with few output channels over {@link Planes}: window i reads element e at
     * {@code planes[base + offsets[e] + i]}.
     *
     * @param w the weight of element e and channel c at {@code w[e * pitch + c]}
     * @param channels at most {@link #PAIR_CHANNELS}
     * @param pitch 4, 6 or 8
     */
    record Lines(int[] offsets, float[] w, int channels, int pitch) {}

    /**
     * {@code Σ planes · w} for {@link #PAIRS} windows from base on and as many from {@code base + step} on, at
     * {@code y[to + i * channels + c]} and, written after these, {@code y[to + apart + i * channels + c]}. The
     * {@link #PAIRS} elements behind either may be overwritten.
     *
     * @param sums from where on {@code 2 * PAIR_CHANNELS * PAIRS} elements of x may be overwritten
     */
    void lines(Lines lines, float[] x, int base, int step, int sums, float[] y, int to, int apart);

    /**
     * Rows of windows over {@link Planes}, {@code step} elements apart, and their gradients, that of window i of row r and
     * channel c at {@code dy[at + (r * windows + i) * channels + c]}.
     *
     * @param offsets a multiple of {@link #PLANES} elements, as in {@link Row}
     * @param pitch channels, rounded up to a multiple of the length of vectors; dy has as many behind the last window's
     */
    record Products(int[] offsets, int channels, int pitch, int windows, int step) {}

    /** How many elements of {@link Products} are handled together. */
    int PLANES = 9;

    /**
     * Adds {@code Σ planes · dy} over the windows of some rows to {@code sums[e * pitch + c]} for every element and
     * channel; any number may be added where c is not below the channels.
     */
    void addProducts(Products form, int rows, float[] planes, float[] dy, int at, float[] sums);
}
