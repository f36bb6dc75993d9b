package dev.convoy.benchmarks.table;

import dev.convoy.benchmarks.race.Contestant;
import dev.convoy.benchmarks.race.FmaPeak;
import dev.convoy.benchmarks.race.Handover;
import dev.convoy.benchmarks.race.Race;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Measures a row. */
final class Measurement {

    /** Sides that differ by more than this part of their largest output do not do the same. */
    private static final double TOLERANCE = 1e-3;

    private Measurement() {}

    /**
     * @throws dev.convoy.benchmarks.race.PeerAbsentException if there is no peer here
     * @throws IllegalStateException if the sides do not give the same
     */
    static Result of(Row row, int threads, double seconds) {
        double peak = FmaPeak.gigaflops(threads);
        Double before = handover(threads);
        List<Contestant> contestants = row.sides().open(threads);
        try {
            Double difference = difference(row, contestants);
            Race.Outcome outcome = Race.of(seconds).run(contestants);
            Double after = handover(threads);
            double others = outcome.foreign().orElse(Double.NaN);
            List<Result.Side> sides = new ArrayList<>();
            for (int i = 0; i < contestants.size(); i++) {
                sides.add(Result.Side.of(contestants.get(i), outcome.timings().get(i)));
            }
            return new Result(
                    row.id(),
                    row.group(),
                    row.title(),
                    row.goal(),
                    row.operations(),
                    threads,
                    sides,
                    difference,
                    Double.isNaN(others) ? null : others,
                    before == null || after == null ? null : Math.max(before, after),
                    peak,
                    seconds,
                    Machine.here());
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private static @Nullable Double handover(int threads) {
        return threads > 1 && Runtime.getRuntime().availableProcessors() > 1 ? Handover.nanos() : null;
    }

    private static @Nullable Double difference(Row row, List<Contestant> sides) {
        float[] ours = sides.getFirst().outputs();
        Double largest = null;
        for (Contestant side : sides.subList(1, sides.size())) {
            float[] theirs = side.outputs();
            if (ours.length > 0 && theirs.length > 0) {
                largest = Math.max(largest == null ? 0 : largest, relative(row, ours, theirs));
            }
        }
        if (largest != null && !(largest <= TOLERANCE)) {
            throw new IllegalStateException(row.id() + ": the outputs differ by " + largest
                    + " of the largest, more than " + TOLERANCE + "; times of unlike work are not compared");
        }
        return largest;
    }

    private static double relative(Row row, float[] ours, float[] theirs) {
        if (ours.length != theirs.length) {
            throw new IllegalStateException(row.id() + ": " + ours.length + " outputs against " + theirs.length);
        }
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            largest = Math.max(largest, Math.abs(ours[i]));
            difference = Math.max(difference, Math.abs(ours[i] - theirs[i]));
        }
        return difference == 0 ? 0 : difference / largest;
    }
}
