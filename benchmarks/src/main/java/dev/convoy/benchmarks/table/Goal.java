package dev.convoy.benchmarks.table;

/**
 * How much of the best peer's time is aimed at.
 *
 * @param ratio our median over theirs
 * @param limit up to this the goal is missed, beyond it what it is for is not resolved
 */
public record Goal(double ratio, double limit) {

    /** What is said of a ratio. */
    public String verdict(double measured) {
        if (measured <= ratio) {
            return "met";
        }
        return measured <= limit ? "missed" : "not resolved";
    }
}
