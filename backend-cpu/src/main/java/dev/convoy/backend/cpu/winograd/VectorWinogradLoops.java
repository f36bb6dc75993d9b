package dev.convoy.backend.cpu.winograd;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;
import org.jspecify.annotations.Nullable;

/**
 * Loops over vectors of channels where C2 has compiled them, and plain loops, which compute the same to the same bits, where
 * it has not. This class links no class of the Vector API; {@link VectorTransforms} and {@link VectorRows} do.
 */
public final class VectorWinogradLoops implements WinogradLoops {

    private static final int LANES = VectorWidth.LANES;
    private static final int WIDTH = 2 * LANES;
    private static final boolean WIDE = LANES >= 16;
    private static final int HIGHEST = 14;
    private static final int MOST_PRODUCTS = Winograd.F4.products();
    private static final float[] ZEROS = new float[WIDTH];
    private static final ThreadLocal<float[]> HALF = ThreadLocal.withInitial(() -> new float[MOST_PRODUCTS * LANES]);

    /** Loaded by the first convolution that takes this way. */
    private static final class Trials {

        static final WarmUp DATA_2 = data(Winograd.F2);
        static final WarmUp DATA_4 = data(Winograd.F4);
        static final WarmUp SUMS_2 = sums(Winograd.F2);
        static final WarmUp SUMS_4 = sums(Winograd.F4);
        static final WarmUp[] ROWS = rowWarmUps();
        static final WarmUp WEIGHTS_2 = weights(Winograd.F2);
        static final WarmUp WEIGHTS_4 = weights(Winograd.F4);
        static final WarmUp GRADIENT_2 = gradient(Winograd.F2);
        static final WarmUp GRADIENT_4 = gradient(Winograd.F4);
        static final WarmUp PRODUCTS_2 = products(Winograd.F2);
        static final WarmUp PRODUCTS_4 = products(Winograd.F4);

        private Trials() {}
    }

    private final WarmUp.Mode mode;
    private final PlainWinogradLoops plain = new PlainWinogradLoops(WIDTH);

    /**
     * @param mode what to do while C2 has not compiled a loop
     */
    public VectorWinogradLoops(WarmUp.Mode mode) {
        this.mode = mode;
    }

    private static WarmUp data(Winograd form) {
        Place x = new Place(new float[MOST_PRODUCTS * LANES], 0, form.inputs() * LANES, LANES);
        Rows v = new Rows(new float[MOST_PRODUCTS * LANES], 0, LANES, 0);
        return new WarmUp(() -> data(form, x, LANES, v));
    }

    private static WarmUp sums(Winograd form) {
        Rows m = new Rows(new float[MOST_PRODUCTS * LANES], 0, LANES, 0);
        Place y = new Place(new float[MOST_PRODUCTS * LANES], 0, form.outputs() * LANES, LANES);
        return new WarmUp(() -> sums(form, m, LANES, new Finish(null, 0, 1), null, y));
    }

    private static Place place() {
        return new Place(new float[MOST_PRODUCTS * LANES], 0, Winograd.F4.outputs() * LANES, LANES);
    }

    private static Rows rows() {
        return new Rows(new float[MOST_PRODUCTS * LANES], 0, LANES, 0);
    }

    private static WarmUp weights(Winograd form) {
        Place w = place();
        Rows u = rows();
        return new WarmUp(() -> weights(form, w, LANES, u));
    }

    private static WarmUp gradient(Winograd form) {
        Place dy = place();
        Rows d = rows();
        return new WarmUp(() -> gradient(form, dy, LANES, d));
    }

    private static WarmUp products(Winograd form) {
        Rows m = rows();
        Place dw = place();
        return new WarmUp(() -> products(form, m, LANES, dw));
    }

    private static WarmUp[] rowWarmUps() {
        int k = 64;
        WarmUp[] byHeight = new WarmUp[HIGHEST + 1];
        float[] v = new float[HIGHEST * STRIDE];
        float[] u = new float[k * WIDTH];
        float[] m = new float[HIGHEST * WIDTH];
        for (int height : WIDE ? new int[] {14, 7, 4} : new int[] {4}) {
            byHeight[height] = new WarmUp(() -> rows(height, v, 0, u, 0, k, ZEROS, 0, 0, m, 0, WIDTH));
        }
        return byHeight;
    }

    private boolean isReady(WarmUp warmUp) {
        return warmUp.isReady(mode);
    }

    @Override
    public int panelWidth() {
        return WIDTH;
    }

    @Override
    public int tileHeight(int rowsLeft) {
        if (WIDE) {
            return rowsLeft >= 12 ? 14 : rowsLeft >= 5 ? 7 : 4;
        }
        return 4;
    }

    @Override
    public void transformData(Winograd form, Place x, int channels, Rows v) {
        boolean ready = switch (form) {
            case F2 -> isReady(Trials.DATA_2);
            case F4 -> isReady(Trials.DATA_4);
        };
        if (ready) {
            data(form, x, channels, v);
        } else {
            plain.transformData(form, x, channels, v);
        }
    }

    private static void data(Winograd form, Place x, int channels, Rows v) {
        float[] half = HALF.get();
        for (int c = 0; c < channels; c += LANES) {
            int to = v.at() + c / BLOCK * v.block() + c % BLOCK;
            switch (form) {
                case F2 ->
                    VectorTransforms.data2(x.array(), x.at() + c, x.row(), x.pixel(), half, v.array(), to, v.matrix());
                case F4 ->
                    VectorTransforms.data4(x.array(), x.at() + c, x.row(), x.pixel(), half, v.array(), to, v.matrix());
            }
        }
    }

