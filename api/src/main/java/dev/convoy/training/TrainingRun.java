package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.spi.Backend;
import dev.convoy.spi.State;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One training from its first batch to its last: the loop over epochs and batches. */
final class TrainingRun implements AutoCloseable {

    private final Trainer.Settings settings;
    private final Dataset data;
    private final StepGraphs graphs;
    private final StepRunner runner;
    private final TargetCheck targets;
    private final SplitMix64 random;
    private final List<History.Epoch> epochs = new ArrayList<>();
    private final String fingerprint;
    private Parameters epochStart;
    private int firstBatch;
    private int firstEpoch;
    private long step;

    TrainingRun(Trainer.Settings settings, Dataset data, Backend backend) {
        this.settings = settings;
        this.data = data;
        Loss loss = settings.loss;
        if (loss == null) {
            throw new TrainingException("Training: no loss is given. Remedy: add .loss(…), for class numbers"
                    + " SPARSE_CATEGORICAL_CROSSENTROPY");
        }
        boolean weighted =
                !settings.classWeights.isEmpty() || data.batch(new int[] {0}).weights() != null;
        this.graphs = new StepGraphs(settings.model, loss, settings.optimizer, weighted);
        this.targets = TargetCheck.of(settings.model, loss, graphs.target());
        targets.fits("training data", data);
        if (settings.validation != null) {
            targets.fits("validation data", settings.validation);
        }
        this.random = SplitMix64.of(settings.seed);
        this.fingerprint = fingerprint(settings, data, loss);
        Parameters initial = graphs.initial();
        if (settings.resume && settings.checkpoint != null && Files.exists(settings.checkpoint)) {
            initial = restore(Checkpoint.read(settings.checkpoint), initial);
        }
        this.epochStart = initial;
        this.runner = new StepRunner(graphs, backend, initial, random);
    }

    private static String fingerprint(Trainer.Settings s, Dataset data, Loss loss) {
        return "samples " + data.size() + ", batch size " + s.batchSize + ", shuffle " + s.shuffle + ", loss "
                + loss.name() + ", optimizer " + s.optimizer.update() + ", accumulation "
                + s.optimizer.accumulationSteps();
    }

    private Parameters restore(Checkpoint checkpoint, Parameters fresh) {
        Checkpoint.Position position = checkpoint.position();
        Trainer.require(
                position.settings().equals(fingerprint) && position.seed() == settings.seed,
                "the checkpoint is of another training (" + position.settings() + ", seed " + position.seed() + "; now "
                        + fingerprint + ", seed " + settings.seed
                        + "). Remedy: resume with the same settings, or remove the file");
        step = position.step();
        firstEpoch = position.epoch();
        firstBatch = position.batch();
        return fresh.with(checkpoint.state().asMap());
    }

    Training run() {
        boolean more = true;
        for (int epoch = firstEpoch; more && epoch < settings.epochs; epoch++) {
            History.Epoch done = epoch(epoch);
            epochs.add(done);
            for (TrainingListener listener : settings.listeners) {
                more &= listener.onEpoch(done, this::model);
            }
            save(epoch + 1, 0);
        }
        return new Training(model(), new History(epochs), step);
    }

    private Model model() {
        return settings.model.withParameters(graphs.modelPart(runner.state().read()));
    }

    private History.Epoch epoch(int epoch) {
        long start = System.nanoTime();
        int[] order = order(epoch);
        int batches = Math.ceilDiv(order.length, settings.batchSize);
        Means means = new Means(settings.metrics);
        long before = step;
        epochStart = firstBatch == 0 ? runner.state().read() : epochStart;
        int from = firstBatch;
        firstBatch = 0;
        for (int batch = from; batch < batches; batch++) {
            Batch samples = batch(order, batch);
            StepRunner.Result result =
                    runner.train(samples, weights(samples), epoch, batch, batches, settings.optimizer, step);
            step += runner.steps();
            if (!Double.isFinite(result.loss())) {
                throw diverged(result.loss(), epoch, from, batch, order, before);
            }
            means.add(result.loss(), samples, result.prediction());
            var progress = new TrainingListener.Progress(
                    epoch + 1, settings.epochs, batch + 1, batches, step, means.values(""));
            settings.listeners.forEach(listener -> listener.onBatch(progress));
            boolean due =
                    settings.checkpointSteps > 0 && (batch + 1) % settings.checkpointSteps == 0 && batch + 1 < batches;
            if (due) {
                save(epoch, batch + 1);
            }
        }
        SequencedMap<String, Double> values = new LinkedHashMap<>(means.values(""));
        if (settings.validation != null) {
            values.putAll(evaluate(settings.validation));
        }
        return new History.Epoch(epoch + 1, values, (System.nanoTime() - start) / 1e9);
    }

