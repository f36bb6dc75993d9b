package dev.convoy.backend.cpu.winograd;

import dev.convoy.backend.cpu.gemm.Finish;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Plain loops with the bits of {@link VectorWinogradLoops}, which uses them where C2 has not compiled its own. */
public final class PlainWinogradLoops implements WinogradLoops {

    private static final int HEIGHT = 4;

    /** What can be added to any number, -0 too, and leaves it as it is. */
    private static final float NOTHING = -0.0f;

    private final int panelWidth;

    public PlainWinogradLoops(int panelWidth) {
        this.panelWidth = panelWidth;
    }

    @Override
    public int panelWidth() {
        return panelWidth;
    }

    @Override
    public int tileHeight(int rowsLeft) {
        return HEIGHT;
    }

    @Override
    public void transformData(Winograd form, Place x, int channels, Rows v) {
        int n = form.inputs();
        float[] t = new float[n * n];
        float[] line = new float[n];
        for (int c = 0; c < channels; c++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    line[i] = x.array()[x.at() + i * x.row() + j * x.pixel() + c];
                }
                data(form, line, t, j, n);
            }
            int to = v.at() + c / BLOCK * v.block() + c % BLOCK;
            for (int i = 0; i < n; i++) {
                System.arraycopy(t, i * n, line, 0, n);
                data(form, line, v.array(), to + i * n * v.matrix(), v.matrix());
            }
        }
    }

    /** Bᵀ times a column. */
    private static void data(Winograd form, float[] x, float[] t, int at, int step) {
        switch (form) {
            case F2 -> {
                t[at] = x[2] - x[0];
                t[at + step] = x[2] + x[1];
                t[at + 2 * step] = x[2] - x[1];
                t[at + 3 * step] = x[3] - x[1];
            }
            case F4 -> {
                float farEven = Math.fma(x[2], -2.25f, x[4]);
                float farOdd = Math.fma(x[1], -2.25f, x[3]);
                float nearEven = Math.fma(x[2], -0.5625f, x[4]);
                float nearOdd = Math.fma(x[1], -0.5625f, x[3]);
                t[at] = Math.fma(x[0], 1.265625f, Math.fma(x[2], -2.8125f, x[4]));
                t[at + step] = Math.fma(farOdd, 0.75f, farEven);
                t[at + 2 * step] = Math.fma(farOdd, -0.75f, farEven);
                t[at + 3 * step] = Math.fma(nearOdd, 1.5f, nearEven);
                t[at + 4 * step] = Math.fma(nearOdd, -1.5f, nearEven);
                t[at + 5 * step] = Math.fma(x[1], 1.265625f, Math.fma(x[3], -2.8125f, x[5]));
            }
        }
    }

    @Override
    public void multiply(
            int height, float[] v, int vt, float[] u, int ut, int k, boolean fresh, float[] m, int mt, int ms) {
        for (int r = 0; r < height; r++) {
            int to = mt + r * ms;
            if (fresh) {
                Arrays.fill(m, to, to + panelWidth, 0);
            }
            for (int i = 0; i < k; i++) {
                float factor = v[vt + r * STRIDE + i];
                int from = ut + i * panelWidth;
                for (int j = 0; j < panelWidth; j++) {
                    m[to + j] = Math.fma(factor, u[from + j], m[to + j]);
                }
            }
        }
    }

    @Override
    public void transformSums(Winograd form, Rows m, int channels, Finish finish, @Nullable Place addend, Place y) {
        int n = form.inputs();
        float[] t = new float[n * form.outputs()];
        float[] line = new float[n];
        float[] bias = finish.bias();
        for (int c = 0; c < channels; c++) {
            for (int j = 0; j < n; j++) {
                for (int i = 0; i < n; i++) {
                    line[i] = m.array()[m.at() + (i * n + j) * m.matrix() + c];
                }
                sums(form, line, t, j, n, NOTHING);
            }
            float added = bias == null ? 0 : bias[c];
            for (int i = 0; i < form.outputs(); i++) {
                System.arraycopy(t, i * n, line, 0, n);
                int to = y.at() + i * y.row() + c;
                sums(form, line, y.array(), to, y.pixel(), added);
                for (int j = 0; j < form.outputs(); j++) {
                    int place = to + j * y.pixel();
                    if (addend != null) {
                        y.array()[place] += addend.array()[addend.at() + i * addend.row() + j * addend.pixel() + c];
                    }
                    if (finish.bounds()) {
                        finish.bound(y.array(), place, place + 1);
                    }
                }
            }
        }
    }

    /** Aᵀ times a column, and a bias. */
    private static void sums(Winograd form, float[] x, float[] t, int at, int step, float bias) {
        switch (form) {
            case F2 -> {
                t[at] = x[0] + x[1] + x[2] + bias;
                t[at + step] = x[1] - x[2] + x[3] + bias;
            }
            case F4 -> {
                float nearSum = x[1] + x[2];
                float nearDifference = x[1] - x[2];
                float farSum = x[3] + x[4];
                float farDifference = x[3] - x[4];
                t[at] = x[0] + nearSum + farSum + bias;
                t[at + step] = Math.fma(farDifference, 1.5f, nearDifference * 0.75f) + bias;
                t[at + 2 * step] = Math.fma(farSum, 2.25f, nearSum * 0.5625f) + bias;
                t[at + 3 * step] = Math.fma(farDifference, 3.375f, Math.fma(nearDifference, 0.421875f, x[5])) + bias;
            }
        }
    }

    @Override
    public void transformWeights(Winograd form, Place w, int channels, Rows u) {
        int n = form.inputs();
        for (int c = 0; c < channels; c++) {
            both(
                    form,
                    Step.WEIGHTS,
                    w.array(),
                    w.at() + c,
                    w.row(),
                    w.pixel(),
                    u.array(),
                    u.at() + c,
                    n * u.matrix(),
                    u.matrix());
        }
    }

    @Override
    public void transformGradient(Winograd form, Place dy, int channels, Rows d) {
        int n = form.inputs();
        for (int c = 0; c < channels; c++) {
            both(
                    form,
                    Step.GRADIENT,
                    dy.array(),
                    dy.at() + c,
                    dy.row(),
                    dy.pixel(),
                    d.array(),
                    d.at() + c,
                    n * d.matrix(),
                    d.matrix());
        }
    }

    @Override
    public void transformProducts(Winograd form, Rows m, int channels, Place dw) {
        int n = form.inputs();
        for (int c = 0; c < channels; c++) {
            both(
                    form,
                    Step.PRODUCTS,
                    m.array(),
                    m.at() + c,
                    n * m.matrix(),
                    m.matrix(),
                    dw.array(),
                    dw.at() + c,
                    dw.row(),
                    dw.pixel());
        }
    }

    /** What training multiplies columns and rows by. */
    private enum Step {
        /** G. */
        WEIGHTS,
        /** A. */
        GRADIENT,
        /** Gᵀ. */
        PRODUCTS;

        int from(Winograd form) {
            return switch (this) {
                case WEIGHTS -> Winograd.WINDOW;
                case GRADIENT -> form.outputs();
                case PRODUCTS -> form.inputs();
            };
        }

        int to(Winograd form) {
            return switch (this) {
                case WEIGHTS, GRADIENT -> form.inputs();
                case PRODUCTS -> Winograd.WINDOW;
            };
        }

        void apply(Winograd form, float[] x, float[] y, int at, int step) {
            switch (this) {
                case WEIGHTS -> weights(form, x, y, at, step);
                case GRADIENT -> gradient(form, x, y, at, step);
                case PRODUCTS -> products(form, x, y, at, step);
            }
        }
    }

    /** Applies a step to the columns of a square, then to the rows. */
    private static void both(
            Winograd form,
            Step step,
            float[] x,
            int from,
            int row,
            int pixel,
            float[] y,
            int to,
            int toRow,
            int toPixel) {
        int n = step.from(form);
        float[] t = new float[step.to(form) * n];
        float[] line = new float[n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                line[i] = x[from + i * row + j * pixel];
            }
            step.apply(form, line, t, j, n);
        }
        for (int i = 0; i < step.to(form); i++) {
            System.arraycopy(t, i * n, line, 0, n);
            step.apply(form, line, y, to + i * toRow, toPixel);
        }
    }

    private static void weights(Winograd form, float[] w, float[] u, int at, int step) {
        switch (form) {
            case F2 -> {
                float even = (w[0] + w[2]) * 0.5f;
                float odd = w[1] * 0.5f;
                u[at] = -w[0];
                u[at + step] = even + odd;
                u[at + 2 * step] = even - odd;
                u[at + 3 * step] = w[2];
            }
            case F4 -> {
                float nearEven = Math.fma(w[2], Terms.NEAR_2, w[0] * Terms.NEAR_0);
                float nearOdd = w[1] * Terms.NEAR_1;
                float farEven = Math.fma(w[2], Terms.FAR_2, w[0] * Terms.FAR_0);
                float farOdd = w[1] * Terms.FAR_1;
                u[at] = w[0] * Terms.ZERO_0;
                u[at + step] = nearEven + nearOdd;
                u[at + 2 * step] = nearEven - nearOdd;
                u[at + 3 * step] = farEven + farOdd;
                u[at + 4 * step] = farEven - farOdd;
                u[at + 5 * step] = w[2];
            }
        }
    }

    private static void gradient(Winograd form, float[] y, float[] d, int at, int step) {
        switch (form) {
            case F2 -> {
                d[at] = y[0];
                d[at + step] = y[0] + y[1];
                d[at + 2 * step] = y[0] - y[1];
                d[at + 3 * step] = y[1];
            }
            case F4 -> {
                float nearEven = Math.fma(y[2], 0.5625f, y[0]);
                float nearOdd = Math.fma(y[3], 0.421875f, y[1] * 0.75f);
                float farEven = Math.fma(y[2], 2.25f, y[0]);
                float farOdd = Math.fma(y[3], 3.375f, y[1] * 1.5f);
                d[at] = y[0];
                d[at + step] = nearEven + nearOdd;
                d[at + 2 * step] = nearEven - nearOdd;
                d[at + 3 * step] = farEven + farOdd;
                d[at + 4 * step] = farEven - farOdd;
                d[at + 5 * step] = y[3];
            }
        }
    }

    private static void products(Winograd form, float[] m, float[] w, int at, int step) {
        switch (form) {
            case F2 -> {
                float half = (m[1] + m[2]) * 0.5f;
                w[at] = half - m[0];
                w[at + step] = (m[1] - m[2]) * 0.5f;
                w[at + 2 * step] = half + m[3];
            }
            case F4 -> {
                float near = m[1] + m[2];
                float far = m[3] + m[4];
                w[at] = Math.fma(far, Terms.FAR_0, Math.fma(near, Terms.NEAR_0, m[0] * Terms.ZERO_0));
                w[at + step] = Math.fma(m[3] - m[4], Terms.FAR_1, (m[1] - m[2]) * Terms.NEAR_1);
                w[at + 2 * step] = Math.fma(far, Terms.FAR_2, Math.fma(near, Terms.NEAR_2, m[5]));
            }
        }
    }
}
