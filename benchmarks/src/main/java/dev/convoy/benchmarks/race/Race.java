package dev.convoy.benchmarks.race;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs all sides in alternating rounds, so that what slows the machine down slows all of them down.
 *
 * @param seconds that count, for each side
 */
public record Race(double seconds) {

    private static final double NANOS = 1e9;
    private static final long ROUND = 100_000_000L;
    private static final int FEWEST_RUNS = 5;

    /** C2 takes about so long; of long races it is a share. */
    private static final double WARM_UP_SECONDS = 2;

    private static final double WARM_UP_SHARE = 0.3;

    /** @return what each side took, in the order of the sides */
    public List<Timings> run(List<? extends Contestant> sides) {
        rounds(sides, Math.max(WARM_UP_SECONDS, WARM_UP_SHARE * seconds), 1);
        return rounds(sides, seconds, FEWEST_RUNS);
    }

    private static List<Timings> rounds(List<? extends Contestant> sides, double seconds, int fewest) {
        List<Timings> timings = new ArrayList<>();
        sides.forEach(side -> timings.add(new Timings()));
        long[] spent = new long[sides.size()];
        boolean enough;
        do {
            enough = true;
            for (int i = 0; i < spent.length; i++) {
                long begin = System.nanoTime();
                sides.get(i).run(ROUND, timings.get(i));
                spent[i] += System.nanoTime() - begin;
                enough &= spent[i] >= seconds * NANOS && timings.get(i).count() >= fewest;
            }
        } while (!enough);
        return timings;
    }
}
