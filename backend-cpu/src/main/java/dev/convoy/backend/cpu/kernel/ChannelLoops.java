package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;

/**
 * Loops over the channels of windows, for pooling and depthwise convolution. All take a run of windows: window i reads
 * channel c of tap t at {@code x[base + offsets[t] + i * step + c]} and writes {@code y[at + i * channels + c]}.
 */
public interface ChannelLoops extends FlatLoops, NormLoops {

    /** The windows of a run. */
    record Run(int base, int[] offsets, int taps, int step, int at, int windows, int channels) {}

    /** The largest element of each window; unspecified where there is NaN. */
    void max(float[] x, Run run, float[] y);

    /** The first of the largest elements of each window, and which of {@code pixels} it is; without NaN. */
    void max(float[] x, Run run, int[] pixels, float[] y, long[] indices);

    /** The sum of each window over a divisor. */
    void mean(float[] x, Run run, float divisor, float[] y);

    /** {@code finish(Σ x · w)}, the weight of tap t and channel c at {@code w[weights[t] + c]}. */
    void weighted(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y);

    /**
     * Neighbouring windows over {@link Planes}: window i reads element e at {@code planes[base + offsets[e] + i]}.
     *
     * @param w the weight of element e and channel c at {@code w[e * pitch + c]}
     * @param pitch channels, a multiple of the length of vectors
     * @param finish with a bias
     * @param windows at least 4
     */
    record Row(int[] offsets, float[] w, int pitch, Finish finish, int windows) {}

    /** {@code finish(Σ planes · w)} for every window and channel, at {@code y[at + i * pitch + c]}. */
    void convolved(Row row, float[] planes, int base, float[] y, int at);

    /**
     * Adds {@code Σ x · dy} over the windows of the run to {@code dw[start + weights[t] + c]}, when the taps are
     * single elements, at {@code x[base + offsets[t] + i * step]}, and the channels of the run those of dy.
     */
    void addProducts(float[] x, Run run, float[] dy, int[] weights, float[] dw, int start);
}
