package dev.convoy.data.augment;

/**
 * The values between which pixels lie (Keras' {@code value_range}). Keras takes 0 to 255 unless told otherwise, which
 * silently spoils pictures from 0 to 1; here it is always said.
 */
public record ValueRange(double low, double high) {

    /** From 0 to 1, as Convoy's data sets give pictures. */
    public static final ValueRange UNIT = new ValueRange(0, 1);

    /** From 0 to 255, as picture files hold them. */
    public static final ValueRange BYTES = new ValueRange(0, 255);

    /**
     * @throws IllegalArgumentException if a bound is not finite, or low is not below high
     */
    public ValueRange {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low >= high) {
            throw new IllegalArgumentException(
                    "ValueRange: bounds are finite and low is below high, got " + low + " and " + high);
        }
    }

    float clip(float value) {
        return Math.clamp(value, (float) low, (float) high);
    }
}
