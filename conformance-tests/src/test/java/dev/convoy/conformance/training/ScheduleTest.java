package dev.convoy.conformance.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.conformance.training.Vectors.Vector;
import dev.convoy.graph.GraphException;
import dev.convoy.training.Schedule;
import dev.convoy.training.Schedule.CosineDecay;
import dev.convoy.training.Schedule.CosineDecayRestarts;
import dev.convoy.training.Schedule.ExponentialDecay;
import dev.convoy.training.Schedule.InverseTimeDecay;
import dev.convoy.training.Schedule.PiecewiseConstantDecay;
import dev.convoy.training.Schedule.PolynomialDecay;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {

    private static final Map<String, Schedule> SCHEDULES = Map.ofEntries(
            Map.entry("exponential", new ExponentialDecay(0.1, 7, 0.9, false)),
            Map.entry("exponential-staircase", new ExponentialDecay(0.1, 7, 0.9, true)),
            Map.entry("inverse_time", new InverseTimeDecay(0.1, 7, 0.5, false)),
            Map.entry("inverse_time-staircase", new InverseTimeDecay(0.1, 7, 0.5, true)),
            Map.entry("polynomial", new PolynomialDecay(0.1, 20, 0.001, 2, false)),
            Map.entry("polynomial-cycle", new PolynomialDecay(0.1, 20, 0.001, 1, true)),
            Map.entry("piecewise", new PiecewiseConstantDecay(List.of(10L, 25L), List.of(0.1, 0.05, 0.01))),
            Map.entry("cosine", new CosineDecay(0.1, 30, 0.1, 0.1, 0)),
            Map.entry("cosine-warmup", new CosineDecay(0.01, 30, 0, 0.1, 5)),
            Map.entry("restarts", new CosineDecayRestarts(0.1, 8, 2, 0.9, 0.05)),
            Map.entry("restarts-equal", new CosineDecayRestarts(0.1, 8, 1, 1, 0)));

    static Set<String> names() {
        return Vectors.of("schedule").keySet();
    }

    @ParameterizedTest
    @MethodSource("names")
    void rates(String name) {
        Schedule schedule = Objects.requireNonNull(SCHEDULES.get(name), name);
        Vector vector = Objects.requireNonNull(Vectors.of("schedule").get(name)).getFirst();
        double[] iterations = vector.numbers(0);
        double[] rates = vector.numbers(1);
        for (int i = 0; i < iterations.length; i++) {
            assertEquals(rates[i], schedule.at((long) iterations[i]), 1e-12, "iteration " + iterations[i]);
        }
    }

    @Test
    void allAreRecorded() {
        assertEquals(SCHEDULES.keySet(), names());
    }

    @Test
    void nonsenseIsRefused() {
        assertThrows(GraphException.class, () -> new CosineDecayRestarts(0.1, 8, 0.5, 1, 0));
        assertThrows(GraphException.class, () -> new CosineDecay(0.1, 0, 0, 0.1, 0));
        assertThrows(GraphException.class, () -> new PolynomialDecay(0, 10, 0.1, 1, false));
        assertThrows(GraphException.class, () -> new PiecewiseConstantDecay(List.of(1L), List.of(0.1)));
        assertThrows(GraphException.class, () -> new InverseTimeDecay(0.1, -1, 0.1, false));
        assertThrows(GraphException.class, () -> new Schedule.Constant(Double.NaN));
    }
}
