package dev.convoy.training;

import dev.convoy.models.Model;
import java.util.List;
import java.util.Optional;

/**
 * A training that ended.
 *
 * @param model with the parameters that were found, or those that a callback put in their place
 * @param history epoch by epoch, those before an interruption included
 * @param steps optimizer steps in all
 * @param stopped why it ended before the last epoch; empty if it did not
 * @param seed of shuffling and noise
 * @param backend the name of the backend that it ran on
 */
public record Training(Model model, History history, long steps, Optional<String> stopped, long seed, String backend) {

    /** Wall-clock time of each epoch. */
    public List<Double> secondsPerEpoch() {
        return history.epochs().stream().map(History.Epoch::seconds).toList();
    }
}
