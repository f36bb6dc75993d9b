package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.layers.Activations;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.BinaryMetrics;
import dev.convoy.training.Callback;
import dev.convoy.training.Checkpoint;
import dev.convoy.training.EarlyStopping;
import dev.convoy.training.History;
import dev.convoy.training.Metrics;
import dev.convoy.training.ReduceLROnPlateau;
import dev.convoy.training.StopSignal;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import dev.convoy.training.TrainingContext;
import dev.convoy.training.TrainingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A training that is stopped anywhere and resumed ends as one that never was: with the same parameters, history, learning
 * rates and decisions of callbacks.
 */
class InterruptedTrainingTest {

    private static final int BATCHES = 3;
    private static final Dataset DATA = ResumableTraining.data();

    private static Training whole;

    @TempDir
    Path folder;

    /** Early stopping ends it before its last epoch, after the learning rate was reduced at least once. */
    private static Trainer trainer() {
        return ResumableTraining.trainer(Sequential.of(
                        Input.of(8, 8, 1),
                        Flatten.of(),
                        Dropout.of(0.3),
                        Dense.of(6).useBias(false),
                        BatchNormalization.of(),
                        Dense.of(3).activation(Activations.SOFTMAX)))
                .epochs(9)
                .metrics(Metrics.ACCURACY)
                .weightedMetrics(Metrics.topKAccuracy(2))
                .classWeights(Map.of(1, 2.0))
                .validation(DATA)
                .callbacks(
                        EarlyStopping.of("val_loss").patience(3).minDelta(0.2).restoreBestWeights(true),
                        ReduceLROnPlateau.of("loss").factor(0.5).patience(1).minDelta(0.2));
    }

    @BeforeAll
    static void train() {
        whole = trainer().fit(DATA);
        int epochs = whole.history().epochs().size();
        assertTrue(epochs >= 4 && epochs < 9, whole.history()::toString);
        assertTrue(whole.history().last().learningRate() < 0.0006, whole.history()::toString);
        assertTrue(whole.stopped().orElseThrow().startsWith("EarlyStopping: val_loss"), whole.stopped()::toString);
    }

    /** What a history holds but for the time. */
    private record Line(int epoch, SequencedMap<String, Double> values, double learningRate) {
        static List<Line> of(History history) {
            return history.epochs().stream()
                    .map(e -> new Line(e.epoch(), e.values(), e.learningRate()))
                    .toList();
        }
    }

    private static void assertSame(Training resumed) {
        assertEquals(Line.of(whole.history()), Line.of(resumed.history()));
        assertEquals(whole.model().parameters(), resumed.model().parameters());
        assertEquals(whole.stopped(), resumed.stopped());
        assertEquals(whole.steps(), resumed.steps());
    }

    private Trainer resumable() {
        return trainer().checkpoint(file(), 0).resume(true);
    }

    private Path file() {
        return folder.resolve("training.ckpt");
    }

    /** Stops after so many batches of this run. */
    private static Callback stopAfter(int batches) {
        return new Callback() {
            private int seen;

            @Override
            public void onBatchEnd(TrainingContext context) {
                if (++seen == batches) {
                    context.stop("pause");
                }
            }
        };
    }

