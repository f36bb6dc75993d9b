package dev.convoy.backend.cpu.gemm;

/**
 * The innermost part of a matrix product, for one kind of machine. Every element of the result is one chain of
 * multiply-adds in the order of k, whatever the tile, so that neither tiles nor threads show in the result; and where
 * both use fused multiply-add, neither does the micro-kernel.
 */
public interface MicroKernel {

    /** What it computes with, {@code Vector API 512 bit} for example. */
    String name();

    /** Columns of a panel of the right matrix. */
    int panelWidth();

    /** The height of the next tile when {@code rowsLeft} rows are left; it may be larger than that. */
    int tileHeight(int rowsLeft);

    /** The largest {@link #tileHeight}. */
    int maxTileHeight();

    /** Floats from one k to the next in a packed tile of the left matrix. */
    default int pitch(int height) {
        return height;
    }

    /** Interleaves rows into a packed tile; see {@link Packing}. */
    default void interleave(float[] x, int[] sources, int rows, int length, float[] panel, int at, int pitch) {
        Packing.interleave(x, sources, rows, length, panel, at, pitch);
    }

    /** Copies rows of {@code width} floats: {@code panel[at + i * width + j] = x[source + i * step + j]}. */
    default void copy(float[] x, int source, int step, int rows, float[] panel, int at, int width) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(x, source + i * step, panel, at + i * width, width);
        }
    }

    /** Writes a matrix turned: {@code y[at + column * stride + row] = x[row * columns + column]}. */
    default void turn(float[] x, int rows, int columns, float[] y, int at, int stride) {
        Packing.turn(x, 0, rows, columns, y, at, stride);
    }

    /** Memory for the panels of a matrix of k rows and n columns. */
    Panels newPanels(int k, int n);

    /** Fills rows {@code [from, to)} of a panel. */
    void pack(RightMatrix source, Panels panels, int panel, int from, int to);

    /**
     * Reads rows {@code [from, to)} of a panel, so that they are in the cache when tiles need them: those wait for each of
     * their loads, this does not.
     */
    default void fetch(Panels panels, int panel, int from, int to) {}

    /**
     * Adds the products for k in {@code [from, to)} to a tile of the result. The tile starts from the bias if {@code from}
     * is 0, and is finished if {@code to} is the last k.
     *
     * @param a the tile's rows as {@link LeftMatrix#pack} writes them, from {@code at} on
     * @param height of the tile, a result of {@link #tileHeight}
     * @param rows how many rows of the tile are wanted
     * @param c the result; element (row, column) of the panel's part is at {@code start + row * stride + column}
     */
    void tile(
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
            Finish finish);

    /** Whether tiles of the largest height take rows from where they lie, {@code step} floats apart; see {@link #rows}. */
    default boolean takesRows(int k, int step) {
        return false;
    }

    /**
     * What {@link #tile} does for all of k and a whole tile of the largest height, whose rows are not packed.
     *
     * @param a element (r, k) is at {@code at + r * step + k}
     */
    default void rows(
            float[] a, int at, int step, Panels b, int panel, float[] c, int start, int stride, Finish finish) {
        throw new UnsupportedOperationException(name());
    }
}
