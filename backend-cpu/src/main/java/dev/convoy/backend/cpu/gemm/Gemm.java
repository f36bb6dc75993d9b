package dev.convoy.backend.cpu.gemm;

import dev.convoy.backend.cpu.thread.Threads;
import org.jspecify.annotations.Nullable;

/**
 * The loops around a {@link MicroKernel}. Products of many rows are cut into blocks of rows, each of which packs its own
 * part of the left matrix; those of few rows have it packed once, and are cut into groups of panels.
 */
public final class Gemm {

    /** Longest part of k handled at once: {@link #TILES} tiles and a panel then fit in the second-level cache. */
    private static final int MOST_K = 1024;

    /** Elements of the panels that meet one tile after the other, so that they stay in the second-level cache. */
    private static final int KEPT = 1 << 16;

    /** The longest panels that are read before tiles meet them; in longer ones the processor reads ahead by itself. */
    private static final int FETCHED = 512;

    /** Most tiles that meet a panel one after the other. */
    private static final int TILES = 8;

    /** Parts of the work that are enough for threads to end at nearly the same time. */
    private static final int ITEMS = 16;

    /** Blocks of tiles come in multiples of this, so that two threads, or four, have as many. */
    private static final int EVEN = 4;

    /** Fewest tiles in such a part. */
    private static final int LEAST_TILES = 2;

    /** The largest left matrix that is packed as a whole, in elements. */
    private static final long WHOLE = 1 << 22;

    /** Fewest elements of a right matrix that a thread packs at once, and fewest rows. */
    private static final int PACKED = 1 << 16;

    private static final int PACKED_ROWS = 64;

    /** Multiply-adds that are worth a thread's while. */
    private static final int GRAIN = 200_000;

    private static final ThreadLocal<float[]> SCRATCH = ThreadLocal.withInitial(() -> new float[1 << 14]);

    private final MicroKernel kernel;
    private final Threads threads;

    public Gemm(MicroKernel kernel, Threads threads) {
        this.kernel = kernel;
        this.threads = threads;
    }

    public MicroKernel kernel() {
        return kernel;
    }

    public Threads threads() {
        return threads;
    }

    /** Whether the result of a product over k may be written over what a {@link Finish} adds to it. */
    public static boolean overwritesAddend(int k) {
        return k > 0 && k <= MOST_K;
    }

    /** Packs a right matrix. */
    public Panels pack(RightMatrix source, int k, int n) {
        Panels panels = kernel.newPanels(k, n);
        pack(source, panels);
        return panels;
    }

    /** Packs a right matrix into panels made before. */
    public void pack(RightMatrix source, Panels panels) {
        int grain = Math.max(PACKED_ROWS, PACKED / Math.max(1, panels.n()));
        threads.range(panels.k(), grain, (from, to) -> pack(source, panels, from, to));
    }

    /** Packs rows; next to each other they are read nearly in the order they lie in memory. */
    private void pack(RightMatrix source, Panels panels, int from, int to) {
        for (int panel = 0; panel < panels.count(); panel++) {
            kernel.pack(source, panels, panel, from, to);
        }
    }

    /**
     * {@code c = finish(a · b)}, row r of c from {@code start + r * stride} on.
     *
     * @param m rows of a and c
     */
    public void run(LeftMatrix a, int m, Panels b, float[] c, int start, int stride, Finish finish) {
        if (m == 0 || b.n() == 0) {
            return;
        }
        if (b.k() == 0) {
            for (int row = 0; row < m; row++) {
                finish.empty(c, start + row * stride, b.n());
            }
            return;
        }
        Product product = new Product(a, b, c, start, stride, finish, Tiles.of(kernel, m));
        long work = (long) m * b.k() * b.n();
        int tiles = product.tiles.count();
        boolean large = (long) m * b.k() > WHOLE;
        int block = Math.clamp(tiles / ITEMS, large ? 1 : 0, TILES);
        if (work < 2 * GRAIN) {
            product.rows(0, tiles);
        } else if (large || block >= LEAST_TILES) {
            int items = Math.min(tiles, Math.ceilDiv(Math.ceilDiv(tiles, block), EVEN) * EVEN);
            threads.forEach(items, work, i -> product.rows(start(tiles, i, items), start(tiles, i + 1, items)));
        } else {
            product.panels();
        }
    }

    /** The first of the tiles that an item takes: each takes as many, or one more. */
    private static int start(int tiles, int item, int items) {
        return (int) ((long) tiles * item / items);
    }

    /** {@link #pack(RightMatrix, Panels)} on the caller's thread. */
    public void packAlone(RightMatrix source, Panels panels) {
        pack(source, panels, 0, panels.k());
    }

    /** {@link #run} on the caller's thread, for products that run next to each other; k of b is at least 1. */
    public void runAlone(LeftMatrix a, int m, Panels b, float[] c, int start, int stride, Finish finish) {
        Product product = new Product(a, b, c, start, stride, finish, Tiles.of(kernel, m));
        int tiles = product.tiles.count();
        for (int tile = 0; tile < tiles; tile += TILES) {
            product.rows(tile, Math.min(tiles, tile + TILES));
        }
    }