    static IntStream everyBatch() {
        return IntStream.rangeClosed(1, BATCHES * whole.history().epochs().size());
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("everyBatch")
    void stoppedAfterAnyBatch(int batches) {
        stoppedAfter(batches);
    }

    @Test
    void stoppedWithinAnEpochAndAtItsEnd() {
        stoppedAfter(BATCHES + 1);
        stoppedAfter(2 * BATCHES);
    }

    private void stoppedAfter(int batches) {
        Path earlier = file();
        assertTrue(!Files.exists(earlier) || earlier.toFile().delete(), "starts anew");
        Training first = resumable().callbacks(stopAfter(batches)).fit(DATA);
        assertEquals(Optional.of("pause"), first.stopped());
        Checkpoint checkpoint = Checkpoint.read(file());
        int done =
                checkpoint.position().epoch() * BATCHES + checkpoint.position().batch();
        assertEquals(batches, done, "batches in the checkpoint");
        assertEquals(
                Line.of(whole.history()).subList(0, (batches - 1) / BATCHES),
                Line.of(first.history()),
                "epochs before");
        assertSame(resumable().fit(DATA));
    }

    @Test
    void stoppedAfterEveryBatch() {
        Training last = resumable().callbacks(stopAfter(1)).fit(DATA);
        int runs = 1;
        while (last.stopped().equals(Optional.of("pause"))) {
            last = resumable().callbacks(stopAfter(1)).fit(DATA);
            runs++;
        }
        assertSame(last);
        assertEquals(
                BATCHES * whole.history().epochs().size() + 1, runs, "a run a batch, and one for the last epoch's end");
    }

    @Test
    void stoppedAfterEveryEpoch() {
        Training last = null;
        for (int epoch = 1; epoch <= whole.history().epochs().size(); epoch++) {
            last = resumable().epochs(epoch).fit(DATA);
            assertEquals(epoch, last.history().epochs().size());
        }
        assertSame(last);
        assertSame(resumable().fit(DATA));
    }

    @Test
    void anotherThreadStopsIt() {
        StopSignal signal = new StopSignal();
        Callback asking = new Callback() {
            @Override
            public void onBatchEnd(TrainingContext context) {
                if (context.progress().step() == 2) {
                    Thread other = new Thread(() -> signal.request("interrupted"));
                    other.start();
                    join(other);
                }
            }
        };
        Training first = resumable().callbacks(asking).stopSignal(signal).fit(DATA);
        assertEquals(Optional.of("interrupted"), first.stopped());
        assertEquals(2, first.steps());
        Training none = resumable().stopSignal(signal).fit(DATA);
        assertEquals(2, none.steps(), "a signal stays given");
        assertSame(resumable().fit(DATA));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The samples of another data set; each batch of more than one is told of first. */
    private record Telling(Dataset data, Runnable listener) implements Dataset {
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
            if (samples.length > 1) {
                listener.run();
            }
            return data.batch(samples);
        }
    }

    @Test
    void aSignalDuringValidationEndsThat() {
        StopSignal signal = new StopSignal();
        Training first = resumable()
                .stopSignal(signal)
                .validation(new Telling(DATA, signal::request))
                .fit(DATA);
        assertEquals(Optional.of("stopped on request"), first.stopped());
        assertTrue(first.history().epochs().isEmpty(), "the epoch is not over");
        assertEquals(BATCHES, Checkpoint.read(file()).position().batch());
        assertSame(resumable().fit(DATA));
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void whatADataSetThrowsComesOutAndNoThreadStays() {
        Broken broken = new Broken();
        Dataset failing = new Telling(DATA, () -> {
            throw broken;
        });
        assertEquals(broken, assertThrows(Broken.class, () -> trainer().fit(failing)));
        assertEquals(
                broken,
                assertThrows(Broken.class, () -> trainer().validation(failing).fit(DATA)));
        trainer().callbacks(stopAfter(1)).fit(DATA);
        assertFalse(
                Thread.getAllStackTraces().keySet().stream()
                        .anyMatch(thread -> thread.getName().equals("convoy-prefetch")),
                "threads that prepare batches");
    }

    @Test
    void moreEpochsMayBeAdded() {
        resumable().epochs(1).fit(DATA);
        assertSame(resumable().fit(DATA));
    }

    @Test
    void moreMetricsMayNot() {
        assertTrue(refusal(resumable().metrics(Metrics.ACCURACY, BinaryMetrics.AUC))
                .contains("metrics [accuracy], now [accuracy, auc]"));
    }

    private String refusal(Trainer changed) {
        resumable().epochs(1).fit(DATA);
        return assertThrows(TrainingException.class, () -> changed.fit(DATA)).getMessage();
    }
}
