package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a sum: {@code min(max(bias + sum, low), high)}, where NaN stays NaN.
 *
 * @param bias one for each column, at least as many as whole panels have; null for none
 */
public record Finish(float @Nullable [] bias, float low, float high) {

    /** Nothing. */
    public static final Finish NONE = new Finish(null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /** This with a bias of n elements from an offset of an array, copied and filled up with zeros for whole panels. */
    public Finish withBias(float[] array, int offset, int n, int panelWidth) {
        float[] padded = new float[Math.ceilDiv(n, panelWidth) * panelWidth];
        System.arraycopy(array, offset, padded, 0, n);
        return new Finish(padded, low, high);
    }

    /** Whether sums are bounded at all. */
    public boolean bounds() {
        return low != Float.NEGATIVE_INFINITY || high != Float.POSITIVE_INFINITY;
    }

    /** Sets {@code length} elements to the bias from column {@code column} on, or zero. */
    public void start(float[] c, int at, int column, int length) {
        if (bias == null) {
            Arrays.fill(c, at, at + length, 0);
        } else {
            System.arraycopy(bias, column, c, at, length);
        }
    }

    /** Sets a row of n elements to what becomes of an empty sum. */
    void empty(float[] c, int at, int n) {
        start(c, at, 0, n);
        bound(c, at, at + n);
    }

    /** Bounds elements {@code [from, to)}. */
    public void bound(float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            float x = c[i] < low ? low : c[i];
            c[i] = x > high ? high : x;
        }
    }
}