    private static float[] scratch(long size) {
        float[] scratch = SCRATCH.get();
        if (scratch.length < size) {
            scratch = new float[Math.toIntExact(size + size / 4)];
            SCRATCH.set(scratch);
        }
        return scratch;
    }

    /** One product. */
    private final class Product {

        private final LeftMatrix a;
        private final Panels b;
        private final float[] c;
        private final int start;
        private final int stride;
        private final Finish finish;
        private final Tiles tiles;
        /** The left matrix if whole tiles take its rows from where they lie. */
        private final LeftMatrix.@Nullable Strided lying;

        Product(LeftMatrix a, Panels b, float[] c, int start, int stride, Finish finish, Tiles tiles) {
            this.a = a;
            this.b = b;
            this.c = c;
            this.start = start;
            this.stride = stride;
            this.finish = finish;
            this.tiles = tiles;
            lying = a instanceof LeftMatrix.Strided rows
                            && rows.stride() == 1
                            && kernel.takesRows(b.k(), rows.rowStride())
                    ? rows
                    : null;
        }

        private boolean isLying(int tile) {
            return lying != null && tiles.rows(tile) == kernel.maxTileHeight();
        }

        /** Computes tiles {@code [first, last)} in all panels, packing each of them. */
        void rows(int first, int last) {
            int origin = tiles.packedRow(first);
            int step = partOfK();
            float[] packed = scratch((long) (tiles.packedRow(last) - origin) * step);
            for (int from = 0; from < b.k(); from += step) {
                int to = Math.min(b.k(), from + step);
                for (int tile = first; tile < last; tile++) {
                    pack(tile, from, to, packed, (tiles.packedRow(tile) - origin) * (to - from));
                }
                int group = Math.max(1, KEPT / (b.width() * (to - from)));
                for (int panel = 0; panel < b.count(); panel += group) {
                    int end = Math.min(b.count(), panel + group);
                    for (int tile = first; tile < last; tile++) {
                        int at = (tiles.packedRow(tile) - origin) * (to - from);
                        for (int i = panel; i < end; i++) {
                            compute(tile, i, from, to, packed, at);
                        }
                    }
                }
            }
        }

        /** Packs all tiles, then computes them in parts, each in some panels. */
        void panels() {
            int rows = tiles.packedRow(tiles.count());
            int step = partOfK();
            float[] packed = scratch((long) rows * b.k());
            threads.forEach(tiles.count(), (long) rows * b.k(), tile -> {
                for (int from = 0; from < b.k(); from += step) {
                    int to = Math.min(b.k(), from + step);
                    pack(tile, from, to, packed, from * rows + tiles.packedRow(tile) * (to - from));
                }
            });
            int height = Math.ceilDiv(tiles.count(), Math.ceilDiv(tiles.count(), TILES));
            int parts = Math.ceilDiv(tiles.count(), height);
            int panels = Math.max(1, parts * b.count() / ITEMS);
            panels = Math.min(b.count(), Math.max(panels, Math.ceilDiv(GRAIN, height * b.k() * b.width())));
            int group = panels;
            long work = (long) rows * b.k() * b.n();
            threads.forEach(Math.ceilDiv(b.count(), group) * parts, work, item -> {
                int firstTile = item % parts * height;
                int lastTile = Math.min(tiles.count(), firstTile + height);
                int firstPanel = item / parts * group;
                int lastPanel = Math.min(b.count(), firstPanel + group);
                for (int from = 0; from < b.k(); from += step) {
                    int to = Math.min(b.k(), from + step);
                    for (int panel = firstPanel; panel < lastPanel; panel++) {
                        if (lastTile - firstTile > 1 && to - from <= FETCHED) {
                            kernel.fetch(b, panel, from, to);
                        }
                        for (int tile = firstTile; tile < lastTile; tile++) {
                            int at = from * rows + tiles.packedRow(tile) * (to - from);
                            compute(tile, panel, from, to, packed, at);
                        }
                    }
                }
            });
        }

        /** The length of equal parts of k of at most {@link #MOST_K}. */
        private int partOfK() {
            return Math.ceilDiv(b.k(), Math.ceilDiv(b.k(), MOST_K));
        }

        private void pack(int tile, int from, int to, float[] packed, int at) {
            if (isLying(tile)) {
                return;
            }
            int pitch = kernel.pitch(tiles.height(tile));
            a.pack(tiles.row(tile), tiles.rows(tile), from, to, packed, at, pitch, kernel);
        }

        /** Adds the part of k; rows that are read where they lie take all of k with its first part. */
        private void compute(int tile, int panel, int from, int to, float[] packed, int at) {
            int target = start + tiles.row(tile) * stride + b.start(panel);
            if (lying != null && isLying(tile)) {
                if (from > 0) {
                    return;
                }
                int row = lying.start() + tiles.row(tile) * lying.rowStride();
                kernel.rows(lying.array(), row, lying.rowStride(), b, panel, c, target, stride, finish);
                return;
            }
            kernel.tile(
                    packed, at, tiles.height(tile), tiles.rows(tile), b, panel, from, to, c, target, stride, finish);
        }
    }
}
