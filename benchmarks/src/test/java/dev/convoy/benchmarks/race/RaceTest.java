package dev.convoy.benchmarks.race;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {

    private final List<String> rounds = new ArrayList<>();

    /** Says that each run took as long as its name says, whatever it took. */
    private final class Fake implements Contestant {

        private final long nanos;

        Fake(long nanos) {
            this.nanos = nanos;
        }

        @Override
        public String name() {
            return nanos + " ns";
        }

        @Override
        public void run(long budget, Timings timings) {
            rounds.add(name());
            Contestant.repeat(() -> {}, 1_000_000, new Timings());
            timings.add(nanos);
        }

        @Override
        public void close() {}
    }

    @Test
    void sidesTakeTurns() {
        List<Timings> timings = new Race(0.01, 0.02)
                .run(List.of(new Fake(1_000_000), new Fake(3_000_000)))
                .timings();
        assertEquals(1, timings.get(0).median());
        assertEquals(3, timings.get(1).median());
        assertTrue(timings.get(0).count() >= 5, "at least five runs count");
        assertEquals(timings.get(0).count(), timings.get(1).count());
        assertTrue(rounds.size() > 2 * timings.get(0).count(), "some rounds come before those that count");
        for (int i = 0; i < rounds.size(); i++) {
            assertEquals(i % 2 == 0 ? "1000000 ns" : "3000000 ns", rounds.get(i));
        }
    }

    @Test
    void quantilesAreNearestRanks() {
        Timings timings = new Timings();
        for (int i = 2000; i > 0; i--) {
            timings.add(i * 1_000_000L);
        }
        assertEquals(1, timings.quantile(0));
        assertEquals(1000, timings.median());
        assertEquals(1980, timings.quantile(0.99));
        assertEquals(2000, timings.quantile(1));
        assertThrows(IllegalStateException.class, () -> new Timings().median());
    }
}
