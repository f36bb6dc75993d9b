package dev.convoy.training;

import java.util.SequencedMap;

/**
 * Where a training stands.
 *
 * @param epoch counted from 1
 * @param epochs how many there will be
 * @param batch batches of this epoch that are done
 * @param batches in this epoch
 * @param step optimizer steps in all
 * @param values means of loss and metrics over this epoch so far, by name; at the end of the epoch those of the validation
 *     data too, with {@code val_} before
 * @param seconds of work on this epoch so far; time before an interruption counts
 */
public record Progress(
        int epoch,
        int epochs,
        int batch,
        int batches,
        long step,
        SequencedMap<String, Double> values,
        double seconds) {}
