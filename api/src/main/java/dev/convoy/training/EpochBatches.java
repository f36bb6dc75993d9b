package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.tensor.SplitMix64;
import java.util.Arrays;

/** The training batches of an epoch: which samples are in which, and how each is made. */
final class EpochBatches {

    private final Dataset data;
    private final TargetCheck targets;
    private final int batchSize;
    private final int[] order;

    /**
     * @param epoch counted from 0
     * @param random of the training's seed
     */
    EpochBatches(Trainer.Settings settings, Dataset data, TargetCheck targets, SplitMix64 random, int epoch) {
        this.data = data;
        this.targets = targets;
        this.batchSize = settings.batchSize;
        this.order = order(data.size(), settings.shuffle, random.stream("shuffle").stream(epoch));
    }

    /** The number of batches in every epoch. */
    static int count(Dataset data, int batchSize) {
        return Math.ceilDiv(data.size(), batchSize);
    }

    /** All samples; shuffled as Fisher and Yates do. */
    private static int[] order(int size, boolean shuffle, SplitMix64 numbers) {
        int[] order = new int[size];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; shuffle && i > 0; i--) {
            int j = (int) (numbers.uniform(i) * (i + 1));
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }

    /** Makes a batch, the same each time; any thread may. */
    Batch batch(int number) {
        int from = number * batchSize;
        Batch batch = data.batch(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
        targets.inRange(batch);
        return batch;
    }
}
