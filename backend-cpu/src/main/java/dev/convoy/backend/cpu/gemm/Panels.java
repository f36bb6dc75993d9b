package dev.convoy.backend.cpu.gemm;

/**
 * A packed right matrix of k rows and n columns, cut into panels of columns.
 *
 * @param width columns of a panel; the last one may have fewer
 * @param data in the form of the {@link MicroKernel} that made it
 */
public record Panels(int k, int n, int width, Object data) {

    public int count() {
        return Math.ceilDiv(n, width);
    }

    /** Their size: about that of the matrix, its columns rounded up to whole panels. */
    public long bytes() {
        return (long) Float.BYTES * k * count() * width;
    }

    /** The first column of a panel. */
    int start(int panel) {
        return panel * width;
    }

    /** The columns of a panel. */
    int columns(int panel) {
        return Math.min(width, n - panel * width);
    }
}
