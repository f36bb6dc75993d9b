package dev.convoy.graph.pass.host;

/** Copies a box of elements between arrays of one type, both addressed by strides. */
final class Strided {

    private final Object from;
    private final int[] fromStrides;
    private final Object to;
    private final int[] toStrides;
    private final int[] sizes;

    private Strided(Object from, int[] fromStrides, Object to, int[] toStrides, int[] sizes) {
        this.from = from;
        this.fromStrides = fromStrides;
        this.to = to;
        this.toStrides = toStrides;
        this.sizes = sizes;
    }

    /**
     * @param fromStrides may be 0 (repeats) or negative (turns around)
     * @param sizes of the box
     */
    static void copy(
            Object from, int fromStart, int[] fromStrides, Object to, int toStart, int[] toStrides, int[] sizes) {
        for (int size : sizes) {
            if (size == 0) {
                return;
            }
        }
        new Strided(from, fromStrides, to, toStrides, sizes).axis(0, fromStart, toStart);
    }

    private void axis(int axis, int source, int target) {
        if (axis >= sizes.length - 1) {
            int size = sizes.length == 0 ? 1 : sizes[axis];
            run(source, size == 1 ? 1 : fromStrides[axis], target, size == 1 ? 1 : toStrides[axis], size);
            return;
        }
        for (int i = 0; i < sizes[axis]; i++) {
            axis(axis + 1, source + i * fromStrides[axis], target + i * toStrides[axis]);
        }
    }

    @SuppressWarnings("SuspiciousSystemArraycopy")
    private void run(int source, int step, int target, int stride, int size) {
        if (step == 1 && stride == 1) {
            System.arraycopy(from, source, to, target, size);
            return;
        }
        for (int i = 0, s = source, t = target; i < size; i++, s += step, t += stride) {
            switch (to) {
                case float[] a -> a[t] = ((float[]) from)[s];
                case double[] a -> a[t] = ((double[]) from)[s];
                case byte[] a -> a[t] = ((byte[]) from)[s];
                case short[] a -> a[t] = ((short[]) from)[s];
                case int[] a -> a[t] = ((int[]) from)[s];
                case long[] a -> a[t] = ((long[]) from)[s];
                case boolean[] a -> a[t] = ((boolean[]) from)[s];
                default -> throw new IllegalArgumentException("Not an array of a tensor: " + to.getClass());
            }
        }
    }
}
