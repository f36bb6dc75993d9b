package dev.convoy.conformance.cases;

/**
 * How far a float32 result may be from the expected one. NaN has to be NaN, infinities have to be equal, and zeros of
 * either sign are the same, under every tolerance. Results of all other types have to be equal.
 */
public sealed interface Tolerance {

    /** The same number. */
    Tolerance EXACT = new Exact();

    /** One rounding, or a division a processor takes two steps for. */
    Tolerance ROUNDED = new Ulps(2);

    /** A function computed by approximation. */
    Tolerance FUNCTION = new Ulps(16);

    /** The same number. */
    record Exact() implements Tolerance {}

    /**
     * A distance in units of the last place of the expected float32, and at least the smallest normal float32 (so that
     * subnormal results may be flushed to zero).
     */
    record Ulps(int count) implements Tolerance {}

    /**
     * The rounding of a sum of products: {@code 4 · √terms · 2^-23 · Σ|a·b|}. Rounding errors of independent sign grow with
     * the square root of their number (Higham, Accuracy and Stability of Numerical Algorithms, 2.8); the sum of magnitudes
     * is what the reference interpreter gives for the absolute operands.
     *
     * @param terms the number of products in one result
     */
    record Summed(int terms) implements Tolerance {}

    /** An absolute distance, for functions whose value passes through zero. */
    record Within(double distance) implements Tolerance {}

    /**
     * @param expected the expected number
     * @param magnitude the sum of magnitudes, used by {@link Summed} only
     * @return the distance allowed from it
     */
    default double allowed(double expected, double magnitude) {
        return switch (this) {
            case Exact() -> 0;
            case Ulps(int count) -> Math.max(count * (double) Math.ulp((float) expected), Float.MIN_NORMAL);
            case Summed(int terms) -> 4 * Math.sqrt(Math.max(terms, 1)) * 0x1p-23 * magnitude + Float.MIN_NORMAL;
            case Within(double distance) -> distance;
        };
    }
}
