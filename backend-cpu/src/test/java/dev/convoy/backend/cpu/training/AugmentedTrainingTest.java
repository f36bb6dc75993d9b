package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.data.augment.Augmentations;
import dev.convoy.data.augment.RandomCrop;
import dev.convoy.data.augment.RandomErasing;
import dev.convoy.data.augment.RandomFlip;
import dev.convoy.data.augment.RandomRotation;
import dev.convoy.data.augment.ValueRange;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are augmented in training alone, and each by numbers that depend on seed, epoch and sample only. */
class AugmentedTrainingTest {

    private static final Augmentation CHANGES = Augmentations.of(
            RandomFlip.horizontal(),
            RandomCrop.of(8, 8).padding(1),
            RandomRotation.of(0.1),
            RandomErasing.of(ValueRange.UNIT));

    @TempDir
    Path folder;

    private static Trainer trainer() {
        return ResumableTraining.trainer().augment(CHANGES);
    }

    /** What one picture was given in one epoch. */
    private record Drawn(Tensor picture, long bits) {}

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Fails when whole batches were asked for so many times. */
    private static Dataset failingAfter(int batches, Dataset data) {
        return new Dataset() {
            private int seen;

            @Override
            public int size() {
                return data.size();
            }

            @Override
            public TensorSpec input() {
                return data.input();
            }

            @Override
            public TensorSpec target() {
                return data.target();
            }

            @Override
            public Batch batch(int[] samples) {
                if (samples.length > 1 && seen++ == batches) {
                    throw new Crash();
                }
                return data.batch(samples);
            }
        };
    }

    /** 3 batches make an epoch; a group of accumulated gradients has 2. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 11})
    void aStoppedTrainingGoesOnWithTheSameBits(int batches) {
        Trainer trainer =
                trainer().checkpoint(folder.resolve("training.ckpt"), 1).resume(true);
        Training whole = trainer().fit(ResumableTraining.data());
        assertThrows(Crash.class, () -> trainer.fit(failingAfter(batches, ResumableTraining.data())));
        Training resumed = trainer.fit(ResumableTraining.data());
        assertEquals(whole.model().parameters(), resumed.model().parameters());
    }

    @Test
    void augmentationChangesTheTraining() {
        Trainer plain = ResumableTraining.trainer().epochs(1);
        Training one = plain.fit(ResumableTraining.data());
        Training other = plain.augment(CHANGES).fit(ResumableTraining.data());
        assertNotEquals(one.model().parameters(), other.model().parameters());
        assertEquals(
                one.model().parameters(),
                plain.augment(Augmentations.of())
                        .fit(ResumableTraining.data())
                        .model()
                        .parameters());
    }

    @Test
    void numbersDependOnNeitherBatchNorOrder() {
        Trainer trainer = ResumableTraining.trainer().epochs(2);
        Set<Drawn> drawn = drawn(trainer);
        assertEquals(2 * ResumableTraining.data().size(), drawn.size());
        assertEquals(drawn, drawn(trainer.batchSize(5)));
        assertEquals(drawn, drawn(trainer.shuffle(false)));
        assertNotEquals(drawn, drawn(trainer.seed(4)));
    }

    private static Set<Drawn> drawn(Trainer trainer) {
        Set<Drawn> all = new HashSet<>();
        trainer.augment((picture, random) -> {
                    all.add(new Drawn(picture, random.bits(0)));
                    return picture;
                })
                .fit(ResumableTraining.data());
        return all;
    }

    @Test
    void aStreamCanBeHadByItself() {
        Set<Drawn> drawn = drawn(ResumableTraining.trainer().epochs(2));
        Tensor fifth = ResumableTraining.data().batch(new int[] {5}).inputs().reshape(8, 8, 1);
        SplitMix64 random = Augmentation.stream(3, 1, 5);
        assertTrue(drawn.contains(new Drawn(fifth, random.bits(0))));
    }

    @Test
    void validationSeesPicturesAsTheyAre() {
        List<Long> calls = new ArrayList<>();
        Dataset data = ResumableTraining.data();
        Trainer trainer = ResumableTraining.trainer().epochs(2).validation(data);
        trainer.augment((picture, random) -> {
                    calls.add(random.bits(0));
                    return picture;
                })
                .fit(data);
        assertEquals(1 + 2 * data.size(), calls.size(), "the first picture once more, to see what comes out");
    }

    @Test
    void cropsMayBringPicturesToTheModelsSize() {
        Tensor pixels = Tensor.full(TensorSpec.float32(6, 10, 9, 1), 0.5);
        Dataset larger = Dataset.of(pixels, Tensor.of(new int[] {0, 1, 2, 0, 1, 2}, 6));
        Trainer trainer = ResumableTraining.trainer().epochs(1);
        assertEquals(
                1,
                trainer.augment(RandomCrop.of(8, 8))
                        .fit(larger)
                        .history()
                        .epochs()
                        .size());
        refused(trainer.augment(RandomCrop.of(9, 9)), larger, "expected as float32[8, 8, 1], got float32[9, 9, 1]");
        refused(trainer.augment(RandomCrop.of(11, 8)), larger, "a part is not larger than the picture");
    }

    @Test
    void onlyPicturesAreAugmented() {
        Dataset rows = Dataset.of(Tensor.of(new float[12], 3, 4), Tensor.of(new int[3], 3));
        refused(trainer(), rows, "only pictures are augmented, a sample's input is expected as float32[h, w, c]");
    }

    @Test
    void aCheckpointOfAnotherAugmentationIsRefused() {
        Trainer trainer =
                trainer().checkpoint(folder.resolve("training.ckpt"), 1).resume(true);
        trainer.epochs(1).fit(ResumableTraining.data());
        refused(trainer.augment(RandomFlip.horizontal()), ResumableTraining.data(), "is of another training");
    }

    private static void refused(Trainer trainer, Dataset data, String words) {
        String message =
                assertThrows(TrainingException.class, () -> trainer.fit(data)).getMessage();
        assertTrue(message.contains(words), message);
    }
}
