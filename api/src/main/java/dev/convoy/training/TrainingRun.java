package dev.convoy.training;

import dev.convoy.data.Batch;
import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.spi.Backend;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One training from its first batch to its last: the loop over epochs and batches. */
final class TrainingRun implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TrainingRun.class.getName());

    private final Trainer.Settings settings;
    private final Dataset data;
    private final @Nullable AugmentedData augmented;
    private final int batches;
    private final StepGraphs graphs;
    private final TargetCheck targets;
    private final SplitMix64 random;
    private final String fingerprint;
    private final StepRunner runner;
    private final int firstEpoch;
    private Snapshot snapshot;

    /** A state that was read, and the batch of the epoch before which it was. */
    private record Snapshot(Parameters state, int batch) {}

    TrainingRun(Trainer.Settings settings, Dataset data, Backend backend) {
        this.settings = settings;
        this.data = data;
        this.batches = Math.ceilDiv(data.size(), settings.batchSize);
        Loss loss = settings.loss;
        if (loss == null) {
            throw new TrainingException("Training: no loss is given. Remedy: add .loss(…), for class numbers"
                    + " SPARSE_CATEGORICAL_CROSSENTROPY");
        }
        Dataset validation = settings.validation;
        Trainer.require(data.size() > 0, "the training data is empty");
        Trainer.require(validation == null || validation.size() > 0, "the validation data is empty");
        boolean weighted =
                !settings.classWeights.isEmpty() || isWeighted(data) || validation != null && isWeighted(validation);
        this.graphs = new StepGraphs(settings.model, loss, settings.optimizer, weighted);
        this.targets = TargetCheck.of(settings.model, loss);
        this.augmented =
                settings.augmentation == null ? null : AugmentedData.of(data, settings.augmentation, settings.seed);
        targets.fits("training data", inEpoch(0));
        if (validation != null) {
            targets.fits("validation data", validation);
        }
        this.random = SplitMix64.of(settings.seed);
        this.fingerprint = "samples " + data.size() + ", batch size " + settings.batchSize + ", shuffle "
                + settings.shuffle + ", loss " + loss.name() + ", optimizer " + settings.optimizer.update()
                + ", accumulation " + settings.optimizer.accumulationSteps()
                + (settings.augmentation == null
                        ? ""
                        : ", augmentation " + AugmentedData.describe(settings.augmentation));
        Checkpoint checkpoint = settings.resume && settings.checkpoint != null && Files.exists(settings.checkpoint)
                ? Checkpoint.read(settings.checkpoint)
                : new Checkpoint(graphs.initial(), new Checkpoint.Position(settings.seed, 0, 0, 0, fingerprint));
        this.snapshot = new Snapshot(accepted(checkpoint), checkpoint.position().batch());
        this.firstEpoch = checkpoint.position().epoch();
        boolean predictions = !settings.metrics.isEmpty() || !settings.weightedMetrics.isEmpty();
        this.runner = new StepRunner(graphs, settings.optimizer, backend, snapshot.state(), random, predictions);
    }

    private static boolean isWeighted(Dataset data) {
        return data.batch(new int[] {0}).weights() != null;
    }

    private Parameters accepted(Checkpoint checkpoint) {
        Checkpoint.Position position = checkpoint.position();
        Map<String, Tensor> expected = graphs.initial().asMap();
        Map<String, Tensor> got = checkpoint.state().asMap();
        boolean same = position.settings().equals(fingerprint) && position.seed() == settings.seed;
        Trainer.require(
                same && position.batch() >= 0 && position.batch() < batches && position.epoch() >= 0,
                "the checkpoint is of another training (" + position.settings() + ", seed " + position.seed() + "; now "
                        + fingerprint + ", seed " + settings.seed
                        + "). Remedy: resume with the same settings, or remove the file");
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
        return graphs.initial().with(got);
    }

    Training run() {
        List<History.Epoch> epochs = new ArrayList<>();
        boolean more = true;
        int epoch = firstEpoch;
        while (more && epoch < settings.epochs) {
            History.Epoch done = epoch(epoch);
            epoch++;
            epochs.add(done);
            for (TrainingListener listener : settings.listeners) {
                more &= listener.onEpoch(done, this::model);
            }
            snapshot = new Snapshot(runner.read(), 0);
            save(epoch);
        }
        return new Training(model(), new History(epochs), steps(number(epoch, 0)));
    }

    private Model model() {
        return settings.model.withParameters(graphs.modelPart(runner.read()));
    }

    /** The number of a batch, counted from 0 over the whole training. */
    private long number(int epoch, int batch) {
        return (long) epoch * batches + batch;
    }

    private long steps(long batchesDone) {
        return batchesDone / settings.optimizer.accumulationSteps();
    }

    private History.Epoch epoch(int epoch) {
        long start = System.nanoTime();
        int[] order = order(epoch);
        Means means = new Means(settings);
        for (int batch = snapshot.batch(); batch < batches; batch++) {
            Batch samples = batch(epoch, order, batch);
            Tensor weights = trainingWeights(samples);
            StepRunner.Result result = runner.train(samples, weights, number(epoch, batch));
            if (!Double.isFinite(result.loss())) {
                throw diverged(result.loss(), epoch, batch, order);
            }
            means.add(result, samples, weights);
            report(epoch, batch, means);
            int done = batch + 1;
            if (settings.checkpointBatches > 0 && done % settings.checkpointBatches == 0 && done < batches) {
                snapshot = new Snapshot(runner.read(), done);
                save(epoch);
            }
        }
        SequencedMap<String, Double> values = means.values("");
        if (settings.validation != null) {
            values.putAll(evaluate(settings.validation));
        }
        return new History.Epoch(epoch + 1, values, (System.nanoTime() - start) / 1e9);
    }

    private void report(int epoch, int batch, Means means) {
        if (!settings.listeners.isEmpty()) {
            var progress = new TrainingListener.Progress(
                    epoch + 1, settings.epochs, batch + 1, batches, steps(number(epoch, batch + 1)), means.values(""));
            settings.listeners.forEach(listener -> listener.onBatch(progress));
        }
    }

    private Batch batch(int epoch, int[] order, int batch) {
        int from = batch * settings.batchSize;
        int[] numbers = Arrays.copyOfRange(order, from, Math.min(from + settings.batchSize, order.length));
        Batch samples = inEpoch(epoch).batch(numbers);
        targets.inRange(samples);
        return samples;
    }

    /** The training data with its pictures changed as in this epoch, if that is wanted. */
    private Dataset inEpoch(int epoch) {
        return augmented == null ? data : augmented.in(epoch);
    }

    private SequencedMap<String, Double> evaluate(Dataset validation) {
        Means means = new Means(settings);
        for (int from = 0; from < validation.size(); from += settings.batchSize) {
            int[] numbers = new int[Math.min(settings.batchSize, validation.size() - from)];
            int first = from;
            Arrays.setAll(numbers, i -> first + i);
            Batch samples = validation.batch(numbers);
            targets.inRange(samples);
            Tensor weights = graphs.weighted() ? sampleWeights(samples, Map.of()) : null;
            means.add(runner.evaluate(samples, weights), samples, weights);
        }
        return means.values("val_");
    }

    private @Nullable Tensor trainingWeights(Batch samples) {
        return graphs.weighted() ? sampleWeights(samples, settings.classWeights) : null;
    }

    /** The samples' own weights times those of their classes. */
    private static Tensor sampleWeights(Batch samples, Map<Integer, Double> classWeights) {
        float[] weights = new float[samples.size()];
        Tensor own = samples.weights();
        for (int i = 0; i < weights.length; i++) {
            double weight = own == null ? 1 : own.get(i);
            if (!classWeights.isEmpty()) {
                int classes = samples.targets().size() / samples.size();
                weight *= classWeights.getOrDefault(Metrics.wanted(samples.targets(), i, classes), 1.0);
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

    /** Writes the snapshot. */
    private void save(int epoch) {
        if (settings.checkpoint != null) {
            long steps = steps(number(epoch, snapshot.batch()));
            var position = new Checkpoint.Position(settings.seed, epoch, snapshot.batch(), steps, fingerprint);
            new Checkpoint(snapshot.state(), position).write(settings.checkpoint);
        }
    }

    /** Goes from the last snapshot to the batch whose loss is not finite, and finds the layer that spoils it. */
    private TrainingException diverged(double loss, int epoch, int batch, int[] order) {
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "The loss is " + loss + "; repeating " + (batch - snapshot.batch()) + " batches to find out why");
        runner.restart(snapshot.state());
        for (int i = snapshot.batch(); i < batch; i++) {
            Batch samples = batch(epoch, order, i);
            runner.train(samples, trainingWeights(samples), number(epoch, i));
        }
        Batch samples = batch(epoch, order, batch);
        String culprit = runner.firstNonFinite(samples, trainingWeights(samples), number(epoch, batch));
        double rate = settings.optimizer.learningRate().at(number(epoch, batch));
        return new TrainingException("Training: the loss became " + loss + " at batch " + (batch + 1) + " of epoch "
                + (epoch + 1) + "; the first value that is not finite " + culprit
                + ". Remedy: a smaller learning rate (it was " + rate
                + "), clipped gradients, or inputs scaled to about 0 to 1");
    }

    @Override
    public void close() {
        runner.close();
    }

    /** Running means of loss and metrics. */
    private static final class Means {
        private final List<Metric> metrics = new ArrayList<>();
        private final List<Metric.Accumulator> accumulators;
        private final int unweighted;
        private double lossSum;
        private long samples;

        Means(Trainer.Settings settings) {
            metrics.addAll(settings.metrics);
            metrics.addAll(settings.weightedMetrics);
            accumulators = metrics.stream().map(Metric::start).toList();
            unweighted = settings.metrics.size();
        }

        void add(StepRunner.Result result, Batch batch, @Nullable Tensor weights) {
            lossSum += result.loss() * batch.size();
            samples += batch.size();
            Tensor prediction = result.prediction();
            for (int i = 0; prediction != null && i < metrics.size(); i++) {
                accumulators.get(i).add(batch.targets(), prediction, i < unweighted ? null : weights);
            }
        }

        SequencedMap<String, Double> values(String prefix) {
            SequencedMap<String, Double> values = new LinkedHashMap<>();
            values.put(prefix + "loss", lossSum / samples);
            for (int i = 0; i < metrics.size(); i++) {
                values.put(prefix + metrics.get(i).name(), accumulators.get(i).value());
            }
            return values;
        }
    }
}
