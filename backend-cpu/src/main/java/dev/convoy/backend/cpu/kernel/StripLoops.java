package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;

/** Loops over neighbouring windows of three columns, which share what they read. */
public interface StripLoops {

    /** Columns of a window. */
    int COLUMNS = 3;

    /** The shortest strip. */
    int FEWEST_WINDOWS = 7;

    /**
     * A row of windows. Window i reads channel c in row r and column k at
     * {@code x[base + r * pitch + (i * stride + k) * channels + c]} and writes {@code y[at + i * channels + c]}.
     *
     * @param windows at least {@link #FEWEST_WINDOWS}
     * @param stride 1 or 2
     * @param pitch from one row of the data to that which the windows read next
     * @param left whether the first window has its first column; otherwise that is not read
     * @param right whether the last window has its last column
     */
    record Strip(int windows, int stride, int channels, int pitch, boolean left, boolean right) {

        /** The first column that a window has. */
        int first(int window) {
            return window == 0 && !left ? 1 : 0;
        }

        /** Behind the last column that a window has. */
        int end(int window) {
            return window == windows - 1 && !right ? COLUMNS - 1 : COLUMNS;
        }

        /** Where a column of a window begins, from the base of the first. */
        int start(int window, int column) {
            return (window * stride + column) * channels;
        }
    }

    /**
     * The weight of row r, column k and channel c at {@code array[start + (r * 3 + k) * pitch + c]}.
     *
     * @param pitch channels, but at least the length of vectors
     */
    record StripWeights(float[] array, int start, int pitch) {}

    /**
     * {@code finish(Σ x · w)}, summed row by row.
     *
     * @param rows how many rows the windows have
     * @param finish with a bias as long as the pitch of the weights
     */
    void weighted(Strip strip, int rows, float[] x, int base, StripWeights weights, Finish finish, float[] y, int at);

    /** The largest of the largest elements of each window's columns; unspecified where there is NaN. */
    void max(Strip strip, int rows, float[] x, int base, float[] y, int at);
}