    @Override
    public void multiply(
            int height, float[] v, int vt, float[] u, int ut, int k, boolean fresh, float[] m, int mt, int ms) {
        if (isReady(Trials.ROWS[height])) {
            rows(height, v, vt, u, ut, k, fresh ? ZEROS : m, fresh ? 0 : mt, fresh ? 0 : ms, m, mt, ms);
        } else {
            plain.multiply(height, v, vt, u, ut, k, fresh, m, mt, ms);
        }
    }

    private static void rows(
            int height,
            float[] v,
            int vt,
            float[] u,
            int ut,
            int k,
            float[] s,
            int st,
            int ss,
            float[] m,
            int mt,
            int ms) {
        switch (height) {
            case 14 -> VectorRows.rows14(v, vt, u, ut, k, s, st, ss, m, mt, ms);
            case 7 -> VectorRows.rows7(v, vt, u, ut, k, s, st, ss, m, mt, ms);
            case 4 -> VectorRows.rows4(v, vt, u, ut, k, s, st, ss, m, mt, ms);
            default -> throw new IllegalArgumentException("No tile of height " + height);
        }
    }

    @Override
    public void transformSums(Winograd form, Rows m, int channels, Finish finish, @Nullable Place addend, Place y) {
        boolean ready = switch (form) {
            case F2 -> isReady(Trials.SUMS_2);
            case F4 -> isReady(Trials.SUMS_4);
        };
        if (ready) {
            sums(form, m, channels, finish, addend, y);
        } else {
            plain.transformSums(form, m, channels, finish, addend, y);
        }
    }

    private static void sums(Winograd form, Rows m, int channels, Finish finish, @Nullable Place addend, Place y) {
        float[] half = HALF.get();
        float[] bias = finish.bias();
        float[] b = bias == null ? ZEROS : bias;
        float[] z = y.array();
        for (int c = 0; c < channels; c += LANES) {
            int bt = bias == null ? 0 : c;
            int to = y.at() + c;
            switch (form) {
                case F2 ->
                    VectorTransforms.sums2(m.array(), m.at() + c, m.matrix(), half, b, bt, z, to, y.row(), y.pixel());
                case F4 ->
                    VectorTransforms.sums4(m.array(), m.at() + c, m.matrix(), half, b, bt, z, to, y.row(), y.pixel());
            }
            if (addend != null) {
                int from = addend.at() + c;
                VectorTransforms.add(
                        form.outputs(), addend.array(), from, addend.row(), addend.pixel(), z, to, y.row(), y.pixel());
            }
            if (finish.bounds()) {
                VectorTransforms.bound(form.outputs(), finish.low(), finish.high(), z, to, y.row(), y.pixel());
            }
        }
    }

    @Override
    public void transformWeights(Winograd form, Place w, int channels, Rows u) {
        boolean ready = switch (form) {
            case F2 -> isReady(Trials.WEIGHTS_2);
            case F4 -> isReady(Trials.WEIGHTS_4);
        };
        if (ready) {
            weights(form, w, channels, u);
        } else {
            plain.transformWeights(form, w, channels, u);
        }
    }

    private static void weights(Winograd form, Place w, int channels, Rows u) {
        float[] half = HALF.get();
        for (int c = 0; c < channels; c += LANES) {
            int from = w.at() + c;
            int to = u.at() + c;
            switch (form) {
                case F2 ->
                    VectorGradientTransforms.weights2(
                            w.array(), from, w.row(), w.pixel(), half, u.array(), to, u.matrix());
                case F4 ->
                    VectorGradientTransforms.weights4(
                            w.array(), from, w.row(), w.pixel(), half, u.array(), to, u.matrix());
            }
        }
    }

    @Override
    public void transformGradient(Winograd form, Place dy, int channels, Rows d) {
        boolean ready = switch (form) {
            case F2 -> isReady(Trials.GRADIENT_2);
            case F4 -> isReady(Trials.GRADIENT_4);
        };
        if (ready) {
            gradient(form, dy, channels, d);
        } else {
            plain.transformGradient(form, dy, channels, d);
        }
    }

    private static void gradient(Winograd form, Place dy, int channels, Rows d) {
        float[] half = HALF.get();
        for (int c = 0; c < channels; c += LANES) {
            int from = dy.at() + c;
            int to = d.at() + c;
            switch (form) {
                case F2 ->
                    VectorGradientTransforms.gradient2(
                            dy.array(), from, dy.row(), dy.pixel(), half, d.array(), to, d.matrix());
                case F4 ->
                    VectorGradientTransforms.gradient4(
                            dy.array(), from, dy.row(), dy.pixel(), half, d.array(), to, d.matrix());
            }
        }
    }

    @Override
    public void transformProducts(Winograd form, Rows m, int channels, Place dw) {
        boolean ready = switch (form) {
            case F2 -> isReady(Trials.PRODUCTS_2);
            case F4 -> isReady(Trials.PRODUCTS_4);
        };
        if (ready) {
            products(form, m, channels, dw);
        } else {
            plain.transformProducts(form, m, channels, dw);
        }
    }

    private static void products(Winograd form, Rows m, int channels, Place dw) {
        float[] half = HALF.get();
        for (int c = 0; c < channels; c += LANES) {
            int from = m.at() + c;
            int to = dw.at() + c;
            switch (form) {
                case F2 ->
                    VectorGradientTransforms.products2(
                            m.array(), from, m.matrix(), half, dw.array(), to, dw.row(), dw.pixel());
                case F4 ->
                    VectorGradientTransforms.products4(
                            m.array(), from, m.matrix(), half, dw.array(), to, dw.row(), dw.pixel());
            }
        }
    }
}
