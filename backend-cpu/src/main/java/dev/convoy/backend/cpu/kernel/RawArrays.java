package dev.convoy.backend.cpu.kernel;

import java.util.Arrays;

/** What {@link Arrays} does not do for an array whose element type is known only when it runs. */
final class RawArrays {

    private RawArrays() {}

    static IllegalArgumentException unknown(Object array) {
        return new IllegalArgumentException("Not an array of a tensor: " + array.getClass());
    }

    /** Sets elements {@code [from, to)} of the target to one element of a source of the same class. */
    static void fill(Object target, int from, int to, Object source, int index) {
        switch (target) {
            case float[] t -> Arrays.fill(t, from, to, ((float[]) source)[index]);
            case double[] t -> Arrays.fill(t, from, to, ((double[]) source)[index]);
            case int[] t -> Arrays.fill(t, from, to, ((int[]) source)[index]);
            case long[] t -> Arrays.fill(t, from, to, ((long[]) source)[index]);
            case short[] t -> Arrays.fill(t, from, to, ((short[]) source)[index]);
            case byte[] t -> Arrays.fill(t, from, to, ((byte[]) source)[index]);
            case boolean[] t -> Arrays.fill(t, from, to, ((boolean[]) source)[index]);
            default -> throw unknown(target);
        }
    }

    /** {@code target[at + i] = source[base + offsets[first + i]]} for i in {@code [0, count)}. */
    static void gather(Object source, int base, int[] offsets, int first, Object target, int at, int count) {
        switch (target) {
            case float[] t -> {
                float[] s = (float[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case double[] t -> {
                double[] s = (double[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case int[] t -> {
                int[] s = (int[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case long[] t -> {
                long[] s = (long[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case short[] t -> {
                short[] s = (short[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case byte[] t -> {
                byte[] s = (byte[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            case boolean[] t -> {
                boolean[] s = (boolean[]) source;
                for (int i = 0; i < count; i++) {
                    t[at + i] = s[base + offsets[first + i]];
                }
            }
            default -> throw unknown(target);
        }
    }
}
