package dev.convoy.benchmarks.table;

import java.util.Locale;

/**
 * How fast a kernel is.
 *
 * @param micros the median of a call
 * @param operations floating-point operations of a call as the definition counts them, 0 if it moves data
 * @param bytes that a call has to read and write at least
 * @param peak GFLOP/s of fused multiply-adds on so many threads, measured in the same run
 */
public record KernelResult(
        String title, int threads, double micros, double operations, double bytes, double peak, Machine machine) {

    private static final double GIGA_PER_MICRO = 1e-3;

    double gigaflops() {
        return operations / micros * GIGA_PER_MICRO;
    }

    double gigabytes() {
        return bytes / micros * GIGA_PER_MICRO;
    }

    /** The cells of a table. */
    public String cells() {
        String speed = operations == 0
                ? " | "
                : String.format(Locale.ROOT, "%.0f | %.0f %%", gigaflops(), 100 * gigaflops() / peak);
        return String.format(Locale.ROOT, "%s | %s | %s | %.1f", title, Figures.digits(micros), speed, gigabytes());
    }
}
