package dev.convoy.backend.cpu.gemm;

import dev.convoy.backend.cpu.machine.VectorWidth;
import dev.convoy.backend.cpu.machine.WarmUp;

/**
 * Tiles in vector registers, for the widest vectors of the machine. Panels are two vectors wide, so that few loads meet
 * many rows; a last panel of at most one vector is that wide. With vectors of 512 bits there are 32 registers and tiles
 * of 14 rows, else 16 and 4: with more, C2 keeps some of the sums in memory, which takes twice as long.
 *
 * <p>Where a tile function is not compiled yet, plain loops compute the same sums to the same bits. A tile function adds k
 * products to a start, row r of which is at {@code st + r * ss} of {@code s}: the bias (or zeros) with stride 0, or what an
 * earlier part of k has left in the result.
 *
 * <p>This class links no class of the Vector API; its tile functions, in classes of their own, do.
 */
public final class VectorMicroKernel implements MicroKernel {

    private static final int LANES = VectorWidth.LANES;
    private static final int WIDTH = 2 * LANES;
    private static final boolean WIDE = LANES >= 16;
    private static final int HEIGHT = WIDE ? 14 : 4;

    /** Floats from one k to the next in a packed tile of 14 rows: what a vector holds. */
    static final int PITCH_14 = VectorPacking.SIDE;

    private static final float[] ZEROS = new float[WIDTH];
    private static final ThreadLocal<float[]> EDGE = ThreadLocal.withInitial(() -> new float[HEIGHT * WIDTH]);
    private static final WarmUp[] ONE_VECTOR = warmUps(LANES);
    private static final WarmUp[] TWO_VECTORS = warmUps(WIDTH);
    private static final WarmUp ONE_VECTOR_OF_ROWS = rowsWarmUp(LANES);
    private static final WarmUp TWO_VECTORS_OF_ROWS = rowsWarmUp(WIDTH);
    private static final WarmUp SUM_OF_ROWS = sumWarmUp();
    private static final WarmUp INTERLEAVE = interleaveWarmUp();
    private static final WarmUp COPY = copyWarmUp();

    /** The longest rows that are read where they lie: those of a tile fill a quarter of the second-level cache. */
    private static final int MOST_K = 4096;

    /** Rows so many floats apart share the few places of the first-level cache. */
    private static final int CONFLICT = 1024;

    private final WarmUp.Mode mode;

    /**
     * @param mode what to do while C2 has not compiled a tile function
     */
    public VectorMicroKernel(WarmUp.Mode mode) {
        this.mode = mode;
    }

    private static WarmUp[] warmUps(int width) {
        int k = 64;
        WarmUp[] byHeight = new WarmUp[HEIGHT + 1];
        for (int height = 1; height <= HEIGHT; height++) {
            int h = height;
            float[] a = new float[k * pitchOf(height)];
            float[] b = new float[k * width];
            float[] c = new float[height * width];
            byHeight[height] = new WarmUp(() -> {
                VectorTiles.run(h, width, a, 0, b, 0, k, ZEROS, 0, 0, c, 0, width);
                VectorFinish.bound(c, 0, width, h, width, 0, 1);
                VectorFinish.leave(c, width, h, width - 1, b, 0, 1, b, 0, width);
            });
        }
        return byHeight;
    }

    private static WarmUp rowsWarmUp(int width) {
        int k = 64;
        float[] a = new float[k * HEIGHT];
        float[] b = new float[k * width];
        float[] c = new float[HEIGHT * width];
        Finish finish = new Finish(null, 0, 1);
        return new WarmUp(() -> {
            VectorTiles.runRows(HEIGHT, width, a, 0, k, b, 0, k, ZEROS, 0, finish, c, 0, width);
            VectorFinish.leave(c, width, HEIGHT, width - 1, b, 0, 1, b, 0, width);
        });
    }

    private static WarmUp sumWarmUp() {
        int k = 64;
        float[] a = new float[k * HEIGHT];
        float[] b = new float[k * WIDTH];
        float[] c = new float[HEIGHT * WIDTH];
        Finish finish = new Finish(null, 0, 1);
        return new WarmUp(() -> VectorTiles.runSum(a, 0, k, b, 0, k, ZEROS, 0, finish, c, 0, WIDTH, c, 0, WIDTH));
    }

    private static WarmUp interleaveWarmUp() {
        float[] x = new float[VectorPacking.SIDE * 4];
        int[] sources = new int[VectorPacking.ROWS];
        float[] panel = new float[x.length * PITCH_14];
        return new WarmUp(
                () -> VectorPacking.interleave(x, sources, 0, VectorPacking.ROWS, x.length, panel, 0, PITCH_14));
    }

