package dev.convoy.walkthrough;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.UnaryOperator;

/**
 * Numbers as they are written. A double stands for its shortest decimal form, 0.1 for exactly one tenth, so that
 * 0.3 - 0.1 is 0.2 as on paper.
 */
public final class Decimals {

    /** Beyond these powers of ten a number is written with an exponent. */
    private static final double SMALLEST = 1e-6;

    private static final double LARGEST = 1e15;

    private Decimals() {}

    /**
     * The shortest form that reads back as the same double: {@code 24}, {@code -0.2}, {@code 1.0E-9}.
     */
    public static String shortest(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return "0";
        }
        if (!(size >= SMALLEST && size < LARGEST)) {
            return Double.toString(value);
        }
        return exact(value).stripTrailingZeros().toPlainString();
    }

    static BigDecimal exact(double value) {
        return BigDecimal.valueOf(value);
    }

    /** Exact where the division ends, else 34 digits, twice those of a double. */
    static BigDecimal quotient(BigDecimal sum, int divisor) {
        return divisor == 1 ? sum : sum.divide(BigDecimal.valueOf(divisor), MathContext.DECIMAL128);
    }

    /** As {@link #shortest}, in brackets where a minus would meet an operator. */
    static String operand(double value) {
        String text = shortest(value);
        return text.startsWith("-") ? "(" + text + ")" : text;
    }

    /** A sum as it is written: {@code 7 + 5 + (-2)}. */
    static String sum(Iterable<Double> values, UnaryOperator<String> layout) {
        StringBuilder text = new StringBuilder();
        for (double value : values) {
            text.append(text.isEmpty() ? shortest(value) : layout.apply(operand(value)));
        }
        return text.toString();
    }
}
