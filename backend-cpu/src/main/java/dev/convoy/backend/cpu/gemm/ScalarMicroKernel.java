package dev.convoy.backend.cpu.gemm;

/**
 * Plain loops. A row of a panel is an array of its own, so that all arrays of the inner loop are indexed by j alone, the
 * form C2 vectorises.
 */
public final class ScalarMicroKernel implements MicroKernel {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 4;

    private final boolean fused;
    private final ThreadLocal<float[][]> sums = ThreadLocal.withInitial(() -> new float[HEIGHT][WIDTH]);

    /**
     * @param fused whether {@link Math#fma} is an instruction here; without one it is a thousand times slower
     */
    public ScalarMicroKernel(boolean fused) {
        this.fused = fused;
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int panelWidth() {
        return WIDTH;
    }

    @Override
    public int tileHeight(int rowsLeft) {
        return rowsLeft >= 2 ? HEIGHT : 1;
    }

    @Override
    public int maxTileHeight() {
        return HEIGHT;
    }

    @Override
    public Panels newPanels(int k, int n) {
        Panels shape = new Panels(k, n, WIDTH, new float[0]);
        float[][] rows = new float[shape.count() * k][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[shape.columns(i / k)];
        }
        return new Panels(k, n, WIDTH, rows);
    }

    @Override
    public void pack(RightMatrix source, Panels panels, int panel, int from, int to) {
        float[][] rows = (float[][]) panels.data();
        int first = panels.start(panel);
        for (int k = from; k < to; k++) {
            source.row(k, first, first + panels.columns(panel), rows[panel * panels.k() + k], 0);
        }
    }

    @Override
    public void tile(
            float[] a,
            int at,
            int height,
            int rows,
            Panels b,
            int panel,
            int from,
            int to,
            float[] c,
            int start,
            int stride,
            Finish finish) {
        float[][] right = (float[][]) b.data();
        float[][] sum = sums.get();
        int columns = b.columns(panel);
        for (int r = 0; r < rows; r++) {
            if (from == 0) {
                finish.start(sum[r], 0, b.start(panel), columns);
            } else {
                System.arraycopy(c, start + r * stride, sum[r], 0, columns);
            }
        }
        int row = panel * b.k() + from;
        int end = panel * b.k() + to;
        int left = at;
        for (; row <= end - 4; row += 4, left += 4 * height) {
            add(sum, height, right[row], right[row + 1], right[row + 2], right[row + 3], columns, a, left);
        }
        for (; row < end; row++, left += height) {
            for (int r = 0; r < rows; r++) {
                one(sum[r], right[row], columns, a[left + r]);
            }
        }
        for (int r = 0; r < rows; r++) {
            if (to == b.k()) {
                finish.add(sum[r], 0, start + r * stride, columns);
            }
            if (to == b.k() && finish.bounds()) {
                finish.bound(sum[r], 0, columns);
            }
            System.arraycopy(sum[r], 0, c, start + r * stride, columns);
        }
    }

    private void add(
            float[][] c, int height, float[] b0, float[] b1, float[] b2, float[] b3, int n, float[] a, int at) {
        if (height == HEIGHT && fused) {
            fusedFour(c[0], c[1], c[2], c[3], b0, b1, b2, b3, n, a, at);
        } else {
            for (int r = 0; r < height; r++) {
                float x0 = a[at + r];
                float x1 = a[at + height + r];
                float x2 = a[at + 2 * height + r];
                float x3 = a[at + 3 * height + r];
                if (fused) {
                    fusedOne(c[r], b0, b1, b2, b3, n, x0, x1, x2, x3);
                } else {
                    plainOne(c[r], b0, b1, b2, b3, n, x0, x1, x2, x3);
                }
            }
        }
    }

    private void one(float[] c, float[] b, int n, float x) {
        if (fused) {
            for (int j = 0; j < n; j++) {
                c[j] = Math.fma(x, b[j], c[j]);
            }
        } else {
            for (int j = 0; j < n; j++) {
                c[j] += x * b[j];
            }
        }
    }

    private static void fusedOne(
            float[] c, float[] b0, float[] b1, float[] b2, float[] b3, int n, float x0, float x1, float x2, float x3) {
        for (int j = 0; j < n; j++) {
            c[j] = Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], c[j]))));
        }
    }

    private static void plainOne(
            float[] c, float[] b0, float[] b1, float[] b2, float[] b3, int n, float x0, float x1, float x2, float x3) {
        for (int j = 0; j < n; j++) {
            c[j] = c[j] + x0 * b0[j] + x1 * b1[j] + x2 * b2[j] + x3 * b3[j];
        }
    }

    private static void fusedFour(
            float[] c0,
            float[] c1,
            float[] c2,
            float[] c3,
            float[] b0,
            float[] b1,
            float[] b2,
            float[] b3,
            int n,
            float[] a,
            int at) {
        float x0 = a[at];
        float y0 = a[at + 1];
        float z0 = a[at + 2];
        float w0 = a[at + 3];
        float x1 = a[at + 4];
        float y1 = a[at + 5];
        float z1 = a[at + 6];
        float w1 = a[at + 7];
        float x2 = a[at + 8];
        float y2 = a[at + 9];
        float z2 = a[at + 10];
        float w2 = a[at + 11];
        float x3 = a[at + 12];
        float y3 = a[at + 13];
        float z3 = a[at + 14];
        float w3 = a[at + 15];
        for (int j = 0; j < n; j++) {
            float p = b0[j];
            float q = b1[j];
            float r = b2[j];
            float s = b3[j];
            c0[j] = Math.fma(x3, s, Math.fma(x2, r, Math.fma(x1, q, Math.fma(x0, p, c0[j]))));
            c1[j] = Math.fma(y3, s, Math.fma(y2, r, Math.fma(y1, q, Math.fma(y0, p, c1[j]))));
            c2[j] = Math.fma(z3, s, Math.fma(z2, r, Math.fma(z1, q, Math.fma(z0, p, c2[j]))));
            c3[j] = Math.fma(w3, s, Math.fma(w2, r, Math.fma(w1, q, Math.fma(w0, p, c3[j]))));
        }
    }
}