    private Batch batch(int[] order, int batch) {
        int from = batch * settings.batchSize;
        Batch samples = data.batch(Arrays.copyOfRange(order, from, Math.min(from + settings.batchSize, order.length)));
        targets.inRange(samples);
        return samples;
    }

    private SequencedMap<String, Double> evaluate(Dataset validation) {
        Means means = new Means(settings.metrics);
        for (int from = 0; from < validation.size(); from += settings.batchSize) {
            int[] numbers = new int[Math.min(settings.batchSize, validation.size() - from)];
            int first = from;
            Arrays.setAll(numbers, i -> first + i);
            Batch samples = validation.batch(numbers);
            targets.inRange(samples);
            StepRunner.Result result = runner.evaluate(samples, weights(samples));
            means.add(result.loss(), samples, result.prediction());
        }
        return means.values("val_");
    }

    /** The samples' own weights times those of their classes. */
    private @Nullable Tensor weights(Batch samples) {
        if (!graphs.weighted()) {
            return null;
        }
        float[] weights = new float[samples.size()];
        for (int i = 0; i < weights.length; i++) {
            Tensor own = samples.weights();
            double weight = own == null ? 1 : own.get(i);
            if (!settings.classWeights.isEmpty()) {
                int classes = samples.targets().size() / samples.size();
                weight *= settings.classWeights.getOrDefault(Metrics.wanted(samples.targets(), i, classes), 1.0);
            }
            weights[i] = (float) weight;
        }
        return Tensor.of(weights, weights.length);
    }

    /** The samples in the order of an epoch: Fisher and Yates' shuffle by the seed and the epoch. */
    private int[] order(int epoch) {
        int[] order = new int[data.size()];
        Arrays.setAll(order, i -> i);
        if (settings.shuffle) {
            SplitMix64 numbers = random.stream("shuffle").stream(epoch);
            for (int i = order.length - 1; i > 0; i--) {
                int j = (int) (numbers.uniform(i) * (i + 1));
                int swapped = order[i];
                order[i] = order[j];
                order[j] = swapped;
            }
        }
        return order;
    }

    private void save(int epoch, int batch) {
        if (settings.checkpoint != null) {
            new Checkpoint(
                            runner.state().read(),
                            new Checkpoint.Position(settings.seed, epoch, batch, step, fingerprint))
                    .write(settings.checkpoint);
        }
    }

    /** Runs the epoch again up to the batch whose loss is not finite, and finds the layer that spoils it. */
    private TrainingException diverged(double loss, int epoch, int from, int batch, int[] order, long before) {
        int batches = Math.ceilDiv(order.length, settings.batchSize);
        State replayed = runner.restart(epochStart);
        long replayedStep = before;
        for (int i = from; i < batch; i++) {
            Batch samples = batch(order, i);
            runner.train(samples, weights(samples), epoch, i, batches, settings.optimizer, replayedStep);
            replayedStep += runner.steps();
        }
        Batch samples = batch(order, batch);
        String culprit = runner.firstNonFinite(samples, weights(samples), replayed.read(), replayedStep);
        return new TrainingException("The loss became " + loss + " at batch " + (batch + 1) + " of epoch " + (epoch + 1)
                + "; the first value that is not finite "
                + culprit + ". Remedy: a smaller learning rate (it was "
                + settings.optimizer.learningRate().at(replayedStep)
                + "), clipped gradients, or inputs scaled to about 0 to 1");
    }

    @Override
    public void close() {
        runner.close();
    }

    /** Running means of loss and metrics. */
    private static final class Means {
        private final List<Metric> metrics;
        private final List<Metric.Accumulator> accumulators;
        private double lossSum;
        private long samples;

        Means(List<Metric> metrics) {
            this.metrics = metrics;
            this.accumulators = metrics.stream().map(Metric::start).toList();
        }

        void add(double loss, Batch batch, Tensor prediction) {
            lossSum += loss * batch.size();
            samples += batch.size();
            accumulators.forEach(a -> a.add(batch.targets(), prediction, batch.weights()));
        }

        SequencedMap<String, Double> values(String prefix) {
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            values.put(prefix + StepGraphs.LOSS, lossSum / samples);
            for (int i = 0; i < metrics.size(); i++) {
                values.put(prefix + metrics.get(i).name(), accumulators.get(i).value());
            }
            return values;
        }
    }
}
