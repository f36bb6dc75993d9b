package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A data set as an epoch sees it, its pictures changed by {@link Augmentation#stream} of seed, epoch and sample. */
record AugmentedData(Dataset data, Augmentation augmentation, long seed, int epoch, TensorSpec input)
        implements Dataset {

    /**
     * The data set in the first epoch.
     *
     * @throws TrainingException if its inputs are no pictures, or they cannot be changed so
     */
    static AugmentedData of(Dataset data, Augmentation augmentation, long seed) {
        TensorSpec given = data.input();
        Trainer.require(
                given.type() == DataType.FLOAT32 && given.shape().rank() == 3,
                "only pictures are augmented, a sample's input is expected as float32[h, w, c], got " + given
                        + ". Remedy: reshape the inputs, or leave augment(…) out");
        Tensor pictures = data.batch(new int[] {0}).inputs();
        try {
            Tensor first = augmentation.apply(pictures, List.of(Augmentation.stream(seed, 0, 0)));
            TensorSpec changed =
                    first.spec().withShape(first.shape().slice(1, first.shape().rank()));
            return new AugmentedData(data, augmentation, seed, 0, changed);
        } catch (IllegalArgumentException e) {
            throw new TrainingException("Training: the pictures cannot be augmented. " + e.getMessage(), e);
        }
    }

    AugmentedData in(int newEpoch) {
        return new AugmentedData(data, augmentation, seed, newEpoch, input);
    }

    /** Names an augmentation alike in each process; one that is a program of the user's own has no other name. */
    static String describe(Augmentation augmentation) {
        return switch (augmentation) {
            case Augmentations(List<Augmentation> steps) ->
                steps.stream().map(AugmentedData::describe).collect(Collectors.joining(", ", "[", "]"));
            case Record named -> named.toString();
            default -> "own";
        };
    }

    @Override
    public int size() {
        return data.size();
    }

    @Override
    public TensorSpec target() {
        return data.target();
    }

    @Override
    public Batch batch(int[] samples) {
        Batch batch = data.batch(samples);
        List<SplitMix64> random = Arrays.stream(samples)
                .mapToObj(sample -> Augmentation.stream(seed, epoch, sample))
                .toList();
        return new Batch(augmentation.apply(batch.inputs(), random), batch.targets(), batch.weights());
    }
}
