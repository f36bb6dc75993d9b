package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;

/** The left matrix {@code a[m, k]} of a product, read when a tile of rows is packed. */
@FunctionalInterface
public interface LeftMatrix {

    /**
     * Writes {@code panel[at + (k - from) * pitch + r] = a[row + r, k]} for r in {@code [0, rows)} and k in
     * {@code [from, to)}. Any number may be left where r is in {@code [rows, pitch)}.
     *
     * @param kernel interleaves rows that lie one after the other
     */
    void pack(int row, int rows, int from, int to, float[] panel, int at, int pitch, MicroKernel kernel);

    /** A matrix in an array: element (row, k) at {@code start + row * rowStride + k * stride}. */
    static LeftMatrix of(float[] array, int start, int rowStride, int stride) {
        return new Strided(array, start, rowStride, stride);
    }

    /** See {@link #of}. */
    record Strided(float[] array, int start, int rowStride, int stride) implements LeftMatrix {

        @Override
        public void pack(int row, int rows, int from, int to, float[] panel, int at, int pitch, MicroKernel kernel) {
            if (pitch == 1 && stride == 1) {
                System.arraycopy(array, start + row * rowStride + from, panel, at, to - from);
                return;
            }
            if (stride == 1) {
                int[] sources = new int[rows];
                for (int r = 0; r < rows; r++) {
                    sources[r] = start + (row + r) * rowStride + from;
                }
                kernel.interleave(array, sources, rows, to - from, panel, at, pitch);
                return;
            }
            if (rowStride == 1 && pitch > 1 && start + row + (to - 1L) * stride + pitch <= array.length) {
                kernel.copy(array, start + row + from * stride, stride, to - from, panel, at, pitch);
                return;
            }
            if (rowStride == 1) {
                for (int k = 0; k < to - from; k++) {
                    int source = start + row + (from + k) * stride;
                    for (int r = 0; r < rows; r++) {
                        panel[at + k * pitch + r] = array[source + r];
                    }
                }
                return;
            }
            for (int r = 0; r < rows; r++) {
                int source = start + (row + r) * rowStride + from * stride;
                for (int k = 0; k < to - from; k++) {
                    panel[at + k * pitch + r] = array[source + k * stride];
                }
            }
            LeftMatrix.clearRows(rows, to - from, panel, at, pitch);
        }
    }

    /** Sets the rows of a panel behind {@code rows} to zero. */
    static void clearRows(int rows, int length, float[] panel, int at, int pitch) {
        for (int k = 0; k < length && rows < pitch; k++) {
            Arrays.fill(panel, at + k * pitch + rows, at + (k + 1) * pitch, 0);
        }
    }
}
