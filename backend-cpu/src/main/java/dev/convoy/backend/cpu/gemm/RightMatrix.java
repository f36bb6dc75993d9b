package dev.convoy.backend.cpu.gemm;

/** The right matrix {@code b[k, n]} of a product, read once when it is packed. */
@FunctionalInterface
public interface RightMatrix {

    /** Writes columns {@code [from, to)} of row k to {@code target[at…]}. */
    void row(int k, int from, int to, float[] target, int at);

    /** A matrix in an array: element (k, column) at {@code start + k * rowStride + column * stride}. */
    static RightMatrix of(float[] array, int start, int rowStride, int stride) {
        return (k, from, to, target, at) -> {
            int source = start + k * rowStride + from * stride;
            if (stride == 1) {
                System.arraycopy(array, source, target, at, to - from);
                return;
            }
            for (int i = 0; i < to - from; i++) {
                target[at + i] = array[source + i * stride];
            }
        };
    }
}
