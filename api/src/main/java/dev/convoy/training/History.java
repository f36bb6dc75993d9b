package dev.convoy.training;

import java.util.List;
import java.util.SequencedMap;

/**
 * What was measured in each epoch.
 *
 * @param epochs in order
 */
public record History(List<Epoch> epochs) {

    /**
     * @param epoch counted from 1
     * @param values loss and metrics by name; those of the validation data with {@code val_} before
     * @param learningRate of the last batch
     * @param seconds wall-clock time
     */
    public record Epoch(int epoch, SequencedMap<String, Double> values, double learningRate, double seconds) {}

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The values of one name, epoch by epoch. */
    public List<Double> values(String name) {
        return epochs.stream().map(e -> e.values().get(name)).toList();
    }

    /**
     * The last epoch.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    public Epoch last() {
        return epochs.getLast();
    }
}
