package dev.convoy.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A scale with round numbers: ticks at {@code low, low + step, …, high}.
 *
 * @param low the first tick
 * @param step 1, 2 or 5 times a power of ten
 * @param intervals between the ticks
 */
record Axis(double low, double step, int intervals) {

    /**
     * The scale around some numbers.
     *
     * @param intervals about how many
     */
    static Axis around(double smallest, double largest, int intervals) {
        double spread = largest - smallest;
        if (spread <= Math.ulp(largest)) {
            double margin = largest == 0 ? 1 : Math.abs(largest) / 10;
            return around(smallest - margin, largest + margin, intervals);
        }
        double step = round(spread / intervals);
        double slack = 1e-9;
        double first = Math.floor(smallest / step + slack);
        double last = Math.ceil(largest / step - slack);
        return new Axis(first * step, step, (int) (last - first));
    }

    /** The smallest of 1, 2 or 5 times a power of ten that is not below. */
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        double slack = 1 + 1e-9;
        return IntStream.of(1, 2, 5)
                .mapToDouble(factor -> factor * power)
                .filter(step -> step * slack >= value)
                .findFirst()
                .orElse(10 * power);
    }

    double high() {
        return low + step * intervals;
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, intervals).mapToObj(i -> low + step * i).toList();
    }

    /** A tick's number with the decimals that the step needs. */
    String label(double tick) {
        int exponent = (int) Math.floor(Math.log10(step) + 1e-9);
        if (exponent < -4 || Math.max(Math.abs(low), Math.abs(high())) >= 1e6) {
            return String.format(Locale.ROOT, "%.1e", tick);
        }
        double shown = Math.abs(tick) < step / 2 ? 0 : tick;
        return String.format(Locale.ROOT, "%." + Math.max(0, -exponent) + "f", shown);
    }

    /** Where a number lies, 0 at the first tick and 1 at the last. */
    double position(double value) {
        return (value - low) / (high() - low);
    }
}
