package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.models.Model;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Callback;
import dev.convoy.training.CallbackState;
import dev.convoy.training.Checkpoint;
import dev.convoy.training.History;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingContext;
import dev.convoy.training.TrainingException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints are whole or refused, and a training that goes on from one ends with the same bits. */
class CheckpointTest {

    @TempDir
    Path folder;

    private Trainer trainer(Path file) {
        return ResumableTraining.trainer().checkpoint(file, 1).resume(true);
    }

    /** Stops a training by throwing out of a callback, as a crash would. */
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static Callback crashAt(long batches) {
        return new Callback() {
            private long seen;

            @Override
            public void onBatchEnd(TrainingContext context) {
                if (++seen == batches) {
                    throw new Crash();
                }
            }
        };
    }

    /** Two of three batches make an epoch's end; 7 is inside an epoch and inside a group of accumulated gradients. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 7, 11})
    void aStoppedTrainingGoesOnWithTheSameBits(long batches) {
        Path file = folder.resolve("training.ckpt");
        Training whole = trainer(folder.resolve("other.ckpt")).fit(ResumableTraining.data());
        Trainer stopped = trainer(file).callbacks(crashAt(batches));
        assertThrows(Crash.class, () -> stopped.fit(ResumableTraining.data()));
        Training resumed = trainer(file).fit(ResumableTraining.data());
        assertEquals(whole.model().parameters(), resumed.model().parameters());
        assertEquals(whole.steps(), resumed.steps());
    }

    @Test
    void aFinishedTrainingHasNothingToDo() {
        Path file = folder.resolve("training.ckpt");
        Training whole = trainer(file).fit(ResumableTraining.data());
        Training again = trainer(file).fit(ResumableTraining.data());
        assertEquals(whole.model().parameters(), again.model().parameters());
        assertEquals(whole.history(), again.history());
    }

    @Test
    void itHoldsParametersSlotsAndPosition() {
        Path file = folder.resolve("training.ckpt");
        Training training = trainer(file).fit(ResumableTraining.data());
        Checkpoint checkpoint = Checkpoint.read(file);
        assertEquals(training.steps(), checkpoint.position().step());
        assertEquals(0, checkpoint.position().batch());
        assertTrue(checkpoint
                .state()
                .names()
                .containsAll(training.model().parameters().names()));
        assertTrue(checkpoint.state().names().contains("optimizer/velocity/dense/kernel"));
        assertTrue(checkpoint.state().names().contains("gradient_sum/dense/kernel"));
        assertFalse(Files.exists(folder.resolve("training.ckpt.tmp")));
    }

    @Test
    void whatIsWrittenIsRead() {
        Path file = folder.resolve("a.ckpt");
        Checkpoint checkpoint = new Checkpoint(
                Parameters.of(Map.of(
                        "a/kernel", Tensor.of(new float[] {1, Float.MIN_VALUE, -0f}, 3), "step", Tensor.scalar(7L))),
                new Checkpoint.Position(
                        1,
                        2,
                        1L << 40,
                        0.1 + 0.2,
                        1e-300,
                        List.of(List.of(Double.NaN, -0.0), List.of(1 / 3.0)),
                        Map.of("a: b = c", "d é\n")),
                new History(List.of(new History.Epoch(
                        1, new TreeMap<>(Map.of("loss", 1 / 3.0, "val_a, b=c é", Double.MIN_VALUE)), 0.1f, 1e6))),
                Map.of(
                        "Counter",
                        new CallbackState(Map.of("a/b = c", "d\te"), Parameters.of(Map.of("x/y", Tensor.scalar(2f)))),
                        "Counter-2",
                        CallbackState.empty().with("wait", 3)));
        checkpoint.write(file);
        assertEquals(checkpoint, Checkpoint.read(file));
    }

    @Test
    void anotherTrainingsCheckpointIsRefused() {
        Path file = folder.resolve("training.ckpt");
        trainer(file).fit(ResumableTraining.data());
        refused(trainer(file).seed(9), "is of another training");
        refused(trainer(file).batchSize(5), "is of another training");
        refused(trainer(file).optimizer(Optimizer.sgd()), "is of another training");
        Model other = TrainedNetworks.lenet();
        Trainer ofOther = ResumableTraining.trainer(other).checkpoint(file, 1).resume(true);
        TrainingException thrown = assertThrows(
                TrainingException.class, () -> ofOther.fit(ResumableTraining.data(TrainedNetworks.pictures(other))));
        assertTrue(thrown.getMessage().contains("is of another model"), thrown::getMessage);
    }

    private static void refused(Trainer trainer, String why) {
        TrainingException thrown = assertThrows(TrainingException.class, () -> trainer.fit(ResumableTraining.data()));
        assertTrue(thrown.getMessage().contains(why), thrown::getMessage);
        assertTrue(thrown.getMessage().contains("Remedy"), thrown::getMessage);
    }

    @Test
    void everyDamageIsATypedError() throws IOException {
        Path file = folder.resolve("training.ckpt");
        trainer(file).fit(ResumableTraining.data());
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 0; length < bytes.length; length += Math.max(1, bytes.length / 50)) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            assertThrows(TrainingException.class, () -> Checkpoint.read(file), "cut to " + length);
        }
        Files.write(file, bytes);
        Parameters whole = Checkpoint.read(file).state();
        int refused = 0;
        for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 200)) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x55;
            Files.write(file, damaged);
            refused += isRefused(file, whole) ? 1 : 0;
        }
        assertTrue(refused > 100, refused + " of 200 refused");
    }

    /** What a damaged date or flag of the archive lets through is what was written. */
    private static boolean isRefused(Path file, Parameters whole) {
        try {
            Parameters read = Checkpoint.read(file).state();
            read.names().stream()
                    .filter(whole.names()::contains)
                    .forEach(name -> assertEquals(whole.get(name), read.get(name), name));
            return false;
        } catch (TrainingException e) {
            return true;
        }
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        Path file = folder.resolve("other.zip");
        for (String name : List.of("x", "notes.txt", "a.npy")) {
            try (OutputStream out = Files.newOutputStream(file);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Npy.encode(Tensor.scalar(1f)));
            }
            TrainingException thrown = assertThrows(TrainingException.class, () -> Checkpoint.read(file));
            assertTrue(thrown.getMessage().contains("cannot be read"), thrown::getMessage);
        }
        assertThrows(TrainingException.class, () -> Checkpoint.read(folder.resolve("missing")));
    }

    /** Such files had no version. */
    @Test
    void filesOfTheFirstVersionAreRefused() throws IOException {
        Path file = folder.resolve("old.ckpt");
        byte[] text = "seed=3\nepoch=1\nbatch=0\nstep=3\nsettings=samples 22\n".getBytes(StandardCharsets.ISO_8859_1);
        CRC32 checksum = new CRC32();
        checksum.update(text);
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            ZipEntry entry = new ZipEntry("position.properties");
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(text.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(text);
        }
        assertEquals(
                "The checkpoint " + file
                        + " cannot be read: it is of version 1 of the format, this Convoy reads version 2"
                        + " and no other. Remedy: take another one, or remove the file to start anew",
                assertThrows(TrainingException.class, () -> trainer(file).fit(ResumableTraining.data()))
                        .getMessage());
    }
}
