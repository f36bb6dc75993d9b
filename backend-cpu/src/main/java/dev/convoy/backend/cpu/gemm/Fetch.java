package dev.convoy.backend.cpu.gemm;

/**
 * Reads weights into the cache before tiles meet them: a tile, whose sums leave the processor no room to look far ahead,
 * waits for each line that the second-level cache does not have; loads of which nothing depends on the others do not wait.
 */
public final class Fetch {

    /** Floats of a cache line. */
    private static final int LINE = 16;

    /** Nobody wants it, but as it is kept, what it comes from has to be read. */
    static volatile float read;

    private Fetch() {}

    /** Touches the cache lines of elements {@code [from, to)}. */
    public static void lines(float[] x, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i += LINE) {
            sum += x[i];
        }
        read = sum;
    }
}
