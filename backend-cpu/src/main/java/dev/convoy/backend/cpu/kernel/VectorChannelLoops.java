package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.thread.WarmUp;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over blocks of channels, each block over all windows of the run, with what the block needs in registers. A last
 * block that is not full lies over the one before; if there is none, a mask covers it. Until C2 has compiled a loop, plain
 * loops compute the same to the same bits.
 */
public final class VectorChannelLoops extends VectorTrainingLoops {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private static final ChannelLoops PLAIN = new ScalarChannelLoops(true);

    private static final int TRIAL = 8;
    private static final float[] DATA = new float[(TRIAL + 3) * 3 * L];
    private static final float[] RESULT = new float[2 * TRIAL * L];
    private static final Run NARROW = trial(Math.max(1, L - 1));
    private static final Run FULL = trial(L);
    private static final WarmUp MAX_MASKED = new WarmUp(() -> maxAll(DATA, NARROW, RESULT));
    private static final WarmUp MAX = new WarmUp(() -> maxAll(DATA, FULL, RESULT));
    private static final WarmUp MEAN = new WarmUp(() -> meanAll(DATA, NARROW, 1, RESULT));
    private static final WarmUp WEIGHTED_MASKED = weighted(NARROW, 9);
    private static final WarmUp WEIGHTED = weighted(FULL, 8);
    private static final WarmUp WEIGHTED_NINE = weighted(FULL, 9);

    private static final WarmUp MAX_PLACES =
            new WarmUp(() -> VectorTapLoops.max(DATA, FULL, FULL.offsets(), RESULT, new long[RESULT.length]));
    private static final WarmUp CONVOLVED =
            new WarmUp(() -> VectorPlaneLoops.convolved(VectorPlaneLoops.TRIAL, DATA, 0, RESULT, 0));
    private static final WarmUp MAX_PLACES_MASKED =
            new WarmUp(() -> VectorTapLoops.max(DATA, NARROW, NARROW.offsets(), RESULT, new long[RESULT.length]));
    private static final Products PRODUCTS_TRIAL = new Products(new int[PLANES], L, L, TRIAL);
    private static final WarmUp PRODUCTS =
            new WarmUp(() -> VectorPlaneLoops.addProducts(PRODUCTS_TRIAL, DATA, 0, DATA, 0, new float[PLANES * L], 0));

    private static final WarmUp PASS = new WarmUp(() -> VectorFlatLoops.pass(DATA, 0, DATA, RESULT, 0, RESULT.length));
    private static final WarmUp FLUSH = new WarmUp(() -> VectorFlatLoops.flush(RESULT, 0, 0, RESULT.length));

    /**
     * Made by name, so that nothing else links the Vector API.
     *
     * @param eager whether vectors are used even while that is slow, before C2 has compiled the loops
     */
    public VectorChannelLoops(boolean eager) {
        super(eager);
    }

    /** A run over three rows of data, for warming up. */
    private static Run trial(int channels) {
        int[] offsets = new int[9];
        for (int t = 0; t < 9; t++) {
            offsets[t] = (t / 3 * (TRIAL + 3) + t % 3) * channels;
        }
        return new Run(0, offsets, 9, channels, 0, TRIAL, channels);
    }

    private static WarmUp weighted(Run run, int taps) {
        Run part = new Run(0, run.offsets(), taps, run.step(), 0, run.windows(), run.channels());
        return new WarmUp(() -> weightedAll(DATA, part, DATA, run.offsets(), Finish.NONE, RESULT));
    }

    static int block(int start, int channels) {
        return start + L <= channels ? start : Math.max(0, channels - L);
    }

    @Override
    public void max(float[] x, Run run, float[] y) {
        if (isReady(run.channels() < L ? MAX_MASKED : MAX)) {
            maxAll(x, run, y);
        } else {
            PLAIN.max(x, run, y);
        }
    }

