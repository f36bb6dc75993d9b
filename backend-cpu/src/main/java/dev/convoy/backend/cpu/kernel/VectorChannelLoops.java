package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;
import java.util.stream.IntStream;

/**
 * Loops with vectors where C2 has compiled them, and plain loops, which compute the same to the same bits, where it has not.
 * This class links no class of the Vector API; the loops, in classes of their own, do.
 */
public final class VectorChannelLoops extends VectorTrainingLoops {

    private static final int L = VectorWidth.LANES;

    private static final ChannelLoops PLAIN = new ScalarChannelLoops(true);

    private static final int TRIAL = 8;
    private static final float[] DATA = new float[(TRIAL + 3) * 3 * L];
    private static final float[] RESULT = new float[2 * TRIAL * L];
    private static final Run NARROW = trial(Math.max(1, L - 1));
    private static final Run MEANS =
            new Run(0, NARROW.offsets(), 9, NARROW.step(), 0, TRIAL - 1, NARROW.channels(), NARROW.pitch());
    private static final Run FULL = trial(L);
    private static final WarmUp MAX_MASKED = new WarmUp(() -> VectorBlockLoops.maxAll(DATA, NARROW, RESULT));
    private static final WarmUp MAX = new WarmUp(() -> VectorBlockLoops.maxAll(DATA, FULL, RESULT));
    private static final WarmUp MEAN = new WarmUp(() -> VectorBlockLoops.meanAll(DATA, MEANS, 1, RESULT));
    private static final WarmUp WEIGHTED_MASKED = weighted(NARROW, 9);
    private static final WarmUp WEIGHTED = weighted(FULL, 8);
    private static final WarmUp WEIGHTED_NINE = weighted(FULL, 9);

    private static final WarmUp MAX_PLACES = maxPlaces(FULL);
    private static final WarmUp CONVOLVED = convolved(1);
    private static final WarmUp CONVOLVED_THREE = convolved(3);
    private static final WarmUp CONVOLVED_FIVE = convolved(5);
    private static final Pooling POOLING = new Pooling(2, 2, 2, L, 4 * L + 1, 2);
    private static final float[] POOLED_DATA = new float[12 * L];
    private static final WarmUp POOLED =
            new WarmUp(() -> VectorPlaneLoops.pooled(POOLING, Finish.NONE, POOLED_DATA, 0, RESULT, 0));
    private static final WarmUp HALVED_THREE = halved(3);
    private static final WarmUp HALVED_FIVE = halved(5);
    private static final WarmUp SEPARATE_TWO = separate(2);
    private static final WarmUp SEPARATE = separate(5);
    private static final WarmUp PAIRS_OF_FOUR = pairs(4);
    private static final WarmUp PAIRS_OF_SIX = pairs(6);
    private static final WarmUp MAX_PLACES_MASKED = maxPlaces(NARROW);
    private static final WarmUp MAX_PLACES_PAIRS = maxPlaces(trial(Math.max(1, L / 2)));
    private static final WarmUp LINES_OF_FOUR = lines(4);
    private static final WarmUp LINES_OF_SIX = lines(6);
    private static final Products PRODUCTS_TRIAL = new Products(new int[PLANES], L, L, TRIAL / 2, L);
    private static final WarmUp PRODUCTS =
            new WarmUp(() -> VectorPlaneLoops.addProducts(PRODUCTS_TRIAL, 2, DATA, DATA, 0, new float[PLANES * L]));

    private static final WarmUp PASS = new WarmUp(() -> VectorFlatLoops.pass(DATA, 0, DATA, RESULT, 0, RESULT.length));
    private static final WarmUp FLUSH = new WarmUp(() -> VectorFlatLoops.flush(RESULT, 0, 0, RESULT.length));

    /**
     * @param mode what to do while C2 has not compiled a loop
     */
    public VectorChannelLoops(WarmUp.Mode mode) {
        super(mode);
    }

    /** A run over three rows of data, for warming up. */
    private static Run trial(int channels) {
        int[] offsets = new int[9];
        for (int t = 0; t < 9; t++) {
            offsets[t] = (t / 3 * (TRIAL + 3) + t % 3) * channels;
        }
        return new Run(0, offsets, 9, channels, 0, TRIAL, channels, channels);
    }

    private static WarmUp maxPlaces(Run run) {
        return new WarmUp(() -> VectorTapLoops.max(DATA, run, run.offsets(), RESULT, new long[RESULT.length]));
    }

