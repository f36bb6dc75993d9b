package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;

/**
 * Loops over the channels of windows, for pooling and depthwise convolution. All take a run of windows: window i reads
 * channel c of tap t at {@code x[base + offsets[t] + i * step + c]} and writes {@code y[at + i * pitch + c]}.
 */
public interface ChannelLoops extends FlatLoops, NormLoops, PlaneLoops, StripLoops {

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
}
