package dev.convoy.benchmarks.table;

import dev.convoy.benchmarks.race.Contestant;
import dev.convoy.benchmarks.race.Timings;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one row gave.
 *
 * @param sides Convoy first
 * @param difference the largest between our outputs and a peer's, where the largest output is 1; null if not compared
 * @param foreign cores that other processes used meanwhile; null if not known
 * @param handover ns until one processor sees what another has written, see {@link dev.convoy.benchmarks.race.Handover}: the
 *     longer of before and after; null for one thread
 * @param peak GFLOP/s of fused multiply-adds on so many threads, measured before
 * @param seconds that were measured for each side
 */
public record Result(
        String id,
        Row.Group group,
        String title,
        Goal goal,
        double operations,
        int threads,
        List<Side> sides,
        @Nullable Double difference,
        @Nullable Double foreign,
        @Nullable Double handover,
        double peak,
        double seconds,
        Machine machine) {

    private static final double TAIL = 0.99;
    private static final double MILLIS_TO_GIGA = 1e-6;

    /** Times in ms. */
    public record Side(String name, double median, double min, double p99, int runs) {

        static Side of(Contestant contestant, Timings timings) {
            return new Side(
                    contestant.name(), timings.median(), timings.quantile(0), timings.quantile(TAIL), timings.count());
        }
    }

    Side ours() {
        return sides.getFirst();
    }

    /** The peer with the smallest median. */
    Side best() {
        return sides.stream()
                .skip(1)
                .min(Comparator.comparingDouble(Side::median))
                .orElseThrow();
    }

    double ratio() {
        return ours().median() / best().median();
    }

    /** Tells more than {@link #ratio} where neighbours were busy. */
    double ratioOfMinima() {
        return ours().min()
                / sides.stream().skip(1).mapToDouble(Side::min).min().orElseThrow();
    }

    String verdict() {
        return goal.verdict(ratio());
    }

    /** Our part of the peak, or empty where operations are not counted. */
    String share() {
        if (operations == 0) {
            return "";
        }
        double speed = operations / ours().median() * MILLIS_TO_GIGA;
        return String.format(Locale.ROOT, "%.0f GFLOP/s, %.0f %% of the peak", speed, 100 * speed / peak);
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-18s T=%d", id, threads));
        for (Side side : sides) {
            line.append(String.format(
                    Locale.ROOT,
                    "  %s %s (min %s)",
                    side.name(),
                    Figures.digits(side.median()),
                    Figures.digits(side.min())));
        }
        line.append(String.format(
                Locale.ROOT,
                "  ratio %.2f (of minima %.2f) goal %.2f %s",
                ratio(),
                ratioOfMinima(),
                goal.ratio(),
                verdict()));
        if (operations > 0) {
            line.append("  ").append(share());
        }
        if (foreign != null) {
            line.append(String.format(Locale.ROOT, "  others %.2f cores", foreign));
        }
        if (handover != null) {
            line.append(String.format(Locale.ROOT, "  hand-over %.0f ns", handover));
        }
        return line.toString();
    }
}
