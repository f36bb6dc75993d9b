package dev.convoy.training;

import dev.convoy.data.Dataset;
import dev.convoy.data.augment.Augmentation;
import dev.convoy.models.Model;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model with one input and one output. A trainer is immutable; each method returns another with one setting changed.
 *
 * <p>The same seed, data and settings give the same bits, whatever the number of threads.
 */
public final class Trainer {

    /** All settings; changed only while a copy is being made. */
    static final class Settings implements Cloneable {
        final Model model;
        Optimizer optimizer = Optimizer.adam();

        @Nullable
        Loss loss;

        Measures measures = Measures.NONE;
        int epochs = 1;
        int batchSize = 32;
        long seed;
        boolean shuffle = true;

        @Nullable
        Augmentation augmentation;

        Map<Integer, Double> classWeights = Map.of();

        @Nullable
        Dataset validation;

        List<Callback> callbacks = List.of();
        StopSignal stopSignal = new StopSignal();

        @Nullable
        Path checkpoint;

        int checkpointBatches;
        boolean resume;

        Settings(Model model) {
            this.model = model;
        }

        Settings with(Consumer<Settings> change) {
            try {
                Settings copy = (Settings) clone();
                change.accept(copy);
                return copy;
            } catch (CloneNotSupportedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private final Settings settings;
    private final @Nullable String backendName;
    private final @Nullable Backend backend;
    private final BackendOptions options;

    private Trainer(
            Settings settings, @Nullable String backendName, @Nullable Backend backend, BackendOptions options) {
        this.settings = settings;
        this.backendName = backendName;
        this.backend = backend;
        this.options = options;
    }

    /** Adam, one epoch of batches of 32 in random order, seed 0, on the best backend on the class path. */
    public static Trainer of(Model model) {
        return new Trainer(new Settings(model), null, null, BackendOptions.defaults());
    }

    public Trainer optimizer(Optimizer optimizer) {
        return with(s -> s.optimizer = optimizer);
    }

    /** What is made small; there is no default. */
    public Trainer loss(Loss loss) {
        return with(s -> s.loss = loss);
    }

    /** What is measured beside the loss; all samples count alike (Keras' metrics). */
    public Trainer metrics(Metric... metrics) {
        return with(s -> s.measures = new Measures(List.of(metrics), s.measures.weightedMetrics()));
    }

    /** What is measured with the weights of samples and, in training, of classes (Keras' weighted_metrics). */
    public Trainer weightedMetrics(Metric... metrics) {
        return with(s -> s.measures = new Measures(s.measures.metrics(), List.of(metrics)));
    }

    /**
     * How often all samples are seen; 1 by default.
     *
     * @throws TrainingException if it is not positive
     */
    public Trainer epochs(int epochs) {
        require(epochs >= 1, "epochs is at least 1, got " + epochs);
        return with(s -> s.epochs = epochs);
    }

    /**
     * Samples per batch; 32 by default. The last batch of an epoch may be smaller.
     *
     * @throws TrainingException if it is not positive
     */
    public Trainer batchSize(int batchSize) {
        require(batchSize >= 1, "the batch size is at least 1, got " + batchSize);
        return with(s -> s.batchSize = batchSize);
    }

    /** Seed of shuffling, augmentation and noise; 0 by default. The model's parameters have a seed of their own. */
    public Trainer seed(long seed) {
        return with(s -> s.seed = seed);
    }

    /** Whether samples are seen in a new random order each epoch; true by default. */
    public Trainer shuffle(boolean shuffle) {
        return with(s -> s.shuffle = shuffle);
    }

    /**
     * Changes the pictures of each training batch at random, by numbers of their own for each seed, epoch and sample;
     * validation sees them as they are. Inputs are float32 {@code [h, w, c]}.
     */
    public Trainer augment(Augmentation augmentation) {
        return with(s -> s.augmentation = augmentation);
    }

    /**
     * A weight for the training samples of each class, by class number; 1 for those left out. Samples' own weights are
     * multiplied with it; validation does without.
     *
     * @throws TrainingException if a class or a weight is negative
     */
    public Trainer classWeights(Map<Integer, Double> weights) {
        weights.forEach((number, weight) -> require(
                number >= 0 && weight >= 0,
                "classes are numbered from 0 and their weights not negative, got " + number + ": " + weight));
        return with(s -> s.classWeights = Map.copyOf(weights));
    }

    /** Data on which loss and metrics are measured after each epoch; their names get {@code val_} in front. */
    public Trainer validation(Dataset validation) {
        return with(s -> s.validation = validation);
    }

    /** Adds callbacks; they are called in the order in which they were added. */
    public Trainer callbacks(Callback... callbacks) {
        return with(s -> s.callbacks =
                Stream.concat(s.callbacks.stream(), Stream.of(callbacks)).toList());
    }

    /** Lets other threads stop the training; see {@link StopSignal}. */
    public Trainer stopSignal(StopSignal signal) {
        return with(s -> s.stopSignal = signal);
    }

    /**
     * Writes a {@link Checkpoint} after each epoch, within it after every so many batches, and when the training is stopped.
     *
     * @param everyBatches 0 for the ends of epochs only
     * @throws TrainingException if it is negative
     */
    public Trainer checkpoint(Path file, int everyBatches) {
        require(everyBatches >= 0, "a checkpoint is written every so many batches, got " + everyBatches);
        return with(s -> {
            s.checkpoint = file;
            s.checkpointBatches = everyBatches;
        });
    }

    /**
     * Whether to go on from the checkpoint file if it exists, with the same bits as if the training had never stopped;
     * false by default. History, figures of the epoch, learning rate and callbacks go on too; what decides the bits, the
     * number of epochs and the backend aside, must be as it was.
     */
    public Trainer resume(boolean resume) {
        return with(s -> s.resume = resume);
    }

    /** Trains on the backend of this name. */
    public Trainer on(String name) {
        return new Trainer(settings, name, null, options);
    }

    /** Trains on a backend that others use too, and leaves it open. */
    public Trainer on(Backend shared) {
        return new Trainer(settings, null, shared, options);
    }

    /** How the backend is made. */
    public Trainer options(BackendOptions newOptions) {
        return new Trainer(settings, backendName, backend, newOptions);
    }

    private Trainer with(Consumer<Settings> change) {
        return new Trainer(settings.with(change), backendName, backend, options);
    }

    static void require(boolean holds, String problem) {
        if (!holds) {
            throw new TrainingException("Training: " + problem);
        }
    }

    /**
     * Trains.
     *
     * @throws TrainingException if loss, data and model do not fit together, a label is out of range, the loss becomes
     *     NaN or infinite, or a checkpoint cannot be used
     */
    public Training fit(Dataset data) {
        Backend shared = backend;
        if (shared != null) {
            return fit(data, shared);
        }
        try (Backend own = Backends.open(backendName, Purpose.TRAIN, options)) {
            return fit(data, own);
        }
    }

    private Training fit(Dataset data, Backend chosen) {
        try (TrainingRun run = new TrainingRun(settings, data, chosen)) {
            return run.run();
        }
    }
}
