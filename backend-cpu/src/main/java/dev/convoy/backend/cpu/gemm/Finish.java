package dev.convoy.backend.cpu.gemm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a sum: {@code min(max(bias + sum + addend, low), high)}, where NaN stays NaN.
 *
 * @param bias one for each column, at least as many as whole panels have; null for none
 * @param addend what is added to each element of the result, at the same index, and may be the
 *     result itself; null for none
 */
public record Finish(float @Nullable [] bias, float @Nullable [] addend, float low, float high) {

    /** A bias and bounds. */
    public Finish(float @Nullable [] bias, float low, float high) {
        this(bias, null, low, high);
    }

    /** Nothing. */
    public static final Finish NONE = new Finish(null, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);

    /** This with a bias of n elements from an offset of an array, copied and filled up with zeros for whole panels. */
    public Finish withBias(float[] array, int offset, int n, int panelWidth) {
        float[] padded = new float[Math.ceilDiv(n, panelWidth) * panelWidth];
        System.arraycopy(array, offset, padded, 0, n);
        return new Finish(padded, addend, low, high);
    }

    /** This with an array that is added to the result, element by element. */
    public Finish withAddend(float[] array) {
        return new Finish(bias, array, low, high);
    }

    /** This without bounds. */
    public Finish withoutBounds() {
        return new Finish(bias, addend, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
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
        add(c, at, at, n);
        bound(c, at, at + n);
    }

    /** Adds the addend, if there is one, from {@code from} on to n elements. */
    void add(float[] c, int at, int from, int n) {
        for (int i = 0; addend != null && i < n; i++) {
            c[at + i] += addend[from + i];
        }
    }

    /** Bounds elements {@code [from, to)}. */
    public void bound(float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            float x = c[i] < low ? low : c[i];
            c[i] = x > high ? high : x;
        }
    }
}
