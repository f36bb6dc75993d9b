package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.kernel.StripLoops.Strip;
import dev.convoy.backend.cpu.kernel.StripLoops.StripWeights;
import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;
import dev.convoy.backend.cpu.thread.Scratch;

/**
 * Strips in groups of seven windows, of which the last lies over the one before where their number is no multiple of seven.
 * So does a last vector of channels. Where there are fewer channels than a vector has, it takes along what lies behind them;
 * what it then writes too much, the next window overwrites.
 */
final class VectorStripLoops {

    /** Windows of a group. */
    static final int GROUP = StripLoops.FEWEST_WINDOWS;

    private static final int L = VectorWidth.LANES;

    private static final float[] DATA = new float[3 * 20 * L];
    private static final float[] RESULT = new float[2 * GROUP * L];
    private static final Scratch SCRATCH = new Scratch();
    private static final WarmUp[] WEIGHTED = {weightedWarmUp(1), weightedWarmUp(2)};
    private static final WarmUp[] MAX = {maxWarmUp(1), maxWarmUp(2)};

    private VectorStripLoops() {}

    private static WarmUp weightedWarmUp(int stride) {
        StripWeights weights = new StripWeights(new float[9 * L], 0, L);
        Finish finish = new Finish(new float[L], 0, 1);
        Strip trial = trial(stride, false);
        Strip whole = trial(stride, true);
        return new WarmUp(() -> {
            weighted(trial, 3, DATA, 0, weights, finish, RESULT, 0);
            weighted(whole, 2, DATA, 0, weights, finish, RESULT, 0);
        });
    }

    private static WarmUp maxWarmUp(int stride) {
        Strip trial = trial(stride, false);
        return new WarmUp(() -> max(trial, 3, DATA, 0, RESULT, 0));
    }

    private static Strip trial(int stride, boolean edges) {
        return new Strip(GROUP + 1, stride, L, 18 * L, edges, edges);
    }

    /** What tells whether C2 has compiled {@link #weighted}. */
    static WarmUp weightedWarmUp(Strip strip) {
        return WEIGHTED[strip.stride() - 1];
    }

    /** What tells whether C2 has compiled {@link #max}. */
    static WarmUp maxWarmUp(Strip strip) {
        return MAX[strip.stride() - 1];
    }

    /**
     * Some windows of a strip.
     *
     * @param step channels
     * @param at where their results begin
     * @param left whether the first window has its first column
     * @param right whether the last window has its last column
     */
    record Group(int rows, int base, int pitch, int step, int at, boolean left, boolean right) {

        static Group of(Strip strip, int rows, int base, int window, int at) {
            return new Group(
                    rows,
                    base + strip.start(window, 0),
                    strip.pitch(),
                    strip.channels(),
                    at + window * strip.channels(),
                    window > 0 || strip.left(),
                    window + GROUP < strip.windows() || strip.right());
        }
    }

    /** Whether reading whole vectors stays inside the data. */
    static boolean fits(Strip strip, int rows, float[] x, int base) {
        int last = strip.windows() - 1;
        int start = base + (rows - 1) * strip.pitch() + strip.start(last, strip.end(last) - 1);
        return strip.channels() >= L || start + L <= x.length;
    }

    /** What {@link StripLoops#weighted} does, where the data {@linkplain #fits fit}. */
    static void weighted(
            Strip strip, int rows, float[] x, int base, StripWeights weights, Finish finish, float[] y, int at) {
        int length = strip.windows() * strip.channels();
        if (strip.channels() >= L) {
            weightedAll(strip, rows, x, base, weights, finish, y, at);
            return;
        }
        float[] wide = SCRATCH.array(length + L);
        weightedAll(strip, rows, x, base, weights, finish, wide, 0);
        System.arraycopy(wide, 0, y, at, length);
    }

    private static void weightedAll(
            Strip strip, int rows, float[] x, int base, StripWeights weights, Finish finish, float[] y, int at) {
        int channels = strip.channels();
        int whole = Math.max(L, channels / L * L);
        for (int i = 0; i < strip.windows(); i += GROUP) {
            Group group = Group.of(strip, rows, base, Math.min(i, strip.windows() - GROUP), at);
            weighted(strip.stride(), group, x, weights, finish, y, 0, whole);
            if (whole < channels) {
                weighted(strip.stride(), group, x, weights, finish, y, channels - L, channels);
            }
        }
    }

    private static void weighted(
            int stride, Group group, float[] x, StripWeights weights, Finish finish, float[] y, int from, int to) {
        if (stride == 1) {
            VectorDepthwise.single(group, x, weights, finish, y, from, to);
        } else {
            VectorDepthwise.twofold(group, x, weights, finish, y, from, to);
        }
    }

    /** What {@link StripLoops#max} does, for at least a vector of channels. */
    static void max(Strip strip, int rows, float[] x, int base, float[] y, int at) {
        int channels = strip.channels();
        int whole = channels / L * L;
        for (int i = 0; i < strip.windows(); i += GROUP) {
            Group group = Group.of(strip, rows, base, Math.min(i, strip.windows() - GROUP), at);
            max(strip.stride(), group, x, y, 0, whole);
            if (whole < channels) {
                max(strip.stride(), group, x, y, channels - L, channels);
            }
        }
    }

    private static void max(int stride, Group group, float[] x, float[] y, int from, int to) {
        if (stride == 1) {
            VectorMaxPool.single(group, x, y, from, to);
        } else {
            VectorMaxPool.twofold(group, x, y, from, to);
        }
    }
}
