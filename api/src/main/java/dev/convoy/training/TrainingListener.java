package dev.convoy.training;

import dev.convoy.models.Model;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Watches a training; called on the thread that trains. Every method may be left out. */
public interface TrainingListener {

    /**
     * Where a training stands.
     *
     * @param epoch counted from 1
     * @param epochs how many there will be
     * @param batch counted from 1
     * @param batches in this epoch
     * @param step optimizer steps so far
     * @param values means of loss and metrics over this epoch so far, by name
     */
    record Progress(int epoch, int epochs, int batch, int batches, long step, SequencedMap<String, Double> values) {}

    default void onBatch(Progress progress) {}

    /**
     * @param epoch the epoch that ended
     * @param model the model as it is now; reading it takes it from the backend
     * @return whether to go on
     */
    default boolean onEpoch(History.Epoch epoch, Supplier<Model> model) {
        return true;
    }
}
