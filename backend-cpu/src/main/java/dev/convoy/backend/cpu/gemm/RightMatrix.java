package dev.convoy.backend.cpu.gemm;

/** The right matrix {@code b[k, n]} of a product, read once when it is packed. */
@FunctionalInterface
public interface RightMatrix {

    /** Writes columns {@code [from, to)} of row k to {@code target[at…]}. */
    void row(int k, int from, int to, float[] target, int at);

    /**
     * Writes columns {@code [from, to)} of rows {@code [first, last)}, row k to
     * {@code target[at + (k - first) * width…]}.
     *
     * @param kernel interleaves columns that lie one after the other
     */
    default void rows(int first, int last, int from, int to, float[] target, int at, int width, MicroKernel kernel) {
        for (int k = first; k < last; k++) {
            row(k, from, to, target, at + (k - first) * width);
        }
    }

    /** A matrix in an array: element (k, column) at {@code start + k * rowStride + column * stride}. */
    static RightMatrix of(float[] array, int start, int rowStride, int stride) {
        return new Strided(array, start, rowStride, stride);
    }

    /** See {@link #of}. */
    record Strided(float[] array, int start, int rowStride, int stride) implements RightMatrix {

        private static final int FEW = 16;

        @Override
        public void row(int k, int from, int to, float[] target, int at) {
            int source = start + k * rowStride + from * stride;
            if (stride == 1 && to - from >= FEW) {
                System.arraycopy(array, source, target, at, to - from);
                return;
            }
            for (int i = 0; i < to - from; i++) {
                target[at + i] = array[source + i * stride];
            }
        }

        /** Columns that lie in the array as rows are read along. */
        @Override
        public void rows(int first, int last, int from, int to, float[] target, int at, int width, MicroKernel kernel) {
            if (stride == 1 && to - from == width) {
                kernel.copy(array, start + first * rowStride + from, rowStride, last - first, target, at, width);
                return;
            }
            if (rowStride != 1 || stride == 1) {
                RightMatrix.super.rows(first, last, from, to, target, at, width, kernel);
                return;
            }
            int[] sources = new int[to - from];
            for (int i = 0; i < sources.length; i++) {
                sources[i] = start + first + (from + i) * stride;
            }
            kernel.interleave(array, sources, sources.length, last - first, target, at, width);
        }
    }
}
