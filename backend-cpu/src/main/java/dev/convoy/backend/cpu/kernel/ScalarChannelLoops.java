package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import java.util.Arrays;

/**
 * Plain loops.
 *
 * @param fused whether {@link Math#fma} is an instruction here
 */
public record ScalarChannelLoops(boolean fused) implements ChannelLoops {

    @Override
    public void max(float[] x, Run run, float[] y) {
        int c = run.channels();
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += c) {
            int base = run.base() + i * run.step();
            System.arraycopy(x, base + run.offsets()[0], y, at, c);
            for (int t = 1; t < run.taps(); t++) {
                int source = base + run.offsets()[t];
                for (int j = 0; j < c; j++) {
                    y[at + j] = x[source + j] > y[at + j] ? x[source + j] : y[at + j];
                }
            }
        }
    }

    @Override
    public void mean(float[] x, Run run, float divisor, float[] y) {
        int c = run.channels();
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += c) {
            int base = run.base() + i * run.step();
            Arrays.fill(y, at, at + c, 0);
            for (int t = 0; t < run.taps(); t++) {
                int source = base + run.offsets()[t];
                for (int j = 0; j < c; j++) {
                    y[at + j] += x[source + j];
                }
            }
            for (int j = at; j < at + c; j++) {
                y[j] /= divisor;
            }
        }
    }

    @Override
    public void weighted(float[] x, Run run, float[] w, int[] weights, Finish finish, float[] y) {
        int c = run.channels();
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += c) {
            int base = run.base() + i * run.step();
            finish.start(y, at, 0, c);
            for (int t = 0; t < run.taps(); t++) {
                add(x, base + run.offsets()[t], w, weights[t], y, at, c);
            }
            if (finish.bounds()) {
                finish.bound(y, at, at + c);
            }
        }
    }

    private void add(float[] x, int source, float[] w, int weight, float[] y, int at, int c) {
        if (fused) {
            for (int j = 0; j < c; j++) {
                y[at + j] = Math.fma(x[source + j], w[weight + j], y[at + j]);
            }
        } else {
            for (int j = 0; j < c; j++) {
                y[at + j] += x[source + j] * w[weight + j];
            }
        }
    }
}
