package dev.convoy.benchmarks.table;

import dev.convoy.benchmarks.race.Contestant;
import java.util.List;

/**
 * One comparison.
 *
 * @param id names it in files and on the command line
 * @param group under which heading it stands
 * @param title for people
 * @param operations floating-point operations of a run, 0 where nobody counts them
 * @param sides who compete
 */
public record Row(String id, Group group, String title, Goal goal, double operations, Sides sides) {

    /** What is compared. */
    public enum Group {
        PREDICT("Predict"),
        OPERATION("Single operations"),
        TRAIN("Training steps"),
        SHARED("Shared processors"),
        START("Cold start");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Makes both sides ready. */
    @FunctionalInterface
    public interface Sides {

        /**
         * @return Convoy first, then its peers
         * @throws dev.convoy.benchmarks.race.PeerAbsentException if there is no peer here
         */
        List<Contestant> open(int threads);
    }
}