    private static WarmUp weighted(Run run, int taps) {
        Run part = new Run(0, run.offsets(), taps, run.step(), 0, run.windows(), run.channels(), run.pitch());
        return new WarmUp(() -> VectorBlockLoops.weightedAll(DATA, part, DATA, run.offsets(), Finish.NONE, RESULT));
    }

    /** A small row which, for its kind, takes every path. */
    private static Row trialRow(int together, int channels, int windows) {
        int elements = 15;
        Finish finish = new Finish(new float[channels], 0, 6);
        return new Row(
                new int[elements], together, new float[elements * channels], channels, channels, finish, windows);
    }

    private static WarmUp convolved(int together) {
        Row row = trialRow(together, 3 * L, 13);
        float[] y = new float[row.windows() * row.pitch()];
        return new WarmUp(() -> VectorPlaneLoops.convolved(row, DATA, 0, y, 0));
    }

    private static WarmUp halved(int together) {
        Row row = trialRow(together, L, 10);
        float[] y = new float[row.windows() * row.pitch()];
        return new WarmUp(() -> VectorHalvingLoops.halved(row, 0, DATA, 0, y, 0));
    }

    private static WarmUp separate(int channels) {
        int[] starts = IntStream.range(0, channels).map(c -> c * 2 * PAIRS).toArray();
        int[] counts = IntStream.range(0, channels).map(c -> PAIRS + c).toArray();
        float[] x = new float[channels * 3 * PAIRS];
        float[] y = new float[x.length];
        Separation separation = Separation.of(starts, counts);
        return new WarmUp(() -> VectorRearranging.separate(x, 0, 0, separation, y, 0, 0, 2));
    }

    private static WarmUp pairs(int channels) {
        int elements = 15;
        Finish finish = new Finish(new float[channels], 0, 6);
        float[] w = new float[elements * channels];
        Pairs pairs = new Pairs(new int[elements], new int[elements], w, channels, channels, finish, PAIRS);
        int sums = 2 * PAIRS;
        int to = sums + PAIR_CHANNELS * PAIRS;
        float[] x = new float[to + (PAIR_CHANNELS + 1) * PAIRS];
        return new WarmUp(() -> VectorPairLoops.halved(pairs, 0, x, 0, sums, x, to));
    }

    private static WarmUp lines(int channels) {
        int elements = 15;
        Lines lines = new Lines(new int[elements], new float[elements * channels], channels, channels);
        int sums = 2 * PAIRS;
        int to = sums + 2 * PAIR_CHANNELS * PAIRS;
        float[] x = new float[to + (2 * PAIR_CHANNELS + 1) * PAIRS];
        return new WarmUp(() -> VectorLineLoops.lines(lines, x, 0, 1, sums, x, to, channels * PAIRS));
    }

    @Override
    public void max(float[] x, Run run, float[] y) {
        if (isReady(run.channels() < L ? MAX_MASKED : MAX)) {
            VectorBlockLoops.maxAll(x, run, y);
        } else {
            PLAIN.max(x, run, y);
        }
    }

    @Override
    public void max(float[] x, Run run, int[] pixels, float[] y, long[] indices) {
        boolean pairs = 2 * run.channels() <= L;
        if (isReady(run.channels() >= L ? MAX_PLACES : MAX_PLACES_MASKED) && (!pairs || isReady(MAX_PLACES_PAIRS))) {
            VectorTapLoops.max(x, run, pixels, y, indices);
        } else {
            PLAIN.max(x, run, pixels, y, indices);
        }
    }

    @Override
    public void separate(
            float[] x, int from, int step, Separation separation, float[] y, int to, int stride, int rows) {
        int channels = separation.starts().length;
        boolean few = L == PAIRS && channels >= 2 && channels <= VectorRearranging.MOST;
        int fast = 0;
        if (channels == 1) {
            for (; fast < rows; fast++) {
                int at = to + fast * stride + separation.starts()[0];
                System.arraycopy(x, from + fast * step, y, at, separation.longest());
            }
        } else if (few && isReady(channels == 2 ? SEPARATE_TWO : SEPARATE)) {
            fast = VectorRearranging.separate(x, from, step, separation, y, to, stride, rows);
        }
        PLAIN.separate(x, from + fast * step, step, separation, y, to + fast * stride, stride, rows - fast);
    }

