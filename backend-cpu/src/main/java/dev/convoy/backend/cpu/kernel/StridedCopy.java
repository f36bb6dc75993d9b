package dev.convoy.backend.cpu.kernel;

/** Copies elements that lie evenly apart in a source to neighbouring ones of a target of the same class. */
final class StridedCopy {

    /** Rows of a transposition that are written together; as many floats as a cache line holds. */
    private static final int BLOCK = 16;

    /** Neighbouring or equal elements from this length on are left to the JDK. */
    private static final int LONG = 16;

    private StridedCopy() {}

    /** {@code target[at + i] = source[first + i * stride]} for i in {@code [0, count)}. */
    static void row(Object source, int first, int stride, Object target, int at, int count) {
        switch (stride) {
            case 0 -> RawArrays.fill(target, at, at + count, source, first);
            case 1 -> System.arraycopy(source, first, target, at, count);
            default -> strided(source, first, stride, target, at, count);
        }
    }

    /** {@code target[at + r * length + i] = source[first + r * rowStride + i * stride]}. */
    static void plane(
            Object source, int first, int rowStride, int stride, Object target, int at, int rows, int length) {
        if (target instanceof float[] t && length > 1 && (length < LONG || stride != 0 && stride != 1)) {
            floats((float[]) source, first, rowStride, stride, t, at, rows, length);
            return;
        }
        for (int r = 0; r < rows; r++) {
            row(source, first + r * rowStride, stride, target, at + r * length, length);
        }
    }

    private static void floats(
            float[] s, int first, int rowStride, int stride, float[] t, int at, int rows, int length) {
        if (rowStride == 1 && stride > 1) {
            for (int r = 0; r < rows; r += BLOCK) {
                transposed(s, first + r, stride, t, at + r * length, Math.min(BLOCK, rows - r), length);
            }
            return;
        }
        for (int r = 0; r < rows; r++) {
            int source = first + r * rowStride;
            int target = at + r * length;
            for (int i = 0; i < length; i++) {
                t[target + i] = s[source + i * stride];
            }
        }
    }

    private static void transposed(float[] s, int first, int stride, float[] t, int at, int rows, int length) {
        for (int i = 0; i < length; i++) {
            int source = first + i * stride;
            for (int r = 0, target = at + i; r < rows; r++, target += length) {
                t[target] = s[source + r];
            }
        }
    }

    private static void strided(Object source, int first, int stride, Object target, int at, int count) {
        switch (target) {
            case float[] t -> {
                float[] s = (float[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case double[] t -> {
                double[] s = (double[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case int[] t -> {
                int[] s = (int[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case long[] t -> {
                long[] s = (long[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case short[] t -> {
                short[] s = (short[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case byte[] t -> {
                byte[] s = (byte[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            case boolean[] t -> {
                boolean[] s = (boolean[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[first + i * stride];
                }
            }
            default -> throw RawArrays.unknown(target);
        }
    }
}
