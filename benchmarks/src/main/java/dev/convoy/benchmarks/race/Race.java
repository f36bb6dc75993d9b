package dev.convoy.benchmarks.race;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Runs all sides in alternating rounds, so that what slows the machine down slows all of them down. A side begins when the
 * threads of the one before have come to rest: some look for more work for tens of milliseconds. Laps during which other
 * processes kept a core busy are left out if there are enough others, and the race goes on for longer to get these.
 *
 * @param warmUp seconds before those that count, for each side
 * @param seconds that count, for each side
 */
public record Race(double warmUp, double seconds) {

    private static final double NANOS = 1e9;
    private static final long ROUND = 100_000_000L;
    private static final int FEWEST_RUNS = 5;

    /** C2 takes about so long; of long races it is a share. */
    private static final double WARM_UP_SECONDS = 4;

    private static final double WARM_UP_SHARE = 0.3;

    /** Cores that others may use in a lap; the system's accounts of so short a time are no more exact. */
    private static final double QUIET = 0.25;

    /** How much longer a race may take for want of quiet. */
    private static final double PATIENCE = 2.5;

    /** The part of the time that has to be quiet for the rest to be left out. */
    private static final double QUIET_SHARE = 0.2;

    /**
     * What a race gave.
     *
     * @param timings of each side, in their order
     * @param foreign cores that others used in the laps that count; empty where the system does not say
     */
    public record Outcome(List<Timings> timings, OptionalDouble foreign) {}

    /** A round of each side. */
    private record Lap(List<Timings> timings, double seconds, OptionalDouble foreign) {

        boolean isQuiet() {
            return foreign.orElse(0) <= QUIET;
        }
    }

    /** With a warm-up that suits C2. */
    public static Race of(double seconds) {
        return new Race(Math.max(WARM_UP_SECONDS, WARM_UP_SHARE * seconds), seconds);
    }

    public Outcome run(List<? extends Contestant> sides) {
        double each = sides.size() * seconds;
        double warm = sides.size() * warmUp;
        while (warm > 0) {
            warm -= lap(sides).seconds;
        }
        List<Lap> laps = new ArrayList<>();
        double quiet = 0;
        double all = 0;
        int runs = 0;
        while ((quiet < each && all < PATIENCE * each) || runs < FEWEST_RUNS) {
            Lap lap = lap(sides);
            laps.add(lap);
            all += lap.seconds;
            quiet += lap.isQuiet() ? lap.seconds : 0;
            runs += lap.timings.stream().mapToInt(Timings::count).min().orElse(0);
        }
        List<Lap> chosen = laps.stream().filter(Lap::isQuiet).toList();
        boolean enough = quiet >= QUIET_SHARE * each && chosen.size() >= FEWEST_RUNS;
        return outcome(enough ? chosen : laps, sides.size());
    }

    private static Lap lap(List<? extends Contestant> sides) {
        Foreign foreign = Foreign.begin();
        long begin = System.nanoTime();
        List<Timings> timings = new ArrayList<>();
        for (Contestant side : sides) {
            Rest.await();
            Timings its = new Timings();
            side.run(ROUND, its);
            timings.add(its);
        }
        double seconds = (System.nanoTime() - begin) / NANOS;
        return new Lap(timings, seconds, foreign.cores());
    }

    private static Outcome outcome(List<Lap> laps, int sides) {
        List<Timings> timings = Stream.generate(Timings::new).limit(sides).toList();
        double time = 0;
        double foreign = 0;
        for (Lap lap : laps) {
            for (int i = 0; i < sides; i++) {
                timings.get(i).addAll(lap.timings.get(i));
            }
            time += lap.seconds;
            foreign += lap.foreign.orElse(Double.NaN) * lap.seconds;
        }
        return new Outcome(timings, Double.isNaN(foreign) ? OptionalDouble.empty() : OptionalDouble.of(foreign / time));
    }
}
