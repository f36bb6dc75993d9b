package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;

/** Those of the loops with vectors that training takes; plain loops compute the same until C2 has compiled them. */
abstract class VectorTrainingLoops implements ChannelLoops {

    private static final int L = VectorWidth.LANES;
    private static final ChannelLoops PLAIN = new ScalarChannelLoops(true);

    /** Loaded by the first training. */
    private static final class Training {

        static final int TRIAL = 8;
        static final float[] DATA = new float[(TRIAL + 3) * 3 * L];
        static final float[] RESULT = new float[TRIAL * L];
        static final WarmUp COPY = new WarmUp(() -> VectorRowLoops.copyRows(DATA, 0, 3, RESULT, 0, L, L - 1, TRIAL));
        static final WarmUp COPY_WHOLE = new WarmUp(() -> VectorRowLoops.copyRows(DATA, 0, 3, RESULT, 0, L, L, TRIAL));
        static final WarmUp SUM = new WarmUp(() -> VectorRowLoops.sumRows(DATA, 0, TRIAL, L, new double[L], 0));

        static final WarmUp SQUARES =
                new WarmUp(() -> VectorNormLoops.squareRows(DATA, DATA, 0, TRIAL, L, new double[L], 0));
        static final WarmUp NORMAL =
                new WarmUp(() -> VectorNormLoops.normalRows(DATA, DATA, DATA, DATA, 0, TRIAL, L, RESULT));
        static final WarmUp NORM_SUMS =
                new WarmUp(() -> VectorNormLoops.gradientSums(DATA, DATA, DATA, 0, TRIAL, L, new double[2 * L], 0));
        static final Slopes SLOPES = new Slopes(DATA, DATA, DATA);
        static final WarmUp NORM_GRADIENT =
                new WarmUp(() -> VectorNormLoops.gradientRows(DATA, DATA, DATA, SLOPES, 0, TRIAL, L, RESULT));
        static final Adam ADAM_RULE = new Adam(0, 0, 0, 0, 0, 0, 1);
        static final AdamArrays ADAM_ARRAYS =
                new AdamArrays(DATA, DATA, DATA, DATA, RESULT, new float[RESULT.length], new float[RESULT.length]);
        static final WarmUp ADAM = new WarmUp(() -> VectorAdamLoops.adam(ADAM_RULE, ADAM_ARRAYS, 0, RESULT.length));

        private Training() {}
    }

    private final WarmUp.Mode mode;

    /**
     * @param mode what to do while C2 has not compiled a loop
     */
    VectorTrainingLoops(WarmUp.Mode mode) {
        this.mode = mode;
    }

    final boolean isReady(WarmUp warmUp) {
        return warmUp.isReady(mode);
    }

    @Override
    public void copyRows(float[] x, int from, int step, float[] y, int to, int stride, int length, int rows) {
        if (isReady(length < L ? Training.COPY : Training.COPY_WHOLE)) {
            VectorRowLoops.copyRows(x, from, step, y, to, stride, length, rows);
        } else {
            PLAIN.copyRows(x, from, step, y, to, stride, length, rows);
        }
    }

    @Override
    public void sumRows(float[] x, int start, int rows, int inner, double[] y, int at) {
        if (inner % L == 0 && isReady(Training.SUM)) {
            VectorRowLoops.sumRows(x, start, rows, inner, y, at);
        } else {
            PLAIN.sumRows(x, start, rows, inner, y, at);
        }
    }

    @Override
    public void adam(Adam rule, AdamArrays arrays, int from, int to) {
        int end = isReady(Training.ADAM) ? to - (to - from) % L : from;
        if (end > from) {
            VectorAdamLoops.adam(rule, arrays, from, end);
        }
        PLAIN.adam(rule, arrays, end, to);
    }

    @Override
    public void squareRows(float[] x, float[] mean, int start, int rows, int c, double[] y, int at) {
        if (c % L == 0 && isReady(Training.SQUARES)) {
            VectorNormLoops.squareRows(x, mean, start, rows, c, y, at);
        } else {
            PLAIN.squareRows(x, mean, start, rows, c, y, at);
        }
    }

    @Override
    public void normalRows(
            float[] x, float[] mean, float[] factor, float[] offset, int start, int rows, int c, float[] y) {
        if (c % L == 0 && isReady(Training.NORMAL)) {
            VectorNormLoops.normalRows(x, mean, factor, offset, start, rows, c, y);
        } else {
            PLAIN.normalRows(x, mean, factor, offset, start, rows, c, y);
        }
    }

    @Override
    public void gradientSums(float[] x, float[] mean, float[] dy, int start, int rows, int c, double[] y, int at) {
        if (c % L == 0 && isReady(Training.NORM_SUMS)) {
            VectorNormLoops.gradientSums(x, mean, dy, start, rows, c, y, at);
        } else {
            PLAIN.gradientSums(x, mean, dy, start, rows, c, y, at);
        }
    }

    @Override
    public void gradientRows(
            float[] x, float[] mean, float[] dy, Slopes slopes, int start, int rows, int c, float[] dx) {
        if (c % L == 0 && isReady(Training.NORM_GRADIENT)) {
            VectorNormLoops.gradientRows(x, mean, dy, slopes, start, rows, c, dx);
        } else {
            PLAIN.gradientRows(x, mean, dy, slopes, start, rows, c, dx);
        }
    }
}