    private static WarmUp copyWarmUp() {
        int rows = 64;
        float[] x = new float[rows * WIDTH];
        float[] y = new float[rows * WIDTH];
        return new WarmUp(() -> {
            VectorRowCopy.two(x, 0, WIDTH, rows, y, 0);
            VectorRowCopy.one(x, 0, WIDTH, rows, y, 0);
        });
    }

    private boolean isReady(int height, int width) {
        return (width == WIDTH ? TWO_VECTORS : ONE_VECTOR)[height].isReady(mode);
    }

    @Override
    public String name() {
        return VectorWidth.NAME;
    }

    @Override
    public int panelWidth() {
        return WIDTH;
    }

    @Override
    public int maxTileHeight() {
        return HEIGHT;
    }

    @Override
    public int tileHeight(int rowsLeft) {
        if (WIDE) {
            return rowsLeft >= 12 ? 14 : rowsLeft >= 5 ? 7 : rowsLeft >= 2 ? 4 : 1;
        }
        return rowsLeft >= 2 ? 4 : 1;
    }

    @Override
    public int pitch(int height) {
        return pitchOf(height);
    }

    private static int pitchOf(int height) {
        return height == VectorPacking.ROWS ? PITCH_14 : height;
    }

    @Override
    public void interleave(float[] x, int[] sources, int rows, int length, float[] panel, int at, int pitch) {
        boolean tile = rows == VectorPacking.ROWS && pitch == PITCH_14;
        boolean squares = WIDE && rows == pitch && rows % VectorPacking.SIDE == 0;
        boolean vectors = length >= VectorPacking.SIDE && (tile || squares && areWhole(sources, rows));
        if (!vectors || !INTERLEAVE.isReady(mode)) {
            Packing.interleave(x, sources, rows, length, panel, at, pitch);
        } else if (tile) {
            interleave(x, sources, rows, length, panel, at);
        } else {
            for (int r = 0; r < rows; r += VectorPacking.SIDE) {
                VectorPacking.interleave(x, sources, r, VectorPacking.SIDE, length, panel, at + r, pitch);
            }
        }
    }

    @Override
    public void copy(float[] x, int source, int step, int rows, float[] panel, int at, int width) {
        if (width == WIDTH && COPY.isReady(mode)) {
            VectorRowCopy.two(x, source, step, rows, panel, at);
        } else if (width == LANES && COPY.isReady(mode)) {
            VectorRowCopy.one(x, source, step, rows, panel, at);
        } else {
            MicroKernel.super.copy(x, source, step, rows, panel, at, width);
        }
    }

    @Override
    public void turn(float[] x, int rows, int columns, float[] y, int at, int stride) {
        int first = 0;
        if (WIDE && columns >= VectorPacking.SIDE && INTERLEAVE.isReady(mode)) {
            int[] sources = new int[VectorPacking.SIDE];
            for (; first + VectorPacking.SIDE <= rows; first += VectorPacking.SIDE) {
                for (int r = 0; r < VectorPacking.SIDE; r++) {
                    sources[r] = (first + r) * columns;
                }
                VectorPacking.interleave(x, sources, 0, VectorPacking.SIDE, columns, y, at + first, stride);
            }
        }
        Packing.turn(x, first, rows, columns, y, at, stride);
    }

