package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TimingsTest {

    @Test
    void quantilesAreNearestRanks() {
        Timings timings = new Timings();
        for (int i = 2000; i > 0; i--) {
            timings.add(i * 1_000_000L);
        }
        assertEquals(2000, timings.count());
        assertEquals(1, timings.minMillis());
        assertEquals(1000, timings.medianMillis());
        assertEquals(1980, timings.quantileMillis(0.99));
        assertEquals(2000, timings.quantileMillis(1));
        assertEquals(2001, timings.seconds());
    }

    @Test
    void nothingHasNoMedian() {
        assertThrows(IllegalStateException.class, () -> new Timings().medianMillis());
    }
}
