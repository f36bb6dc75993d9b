package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;

/**
 * Loops over the channels of windows, for pooling and depthwise convolution. All take a run of windows: window i reads
 * channel c of tap t at {@code x[base + offsets[t] + i * step + c]} and writes {@code y[at + i * pitch + c]}.
 */
public interface ChannelLoops extends FlatLoops, NormLoops, StripLoops {

    /** The windows of a run. */
    record Run(int base, int[] offsets, int taps, int step, int at, int windows, int channels, int pitch) {}

    /** The largest element of each window; unspecified where there is NaN. */
    void max(float[] x, Run run, float[] y);

    /**
     * The first of the largest elements of each window, and which of {@code pixels} it is; without NaN. The results of
     * windows lie one after the other.
     */
    void max(float[] x, Run run, int[] pixels, float[] y, long[] indices);

    /** The sum of each window over a divisor. */
    void mean(float[] x, Run run, float divisor, float[] y);

    /** {@code finish(Σ x · w)}, the weight of tap t and channel c at {@code w[weights[t] + c]}. */
    void weighted(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y);

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
