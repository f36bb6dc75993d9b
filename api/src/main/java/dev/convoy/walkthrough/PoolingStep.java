package dev.convoy.walkthrough;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One maximum or mean of a pooling.
 *
 * @param row of the result
 * @param column of the result
 * @param channel of the result, which is that of the input
 * @param patch the part of the input under the window
 * @param kind maximum or mean
 * @param inputs the elements under the window, from left to right, row by row; padding only where the mean counts it
 * @param sum of the elements
 * @param value the maximum or mean
 */
public record PoolingStep(
        int row, int column, int channel, Patch patch, Kind kind, List<Double> inputs, double sum, double value)
        implements Step {

    /** What is taken of the elements under a window. */
    public enum Kind {
        MAX,
        AVERAGE
    }

    public PoolingStep {
        inputs = List.copyOf(inputs);
    }

    /** For example {@code max(2, 4, 4, 6) = 6}, {@code average(2, 4, 4, 6) = 16/4 = 4}. */
    @Override
    public String equation() {
        String list = inputs.stream().map(Decimals::shortest).collect(Collectors.joining(", "));
        return switch (kind) {
            case MAX -> "max(" + list + ") = " + Decimals.shortest(value);
            case AVERAGE ->
                "average(" + list + ") = " + Decimals.shortest(sum) + "/" + inputs.size() + " = "
                        + Decimals.shortest(value);
        };
    }
}