    @Override
    public void convolved(Row row, float[] planes, int base, float[] y, int at) {
        WarmUp warmUp = switch (row.together()) {
            case 3 -> CONVOLVED_THREE;
            case 5 -> CONVOLVED_FIVE;
            default -> CONVOLVED;
        };
        if (isReady(warmUp)) {
            VectorPlaneLoops.convolved(row, planes, base, y, at);
        } else {
            PLAIN.convolved(row, planes, base, y, at);
        }
    }

    @Override
    public void pooled(Pooling pooling, Finish bounds, float[] x, int from, float[] y, int to) {
        if (isReady(POOLED)) {
            VectorPlaneLoops.pooled(pooling, bounds, x, from, y, to);
        } else {
            PLAIN.pooled(pooling, bounds, x, from, y, to);
        }
    }

    @Override
    public void halved(Row row, int step, float[] planes, int base, float[] y, int at) {
        if (isReady(row.together() == 3 ? HALVED_THREE : HALVED_FIVE)) {
            VectorHalvingLoops.halved(row, step, planes, base, y, at);
        } else {
            PLAIN.halved(row, step, planes, base, y, at);
        }
    }

    @Override
    public void halved(Pairs pairs, int step, float[] x, int base, int sums, float[] y, int to) {
        if (L == PAIRS && isReady(pairs.pitch() == 6 ? PAIRS_OF_SIX : PAIRS_OF_FOUR)) {
            VectorPairLoops.halved(pairs, step, x, base, sums, y, to);
        } else {
            PLAIN.halved(pairs, step, x, base, sums, y, to);
        }
    }

    @Override
    public void lines(Lines lines, float[] x, int base, int step, int sums, float[] y, int to, int apart) {
        if (L == PAIRS && isReady(lines.pitch() == 6 ? LINES_OF_SIX : LINES_OF_FOUR)) {
            VectorLineLoops.lines(lines, x, base, step, sums, y, to, apart);
        } else {
            PLAIN.lines(lines, x, base, step, sums, y, to, apart);
        }
    }

    @Override
    public void addProducts(Products form, int rows, float[] planes, float[] dy, int at, float[] sums) {
        if (isReady(PRODUCTS)) {
            VectorPlaneLoops.addProducts(form, rows, planes, dy, at, sums);
        } else {
            PLAIN.addProducts(form, rows, planes, dy, at, sums);
        }
    }

    @Override
    public void pass(float[] x, float limit, float[] a, float[] y, int from, int to) {
        if (isReady(PASS)) {
            VectorFlatLoops.pass(x, limit, a, y, from, to);
        } else {
            PLAIN.pass(x, limit, a, y, from, to);
        }
    }

    @Override
    public void flush(float[] x, float smallest, int from, int to) {
        if (isReady(FLUSH)) {
            VectorFlatLoops.flush(x, smallest, from, to);
        } else {
            PLAIN.flush(x, smallest, from, to);
        }
    }

    @Override
    public void mean(float[] x, Run run, float divisor, float[] y) {
        if (isReady(MEAN)) {
            VectorBlockLoops.meanAll(x, run, divisor, y);
        } else {
            PLAIN.mean(x, run, divisor, y);
        }
    }

    @Override
    public void weighted(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y) {
        boolean nine = run.taps() == 9 && run.windows() > 1;
        if (isReady(run.channels() < L ? WEIGHTED_MASKED : nine ? WEIGHTED_NINE : WEIGHTED)) {
            VectorBlockLoops.weightedAll(x, run, w, weights, finish, y);
        } else {
            PLAIN.weighted(x, run, w, weights, finish, y);
        }
    }

    @Override
    public void weighted(
            Strip strip, int rows, float[] x, int base, StripWeights weights, Finish finish, float[] y, int at) {
        if (VectorStripLoops.fits(strip, rows, x, base) && isReady(VectorStripLoops.weightedWarmUp(strip))) {
            VectorStripLoops.weighted(strip, rows, x, base, weights, finish, y, at);
        } else {
            PLAIN.weighted(strip, rows, x, base, weights, finish, y, at);
        }
    }

    @Override
    public void max(Strip strip, int rows, float[] x, int base, float[] y, int at) {
        if (strip.channels() >= L && isReady(VectorStripLoops.maxWarmUp(strip))) {
            VectorStripLoops.max(strip, rows, x, base, y, at);
        } else {
            PLAIN.max(strip, rows, x, base, y, at);
        }
    }
}
