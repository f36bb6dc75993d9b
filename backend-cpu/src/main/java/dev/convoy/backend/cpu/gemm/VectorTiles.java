package dev.convoy.backend.cpu.gemm;

import dev.convoy.backend.cpu.machine.VectorWidth;

/** The tile functions by height and width, one vector or two. */
final class VectorTiles {

    private VectorTiles() {}

    /** A packed tile; see {@link VectorMicroKernel}. */
    static void run(
            int height,
            int width,
            float[] a,
            int at,
            float[] b,
            int bt,
            int k,
            float[] s,
            int st,
            int ss,
            float[] c,
            int ct,
            int cs) {
        boolean two = width > VectorWidth.LANES;
        switch (height) {
            case 14 -> {
                if (two) {
                    VectorTile14.two(a, at, b, bt, k, s, st, ss, c, ct, cs);
                } else {
                    VectorTile14.one(a, at, b, bt, k, s, st, ss, c, ct, cs);
                }
            }
            case 7 -> {
                if (two) {
                    VectorTile7.two(a, at, b, bt, k, s, st, ss, c, ct, cs);
                } else {
                    VectorTile7.one(a, at, b, bt, k, s, st, ss, c, ct, cs);
                }
            }
            case 4 -> {
                if (two) {
                    VectorTile4.two(a, at, b, bt, k, s, st, ss, c, ct, cs);
                } else {
                    VectorTile4.one(a, at, b, bt, k, s, st, ss, c, ct, cs);
                }
            }
            case 1 -> {
                if (two) {
                    VectorTile1.two(a, at, b, bt, k, s, st, ss, c, ct, cs);
                } else {
                    VectorTile1.one(a, at, b, bt, k, s, st, ss, c, ct, cs);
                }
            }
            default -> throw new IllegalArgumentException("No tile of height " + height);
        }
    }

    /** A tile of the largest height, of rows that lie {@code step} floats apart. */
    static void runRows(
            int height,
            int width,
            float[] a,
            int at,
            int step,
            float[] b,
            int bt,
            int k,
            float[] s,
            int st,
            Finish finish,
            float[] c,
            int ct,
            int cs) {
        boolean two = width > VectorWidth.LANES;
        float low = finish.low();
        float high = finish.high();
        switch (height) {
            case 14 -> {
                if (two) {
                    VectorRows14.two(a, at, step, b, bt, k, s, st, low, high, c, ct, cs);
                } else {
                    VectorRows14.one(a, at, step, b, bt, k, s, st, low, high, c, ct, cs);
                }
            }
            case 4 -> {
                if (two) {
                    VectorRows4.two(a, at, step, b, bt, k, s, st, low, high, c, ct, cs);
                } else {
                    VectorRows4.one(a, at, step, b, bt, k, s, st, low, high, c, ct, cs);
                }
            }
            default -> throw new IllegalArgumentException("No tile of height " + height);
        }
    }

    /** A tile of two vectors to which another matrix is added; see {@link VectorSum14}. */
    static void runSum(
            float[] a,
            int at,
            int step,
            float[] b,
            int bt,
            int k,
            float[] s,
            int st,
            Finish finish,
            float[] d,
            int dt,
            int ds,
            float[] c,
            int ct,
            int cs) {
        VectorSum14.two(a, at, step, b, bt, k, s, st, finish.low(), finish.high(), d, dt, ds, c, ct, cs);
    }
}
