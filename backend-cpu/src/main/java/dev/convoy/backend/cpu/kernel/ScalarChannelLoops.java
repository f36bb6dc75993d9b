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
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += run.pitch()) {
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
    public void max(float[] x, Run run, int[] pixels, float[] y, long[] indices) {
        int c = run.channels();
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += c) {
            int base = run.base() + i * run.step();
            System.arraycopy(x, base + run.offsets()[0], y, at, c);
            Arrays.fill(indices, at, at + c, 0);
            for (int t = 1; t < run.taps(); t++) {
                int source = base + run.offsets()[t];
                for (int j = 0; j < c; j++) {
                    boolean larger = x[source + j] > y[at + j];
                    y[at + j] = larger ? x[source + j] : y[at + j];
                    indices[at + j] = larger ? t : indices[at + j];
                }
            }
            int moved = i * run.step() / Math.max(1, c);
            for (int j = at; j < at + c; j++) {
                int pixel = pixels[(int) indices[j]] + moved;
                indices[j] = pixel;
            }
        }
    }

    @Override
    public void mean(float[] x, Run run, float divisor, float[] y) {
        int c = run.channels();
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += run.pitch()) {
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
        for (int i = 0, at = run.at(); i < run.windows(); i++, at += run.pitch()) {
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

    @Override
    public void weighted(
            Strip strip, int rows, float[] x, int base, StripWeights weights, Finish finish, float[] y, int at) {
        int c = strip.channels();
        for (int i = 0, to = at; i < strip.windows(); i++, to += c) {
            finish.start(y, to, 0, c);
            for (int r = 0; r < rows; r++) {
                for (int k = strip.first(i); k < strip.end(i); k++) {
                    int weight = weights.start() + (r * COLUMNS + k) * weights.pitch();
                    add(x, base + r * strip.pitch() + strip.start(i, k), weights.array(), weight, y, to, c);
                }
            }
            if (finish.bounds()) {
                finish.bound(y, to, to + c);
            }
        }
    }

    @Override
    public void max(Strip strip, int rows, float[] x, int base, float[] y, int at) {
        int c = strip.channels();
        for (int i = 0, to = at; i < strip.windows(); i++, to += c) {
            for (int k = strip.first(i); k < strip.end(i); k++) {
                boolean first = k == strip.first(i);
                for (int j = 0; j < c; j++) {
                    float best = maxOfColumn(strip, rows, x, base + strip.start(i, k) + j);
                    y[to + j] = first || best > y[to + j] ? best : y[to + j];
                }
            }
        }
    }

    private static float maxOfColumn(Strip strip, int rows, float[] x, int from) {
        float best = x[from];
        for (int r = 1; r < rows; r++) {
            float next = x[from + r * strip.pitch()];
            best = next > best ? next : best;
        }
        return best;
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

    @Override
    public void separate(
            float[] x, int from, int step, Separation separation, float[] y, int to, int stride, int rows) {
        int channels = separation.starts().length;
        for (int i = 0; i < rows * channels; i++) {
            int c = i % channels;
            int source = from + i / channels * step + c;
            int at = to + i / channels * stride + separation.starts()[c];
            for (int j = 0; j < separation.counts()[c]; j++) {
                y[at + j] = x[source + j * channels];
            }
        }
    }

    @Override
    public void convolved(Row row, float[] planes, int base, float[] y, int at) {
        int channels = row.channels();
        Finish finish = row.finish();
        for (int i = 0, to = at; i < row.windows(); i++, to += channels) {
            finish.start(y, to, 0, channels);
            for (int e = 0; e < row.offsets().length; e++) {
                addScaled(planes[base + row.offsets()[e] + i], row.w(), e * row.pitch(), y, to, channels);
            }
            if (finish.bounds()) {
                finish.bound(y, to, to + channels);
            }
        }
    }

    @Override
    public void pooled(Pooling p, Finish bounds, float[] x, int from, float[] y, int to) {
        int channels = p.channels();
        for (int i = 0; i < p.windows(); i++) {
            for (int c = 0; c < channels; c++) {
                int at = from + i * p.stride() * channels + c;
                float best = highest(x, at, p);
                for (int k = 1; k < p.wide(); k++) {
                    float next = highest(x, at + k * channels, p);
                    best = next > best ? next : best;
                }
                y[to + i * channels + c] = best;
            }
        }
        bounds.bound(y, to, to + p.windows() * channels);
    }

    @Override
    public void halved(Row row, int step, float[] planes, int base, float[] y, int at) {
        int channels = row.channels();
        int length = row.windows() * channels;
        float[] rows = new float[2 * length];
        Row sums = row.withoutBounds();
        convolved(sums, planes, base, rows, 0);
        convolved(sums, planes, base + step, rows, length);
        pooled(new Pooling(2, 2, 2, channels, length, row.windows() / 2), row.finish(), rows, 0, y, at);
    }

    @Override
    public void halved(Pairs pairs, int step, float[] x, int base, int sums, float[] y, int to) {
        int n = pairs.count();
        int channels = pairs.channels();
        float[] fours = new float[4 * n];
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < fours.length; i++) {
                pairs.finish().start(fours, i, c, 1);
            }
            for (int e = 0; e < pairs.left().length; e++) {
                float weight = pairs.w()[e * pairs.pitch() + c];
                int left = base + pairs.left()[e];
                int right = base + pairs.right()[e];
                addScaled(weight, x, left, fours, 0, n);
                addScaled(weight, x, right, fours, n, n);
                addScaled(weight, x, left + step, fours, 2 * n, n);
                addScaled(weight, x, right + step, fours, 3 * n, n);
            }
            for (int i = 0; i < n; i++) {
                float left = larger(fours[i], fours[2 * n + i]);
                y[to + i * channels + c] = larger(left, larger(fours[n + i], fours[3 * n + i]));
            }
        }
        pairs.finish().bound(y, to, to + n * channels);
    }

    @Override
    public void lines(Lines lines, float[] x, int base, int step, int sums, float[] y, int to, int apart) {
        line(lines, x, base, sums, y, to);
        line(lines, x, base + step, sums, y, to + apart);
    }

    private void line(Lines lines, float[] x, int base, int sums, float[] y, int to) {
        for (int c = 0; c < lines.channels(); c++) {
            Arrays.fill(x, sums, sums + PAIRS, 0);
            for (int e = 0; e < lines.offsets().length; e++) {
                addScaled(lines.w()[e * lines.pitch() + c], x, base + lines.offsets()[e], x, sums, PAIRS);
            }
            for (int i = 0; i < PAIRS; i++) {
                y[to + i * lines.channels() + c] = x[sums + i];
            }
        }
    }

    private static float larger(float best, float next) {
        return next > best ? next : best;
    }

    private static float highest(float[] x, int at, Pooling p) {
        float best = x[at];
        for (int r = 1; r < p.tall(); r++) {
            float next = x[at + r * p.length()];
            best = next > best ? next : best;
        }
        return best;
    }

    @Override
    public void addProducts(Products form, int rows, float[] planes, float[] dy, int at, float[] sums) {
        int c = form.channels();
        int[] offsets = form.offsets();
        for (int i = 0; i < rows * form.windows(); i++) {
            int base = i / form.windows() * form.step() + i % form.windows();
            for (int e = 0; e < offsets.length; e++) {
                addScaled(planes[base + offsets[e]], dy, at + i * c, sums, e * form.pitch(), c);
            }
        }
    }

    private void addScaled(float factor, float[] a, int from, float[] y, int at, int length) {
        if (fused) {
            for (int j = 0; j < length; j++) {
                y[at + j] = Math.fma(factor, a[from + j], y[at + j]);
            }
        } else {
            for (int j = 0; j < length; j++) {
                y[at + j] += factor * a[from + j];
            }
        }
    }

    @Override
    public void pass(float[] x, float limit, float[] a, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            y[i] = x[i] > limit ? a[i] : 0;
        }
    }

    @Override
    public void adam(Adam rule, AdamArrays arrays, int from, int to) {
        float[] gradient = arrays.gradient();
        decay(arrays.oldMomentum(), gradient, rule.beta1(), rule.rest1(), arrays.momentum(), from, to);
        flush(arrays.momentum(), rule.smallest(), from, to);
        decaySquares(arrays.oldVelocity(), gradient, rule.beta2(), rule.rest2(), arrays.velocity(), from, to);
        flush(arrays.velocity(), rule.smallest(), from, to);
        move(rule, arrays.old(), arrays.momentum(), arrays.velocity(), arrays.parameter(), from, to);
    }

    private static void decay(float[] old, float[] g, float beta, float rest, float[] moment, int from, int to) {
        for (int i = from; i < to; i++) {
            moment[i] = old[i] * beta + g[i] * rest;
        }
    }

    private static void decaySquares(float[] old, float[] g, float beta, float rest, float[] moment, int from, int to) {
        for (int i = from; i < to; i++) {
            moment[i] = old[i] * beta + g[i] * g[i] * rest;
        }
    }

    private static void move(Adam rule, float[] old, float[] momentum, float[] velocity, float[] y, int from, int to) {
        float alpha = rule.alpha();
        float epsilon = rule.epsilon();
        for (int i = from; i < to; i++) {
            y[i] = old[i] - momentum[i] * alpha / ((float) Math.sqrt(velocity[i]) + epsilon);
        }
    }

    @Override
    public void copyRows(float[] x, int from, int step, float[] y, int to, int stride, int length, int rows) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < length; j++) {
                y[to + i * stride + j] = x[from + i * step + j];
            }
        }
    }

    @Override
    public void sumRows(float[] x, int start, int rows, int inner, double[] y, int at) {
        Arrays.fill(y, at, at + inner, 0);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < inner; j++) {
                y[at + j] += x[start + i * inner + j];
            }
        }
    }

    @Override
    public void flush(float[] x, float smallest, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Math.abs(x[i]) < smallest) {
                x[i] = 0;
            }
        }
    }
}
