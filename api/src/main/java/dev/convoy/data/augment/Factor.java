package dev.convoy.data.augment;

/**
 * The interval {@code [lower, upper]} from which a number is drawn, each as likely. Keras takes these as one number or a
 * pair.
 */
public record Factor(double lower, double upper) {

    /**
     * @throws IllegalArgumentException if a bound is not finite, or lower is above upper
     */
    public Factor {
        if (!Double.isFinite(lower) || !Double.isFinite(upper) || lower > upper) {
            throw new IllegalArgumentException("Factor: bounds are finite and in order, got " + lower + " to " + upper);
        }
    }

    /** From {@code -|factor|} to {@code |factor|}, as Keras takes a single number. */
    public static Factor of(double factor) {
        return new Factor(-Math.abs(factor), Math.abs(factor));
    }

    /** Between two numbers, in any order. */
    public static Factor of(double one, double other) {
        return new Factor(Math.min(one, other), Math.max(one, other));
    }

    /** The number at a share of the way from lower to upper. */
    double at(double uniform) {
        return lower + (upper - lower) * uniform;
    }

    Factor within(String what, double least, double most) {
        if (lower < least || upper > most) {
            throw new IllegalArgumentException(
                    what + " is from " + least + " to " + most + ", got " + lower + " to " + upper);
        }
        return this;
    }
}