    private static void maxAll(float[] x, Run run, float[] y) {
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            if (run.channels() < L) {
                maxMasked(x, run, y, S.indexInRange(0, run.channels()));
            } else {
                maxBlock(x, run, c, y);
            }
        }
    }

    private static void maxBlock(float[] x, Run run, int c, float[] y) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        int step = run.step();
        int channels = run.channels();
        int windows = run.windows();
        int base = run.base() + c;
        int at = run.at() + c;
        for (int i = 0; i < windows; i++) {
            int source = base + i * step;
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0]);
            for (int t = 1; t < taps; t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t]);
                best = best.blend(next, next.compare(VectorOperators.GT, best));
            }
            best.intoArray(y, at + i * channels);
        }
    }

    private static void maxMasked(float[] x, Run run, float[] y, VectorMask<Float> mask) {
        int[] offsets = run.offsets();
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step();
            FloatVector best = FloatVector.fromArray(S, x, source + offsets[0], mask);
            for (int t = 1; t < run.taps(); t++) {
                FloatVector next = FloatVector.fromArray(S, x, source + offsets[t], mask);
                best = best.blend(next, next.compare(VectorOperators.GT, best));
            }
            best.intoArray(y, run.at() + i * run.channels(), mask);
        }
    }

    @Override
    public void max(float[] x, Run run, int[] pixels, float[] y, long[] indices) {
        if (isReady(run.channels() < L ? MAX_PLACES_MASKED : MAX_PLACES)) {
            VectorTapLoops.max(x, run, pixels, y, indices);
        } else {
            PLAIN.max(x, run, pixels, y, indices);
        }
    }

    @Override
    public void convolved(Row row, float[] planes, int base, float[] y, int at) {
        if (isReady(CONVOLVED)) {
            VectorPlaneLoops.convolved(row, planes, base, y, at);
        } else {
            PLAIN.convolved(row, planes, base, y, at);
        }
    }

    @Override
    public void addProducts(Products row, float[] planes, int base, float[] dy, int at, float[] sums, int start) {
        if (isReady(PRODUCTS)) {
            VectorPlaneLoops.addProducts(row, planes, base, dy, at, sums, start);
        } else {
            PLAIN.addProducts(row, planes, base, dy, at, sums, start);
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
            meanAll(x, run, divisor, y);
        } else {
            PLAIN.mean(x, run, divisor, y);
        }
    }

    private static void meanAll(float[] x, Run run, float divisor, float[] y) {
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            VectorMask<Float> mask = S.indexInRange(c, run.channels());
            FloatVector by = FloatVector.broadcast(S, divisor);
            int[] offsets = run.offsets();
            for (int i = 0; i < run.windows(); i++) {
                int source = run.base() + i * run.step() + c;
                FloatVector sum = FloatVector.zero(S);
                for (int t = 0; t < run.taps(); t++) {
                    sum = sum.add(FloatVector.fromArray(S, x, source + offsets[t], mask));
                }
                sum.div(by).intoArray(y, run.at() + i * run.channels() + c, mask);
            }
        }
    }

    @Override
    public void weighted(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y) {
        boolean nine = run.taps() == 9 && run.windows() > 1;
        if (isReady(run.channels() < L ? WEIGHTED_MASKED : nine ? WEIGHTED_NINE : WEIGHTED)) {
            weightedAll(x, run, w, weights, finish, y);
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

    private static void weightedAll(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y) {
        float[] bias = finish.bias() == null ? new float[run.channels()] : finish.bias();
        for (int start = 0; start < run.channels(); start += L) {
            int c = block(start, run.channels());
            if (run.channels() < L) {
                weightedMasked(x, run, w, weights, bias, finish, y, S.indexInRange(0, run.channels()));
            } else if (run.taps() == 9 && run.windows() > 1) {
                weightedNine(x, run, c, w, weights, bias, finish, y);
            } else {
                weightedBlock(x, run, c, w, weights, bias, finish, y);
            }
        }
    }

    private static void weightedBlock(
            float[] x, Run run, int c, float[] w, int[] weights, float[] bias, Finish finish, float[] y) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        FloatVector first = FloatVector.fromArray(S, bias, c);
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step() + c;
            FloatVector sum = first;
            for (int t = 0; t < taps; t++) {
                FloatVector weight = FloatVector.fromArray(S, w, weights[t] + c);
                sum = FloatVector.fromArray(S, x, source + offsets[t]).fma(weight, sum);
            }
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, run.at() + i * run.channels() + c);
        }
    }

    private static void weightedMasked(
            float[] x,
            Run run,
            float[] w,
            int[] weights,
            float[] bias,
            Finish finish,
            float[] y,
            VectorMask<Float> mask) {
        int[] offsets = run.offsets();
        int taps = run.taps();
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        FloatVector first = FloatVector.fromArray(S, bias, 0, mask);
        for (int i = 0; i < run.windows(); i++) {
            int source = run.base() + i * run.step();
            FloatVector sum = first;
            for (int t = 0; t < taps; t++) {
                FloatVector weight = FloatVector.fromArray(S, w, weights[t], mask);
                sum = FloatVector.fromArray(S, x, source + offsets[t], mask).fma(weight, sum);
            }
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, run.at() + i * run.channels(), mask);
        }
    }

    /** A window of nine taps, such as 3x3: the weights stay in registers. */
    private static void weightedNine(
            float[] x, Run run, int c, float[] w, int[] weights, float[] bias, Finish finish, float[] y) {
        FloatVector w0 = FloatVector.fromArray(S, w, weights[0] + c);
        FloatVector w1 = FloatVector.fromArray(S, w, weights[1] + c);
        FloatVector w2 = FloatVector.fromArray(S, w, weights[2] + c);
        FloatVector w3 = FloatVector.fromArray(S, w, weights[3] + c);
        FloatVector w4 = FloatVector.fromArray(S, w, weights[4] + c);
        FloatVector w5 = FloatVector.fromArray(S, w, weights[5] + c);
        FloatVector w6 = FloatVector.fromArray(S, w, weights[6] + c);
        FloatVector w7 = FloatVector.fromArray(S, w, weights[7] + c);
        FloatVector w8 = FloatVector.fromArray(S, w, weights[8] + c);
        FloatVector first = FloatVector.fromArray(S, bias, c);
        FloatVector low = FloatVector.broadcast(S, finish.low());
        FloatVector high = FloatVector.broadcast(S, finish.high());
        int[] offsets = run.offsets();
        int top = run.base() + offsets[0] + c;
        int left = offsets[1] - offsets[0];
        int middle = offsets[3] - offsets[0];
        int bottom = offsets[6] - offsets[0];
        int windows = run.windows();
        int step = run.step();
        int at = run.at() + c;
        int channels = run.channels();
        for (int i = 0; i < windows; i++) {
            int s = top + i * step;
            FloatVector sum = FloatVector.fromArray(S, x, s).fma(w0, first);
            sum = FloatVector.fromArray(S, x, s + left).fma(w1, sum);
            sum = FloatVector.fromArray(S, x, s + 2 * left).fma(w2, sum);
            sum = FloatVector.fromArray(S, x, s + middle).fma(w3, sum);
            sum = FloatVector.fromArray(S, x, s + middle + left).fma(w4, sum);
            sum = FloatVector.fromArray(S, x, s + middle + 2 * left).fma(w5, sum);
            sum = FloatVector.fromArray(S, x, s + bottom).fma(w6, sum);
            sum = FloatVector.fromArray(S, x, s + bottom + left).fma(w7, sum);
            sum = FloatVector.fromArray(S, x, s + bottom + 2 * left).fma(w8, sum);
            sum = sum.blend(low, sum.compare(VectorOperators.LT, low));
            sum = sum.blend(high, sum.compare(VectorOperators.GT, high));
            sum.intoArray(y, at + i * channels);
        }
    }
}