    private static boolean areWhole(int[] sources, int rows) {
        for (int r = 0; r < rows; r++) {
            if (sources[r] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The rows of a tile, of which some may be zero. */
    private static void interleave(float[] x, int[] sources, int rows, int length, float[] panel, int at) {
        int[] present = sources;
        for (int r = 0; r < rows; r++) {
            if (sources[r] < 0) {
                present = present == sources ? sources.clone() : present;
                present[r] = 0;
            }
        }
        VectorPacking.interleave(x, present, 0, rows, length, panel, at, PITCH_14);
        for (int r = 0; r < rows && present != sources; r++) {
            if (sources[r] < 0) {
                for (int i = 0; i < length; i++) {
                    panel[at + i * PITCH_14 + r] = 0;
                }
            }
        }
    }

    @Override
    public Panels newPanels(int k, int n) {
        Panels shape = new Panels(k, n, WIDTH, ZEROS);
        if (n == 0) {
            return shape;
        }
        int last = shape.count() - 1;
        int length = Math.multiplyExact(k, last * WIDTH + stride(shape.columns(last)));
        return new Panels(k, n, WIDTH, new float[length]);
    }

    /** The width in memory of a panel. */
    private static int stride(int columns) {
        return columns <= LANES ? LANES : WIDTH;
    }

    @Override
    public void pack(RightMatrix source, Panels panels, int panel, int from, int to) {
        int first = panels.start(panel);
        int columns = panels.columns(panel);
        int stride = stride(columns);
        int at = first * panels.k() + from * stride;
        source.rows(from, to, first, first + columns, (float[]) panels.data(), at, stride, this);
    }

    @Override
    public void fetch(Panels panels, int panel, int from, int to) {
        int width = stride(panels.columns(panel));
        int start = panels.start(panel) * panels.k();
        Fetch.lines((float[]) panels.data(), start + from * width, start + to * width);
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
        int columns = b.columns(panel);
        int width = stride(columns);
        float[] target = c;
        int ct = start;
        int cs = stride;
        boolean last = to == b.k();
        boolean edge = rows < height || columns < width || last && finish.addend() != null;
        if (edge) {
            target = EDGE.get();
            ct = 0;
            cs = width;
            if (from > 0) {
                copy(c, start, stride, target, 0, width, rows, columns);
            }
        }
        float[] s = from > 0 ? target : finish.bias() == null ? ZEROS : finish.bias();
        int st = from > 0 ? ct : finish.bias() == null ? 0 : b.start(panel);
        int ss = from > 0 ? cs : 0;
        float[] data = (float[]) b.data();
        int bt = b.start(panel) * b.k() + from * width;
        boolean bounds = last && finish.bounds();
        boolean ready = isReady(height, width);
        if (ready) {
            VectorTiles.run(height, width, a, at, data, bt, to - from, s, st, ss, target, ct, cs);
            if (bounds && !edge) {
                VectorFinish.bound(target, ct, cs, height, width, finish.low(), finish.high());
            }
        } else {
            for (int r = 0; r < rows; r++) {
                plain(width, a, at + r, pitchOf(height), data, bt, to - from, s, st + r * ss, target, ct + r * cs);
                if (bounds && !edge) {
                    finish.bound(target, ct + r * cs, ct + r * cs + width);
                }
            }
        }
        if (edge) {
            leave(ready, target, width, rows, columns, last ? finish : Finish.NONE, c, start, stride);
        }
    }

    @Override
    public boolean takesRows(int k, int step) {
        return k <= MOST_K && step % CONFLICT != 0;
    }

    @Override
    public void rows(
            float[] a, int at, int step, Panels b, int panel, float[] c, int start, int stride, Finish finish) {
        int columns = b.columns(panel);
        int width = stride(columns);
        float[] s = finish.bias() == null ? ZEROS : finish.bias();
        int st = finish.bias() == null ? 0 : b.start(panel);
        float[] data = (float[]) b.data();
        int bt = b.start(panel) * b.k();
        float[] addend = finish.addend();
        if (WIDE && addend != null && columns == WIDTH && SUM_OF_ROWS.isReady(mode)) {
            VectorTiles.runSum(a, at, step, data, bt, b.k(), s, st, finish, addend, start, stride, c, start, stride);
            return;
        }
        boolean edge = columns < width || addend != null;
        float[] target = edge ? EDGE.get() : c;
        int ct = edge ? 0 : start;
        int cs = edge ? width : stride;
        Finish bounds = edge ? Finish.NONE : finish;
        boolean ready = (width == WIDTH ? TWO_VECTORS_OF_ROWS : ONE_VECTOR_OF_ROWS).isReady(mode);
        if (ready) {
            VectorTiles.runRows(HEIGHT, width, a, at, step, data, bt, b.k(), s, st, bounds, target, ct, cs);
        } else {
            for (int r = 0; r < HEIGHT; r++) {
                plain(width, a, at + r * step, 1, data, bt, b.k(), s, st, target, ct + r * cs);
                bounds.bound(target, ct + r * cs, ct + r * cs + width);
            }
        }
        if (edge) {
            leave(ready, target, width, HEIGHT, columns, finish, c, start, stride);
        }
    }

    /** Copies what is wanted of a tile to the result and finishes it there. */
    private static void leave(
            boolean ready,
            float[] tile,
            int width,
            int rows,
            int columns,
            Finish finish,
            float[] c,
            int start,
            int stride) {
        if (ready) {
            VectorFinish.leave(
                    tile, width, rows, columns, finish.addend(), finish.low(), finish.high(), c, start, stride);
            return;
        }
        for (int r = 0; r < rows; r++) {
            finish.add(tile, r * width, start + r * stride, columns);
            finish.bound(tile, r * width, r * width + columns);
        }
        copy(tile, 0, width, c, start, stride, rows, columns);
    }

    /** One row of a tile without vectors, to the same bits. */
    private static void plain(
            int width, float[] a, int at, int pitch, float[] b, int bt, int k, float[] s, int st, float[] c, int ct) {
        System.arraycopy(s, st, c, ct, width);
        for (int i = 0; i < k; i++) {
            float factor = a[at + i * pitch];
            int row = bt + i * width;
            for (int j = 0; j < width; j++) {
                c[ct + j] = Math.fma(factor, b[row + j], c[ct + j]);
            }
        }
    }

    private static void copy(
            float[] source, int from, int fromStride, float[] target, int to, int toStride, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(source, from + r * fromStride, target, to + r * toStride, columns);
        }
    }
}
