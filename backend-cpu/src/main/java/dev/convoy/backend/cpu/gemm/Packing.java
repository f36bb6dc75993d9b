package dev.convoy.backend.cpu.gemm;

/** Interleaves rows into the panel of a tile: {@code panel[at + i * pitch + r] = x[sources[r] + i]}. */
public final class Packing {

    private static final int STRIP = 7;

    private Packing() {}

    /**
     * @param sources where each row begins in x; negative for a row of zeros
     * @param rows how many rows, at most pitch; the rest is zero
     * @param length elements of each row
     */
    public static void interleave(float[] x, int[] sources, int rows, int length, float[] panel, int at, int pitch) {
        int r = 0;
        for (; r <= pitch - STRIP && isWhole(sources, r, rows); r += STRIP) {
            strip(x, sources, r, length, panel, at + r, pitch);
        }
        for (; r < pitch; r++) {
            row(x, r < rows ? sources[r] : -1, length, panel, at + r, pitch);
        }
    }

    /** Writes {@code y[at + column * stride + row] = x[row * columns + column]} for rows {@code [from, rows)}. */
    static void turn(float[] x, int from, int rows, int columns, float[] y, int at, int stride) {
        for (int column = 0; column < columns; column++) {
            for (int row = from; row < rows; row++) {
                y[at + column * stride + row] = x[row * columns + column];
            }
        }
    }

    private static boolean isWhole(int[] sources, int first, int rows) {
        if (first + STRIP > rows) {
            return false;
        }
        for (int r = first; r < first + STRIP; r++) {
            if (sources[r] < 0) {
                return false;
            }
        }
        return true;
    }

    private static void strip(float[] x, int[] sources, int first, int length, float[] panel, int at, int pitch) {
        int s0 = sources[first];
        int s1 = sources[first + 1];
        int s2 = sources[first + 2];
        int s3 = sources[first + 3];
        int s4 = sources[first + 4];
        int s5 = sources[first + 5];
        int s6 = sources[first + 6];
        for (int i = 0, t = at; i < length; i++, t += pitch) {
            panel[t] = x[s0 + i];
            panel[t + 1] = x[s1 + i];
            panel[t + 2] = x[s2 + i];
            panel[t + 3] = x[s3 + i];
            panel[t + 4] = x[s4 + i];
            panel[t + 5] = x[s5 + i];
            panel[t + 6] = x[s6 + i];
        }
    }

    private static void row(float[] x, int source, int length, float[] panel, int at, int pitch) {
        for (int i = 0, t = at; i < length; i++, t += pitch) {
            panel[t] = source < 0 ? 0 : x[source + i];
        }
    }
}
