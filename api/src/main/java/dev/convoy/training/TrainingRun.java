package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.data.Prefetch;
import dev.convoy.spi.Backend;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One training from its first batch to its last: the loop over epochs and batches. */
final class TrainingRun implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TrainingRun.class.getName());

    private final Trainer.Settings settings;
    private final Dataset data;
    private final @Nullable AugmentedData augmented;
    private final Backend backend;
    private final LossGraph loss;
    private final TargetCheck targets;
    private final StepGraphs graphs;
    private final SplitMix64 random;
    private final int batches;
    private final Map<String, String> fingerprint;
    private final Callbacks callbacks;
    private final StateRunner runner;
    private final StepRunner steps;
    private final RunState state;
    private Snapshot snapshot;

    /** A state that was read, and the batch of the epoch before which it was. */
    private record Snapshot(Parameters state, int batch) {}

    TrainingRun(Trainer.Settings settings, Dataset data, Backend backend) {
        this.settings = settings;
        this.data = data;
        this.backend = backend;
        Dataset validation = settings.validation;
        Trainer.require(data.size() > 0, "the training data is empty");
        Trainer.require(validation == null || validation.size() > 0, "the validation data is empty");
        boolean weighted = !settings.classWeights.isEmpty()
                || SampleWeights.in(data)
                || validation != null && SampleWeights.in(validation);
        this.loss = LossGraph.of(Task.TRAINING, settings.model, settings.loss, weighted);
        this.targets = TargetCheck.of(loss, Task.TRAINING);
        this.graphs = new StepGraphs(loss, settings.optimizer);
        this.augmented =
                settings.augmentation == null ? null : AugmentedData.of(data, settings.augmentation, settings.seed);
        targets.fits("training data", inEpoch(0));
        if (validation != null) {
            targets.fits("validation data", validation);
        }
        this.random = SplitMix64.of(settings.seed);
        this.batches = EpochBatches.count(data, settings.batchSize);
        this.fingerprint = Fingerprint.of(settings, loss.loss(), data);
        this.callbacks = new Callbacks(settings.callbacks);
        Checkpoint checkpoint = start();
        callbacks.restore(checkpoint.callbacks());
        this.snapshot = new Snapshot(checkpoint.state(), checkpoint.position().batch());
        this.runner = new StateRunner(backend, checkpoint.state());
        boolean predictions = settings.measures.needPredictions();
        int group = settings.optimizer.accumulationSteps();
        this.steps = new StepRunner(graphs, group, runner, random, predictions);
        this.state = new RunState(settings, graphs, runner, batches, checkpoint);
    }

    /** The checkpoint to go on from, or the beginning. */
    private Checkpoint start() {
        if (settings.resume && settings.checkpoint != null && Files.exists(settings.checkpoint)) {
            return accepted(Checkpoint.read(settings.checkpoint));
        }
        var position = new Checkpoint.Position(0, 0, 0, 1, 0, List.of(), fingerprint);
        return new Checkpoint(graphs.initial(), position, new History(List.of()), Map.of());
    }

    private Checkpoint accepted(Checkpoint checkpoint) {
        Checkpoint.Position position = checkpoint.position();
        String differences = Fingerprint.differences(position.settings(), fingerprint);
        Trainer.require(
                differences.isEmpty(),
                "the checkpoint is of another training: " + differences
                        + ". Remedy: resume with the same settings, or remove the file");
        Map<String, Tensor> expected = graphs.initial().asMap();
        Map<String, Tensor> got = checkpoint.state().asMap();
        Trainer.require(
                got.keySet().equals(expected.keySet())
                        && expected.entrySet().stream()
                                .allMatch(e -> e.getValue()
                                        .spec()
                                        .equals(checkpoint
                                                .state()
                                                .get(e.getKey())
                                                .spec())),
                "the checkpoint is of another model. Remedy: resume with the same model, or remove the file");
        boolean within = position.epoch() >= 0
                && position.batch() >= 0
                && position.batch() <= batches
                && checkpoint.history().epochs().size() == position.epoch();
        Trainer.require(
                within && position.learningRateScale() > 0 && Figures.fit(settings.measures, position.sums()),
                "the checkpoint stands at epoch " + position.epoch() + ", batch " + position.batch()
                        + ", where no training can be. Remedy: remove the file");
        return new Checkpoint(graphs.initial().with(got), position, checkpoint.history(), checkpoint.callbacks());
    }

    Training run() {
        callbacks.forEach(callback -> callback.onTrainBegin(state));
        keepIfChanged();
        Measurement measurement = new Measurement(loss, targets, runner, settings.measures, settings.batchSize);
        while (state.epoch() < settings.epochs && !stops()) {
            state.beginEpoch();
            if (trainedEpoch() && validated(measurement)) {
                callbacks.forEach(callback -> callback.onEpochEnd(state));
                state.nextEpoch();
                save();
            }
        }
        callbacks.forEach(callback -> callback.onTrainEnd(state));
        return new Training(
                state.model(), state.history(), state.steps(), state.stopped(), settings.seed, backend.name());
    }

    /** Whether someone wants the training to end here. */
    private boolean stops() {
        settings.stopSignal.requested().ifPresent(state::stop);
        return state.stopped().isPresent();
    }

    /** Trains on what is left of an epoch; false if it was stopped before its end. */
    private boolean trainedEpoch() {
        var epoch = new EpochBatches(settings, inEpoch(state.epoch()), targets, random, state.epoch());
        int first = state.batch();
        try (Prefetch prefetch = Prefetch.of(batches - first, i -> epoch.batch(first + i), Measurement.AHEAD)) {
            while (prefetch.hasNext()) {
                if (!trained(prefetch.next(), epoch)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The training data with its pictures changed as in this epoch, if that is wanted. */
    private Dataset inEpoch(int epoch) {
        return augmented == null ? data : augmented.in(epoch);
    }

    /** Trains on a batch; false if the training is to stop after it. */
    private boolean trained(Batch samples, EpochBatches epoch) {
        Tensor weights = weights(samples);
        long number = state.number();
        LossGraph.Result result = steps.train(samples, weights, number, state.rate(number));
        state.figures().add(result, samples, weights);
        state.batchDone();
        callbacks.forEach(callback -> callback.onBatchEnd(state));
        if (!Double.isFinite(result.loss())) {
            diverged(result.loss(), epoch);
            return false;
        }
        boolean due = settings.checkpointBatches > 0 && state.batch() % settings.checkpointBatches == 0;
        if (stops() || due && state.batch() < batches) {
            save();
        } else {
            keepIfChanged();
        }
        return state.stopped().isEmpty();
    }

    /** From a state that callbacks changed, batches cannot be repeated; the next that is kept is this one. */
    private void keepIfChanged() {
        if (state.takeChanged()) {
            snapshot = new Snapshot(state.read(), state.batch());
        }
    }

    private @Nullable Tensor weights(Batch samples) {
        return loss.weighted() ? SampleWeights.of(samples, settings.classWeights) : null;
    }

    /** Validates; false if someone asked to stop meanwhile. */
    private boolean validated(Measurement measurement) {
        Dataset validation = settings.validation;
        Optional<Figures> figures = validation == null
                ? Optional.of(new Figures(Measures.NONE))
                : measurement.of(
                        validation, () -> settings.stopSignal.requested().isPresent());
        if (figures.isEmpty()) {
            save();
            return false;
        }
        state.epochDone(figures.get().values(Measures.VALIDATION));
        return true;
    }

    /** Keeps the state, and writes it if there is a file for it. */
    private void save() {
        state.takeChanged();
        snapshot = new Snapshot(state.read(), state.batch());
        if (settings.checkpoint != null) {
            new Checkpoint(snapshot.state(), state.position(fingerprint), state.history(), callbacks.states())
                    .write(settings.checkpoint);
        }
    }

    /**
     * Goes back to the last state that was kept. Unless a callback stopped the training for it, goes on from there to the
     * batch whose loss is not finite, and finds the layer that spoils it.
     */
    private void diverged(double value, EpochBatches epoch) {
        int failed = state.batch() - 1;
        state.backTo(snapshot.batch(), snapshot.state());
        if (state.stopped().isPresent()) {
            return;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "The loss is " + value + "; repeating " + (failed - snapshot.batch())
                        + " batches to find out why");
        for (int i = snapshot.batch(); i < failed; i++) {
            Batch samples = epoch.batch(i);
            steps.train(samples, weights(samples), state.number(i), state.rate(state.number(i)));
        }
        Batch samples = epoch.batch(failed);
        long number = state.number(failed);
        String culprit = steps.firstNonFinite(samples, weights(samples), number);
        throw new TrainingException("Training: the loss became " + value + " at batch " + (failed + 1) + " of epoch "
                + (state.epoch() + 1) + "; the first value that is not finite " + culprit
                + ". Remedy: a smaller learning rate (it was " + Float.toString(state.rate(number))
                + "), clipped gradients, or inputs scaled to about 0 to 1");
    }

    @Override
    public void close() {
        runner.close();
    }
}
