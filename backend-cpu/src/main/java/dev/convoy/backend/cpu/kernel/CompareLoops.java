package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.CompareFn;

/** The loops of {@link CompareFn}. */
final class CompareLoops {

    private CompareLoops() {}

    static Flat.Loop floats(CompareFn fn) {
        return (operands, y, from, to) -> {
            float[] a = (float[]) operands[0];
            float[] b = (float[]) operands[1];
            boolean[] c = (boolean[]) y;
            switch (fn) {
                case EQ -> {
                    for (int i = from; i < to; i++) {
                        c[i] = a[i] == b[i];
                    }
                }
                case NE -> {
                    for (int i = from; i < to; i++) {
                        c[i] = a[i] != b[i];
                    }
                }
                case LT -> less(a, b, c, from, to);
                case LE -> lessOrEqual(a, b, c, from, to);
                case GT -> less(b, a, c, from, to);
                case GE -> lessOrEqual(b, a, c, from, to);
            }
        };
    }

    private static void less(float[] a, float[] b, boolean[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] < b[i];
        }
    }

    private static void lessOrEqual(float[] a, float[] b, boolean[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            c[i] = a[i] <= b[i];
        }
    }

    static Flat.Loop ints(CompareFn fn) {
        return (operands, y, from, to) -> {
            int[] a = (int[]) operands[0];
            int[] b = (int[]) operands[1];
            boolean[] c = (boolean[]) y;
            for (int i = from; i < to; i++) {
                c[i] = holds(fn, Integer.compare(a[i], b[i]));
            }
        };
    }

    static Flat.Loop longs(CompareFn fn) {
        return (operands, y, from, to) -> {
            long[] a = (long[]) operands[0];
            long[] b = (long[]) operands[1];
            boolean[] c = (boolean[]) y;
            for (int i = from; i < to; i++) {
                c[i] = holds(fn, Long.compare(a[i], b[i]));
            }
        };
    }

    static Flat.Loop booleans(CompareFn fn) {
        return (operands, y, from, to) -> {
            boolean[] a = (boolean[]) operands[0];
            boolean[] b = (boolean[]) operands[1];
            boolean[] c = (boolean[]) y;
            for (int i = from; i < to; i++) {
                c[i] = holds(fn, Boolean.compare(a[i], b[i]));
            }
        };
    }

    private static boolean holds(CompareFn fn, int order) {
        return switch (fn) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
