package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;

/** The left matrix {@code a[m, k]} of a product, read when a tile of rows is packed. */
@FunctionalInterface
public interface LeftMatrix {

    /**
     * Writes {@code panel[at + (k - from) * height + r] = a[row + r, k]} for r in {@code [0, rows)} and k in
     * {@code [from, to)}. Rows {@code [rows, height)} of the panel are set to zero.
     */
    void pack(int row, int rows, int from, int to, float[] panel, int at, int height);

    /** A matrix in an array: element (row, k) at {@code start + row * rowStride + k * stride}. */
    static LeftMatrix of(float[] array, int start, int rowStride, int stride) {
        return (row, rows, from, to, panel, at, height) -> {
            if (height == 1 && stride == 1) {
                System.arraycopy(array, start + row * rowStride + from, panel, at, to - from);
                return;
            }
            if (stride == 1) {
                int[] sources = new int[rows];
                for (int r = 0; r < rows; r++) {
                    sources[r] = start + (row + r) * rowStride + from;
                }
                Packing.interleave(array, sources, rows, to - from, panel, at, height);
                return;
            }
            for (int r = 0; r < rows; r++) {
                int source = start + (row + r) * rowStride + from * stride;
                for (int k = 0; k < to - from; k++) {
                    panel[at + k * height + r] = array[source + k * stride];
                }
            }
            clearRows(rows, to - from, panel, at, height);
        };
    }

    /** Sets the rows of a panel behind {@code rows} to zero. */
    static void clearRows(int rows, int length, float[] panel, int at, int height) {
        for (int k = 0; k < length && rows < height; k++) {
            Arrays.fill(panel, at + k * height + rows, at + (k + 1) * height, 0);
        }
    }
}
