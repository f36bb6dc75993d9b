package dev.convoy.benchmarks;

import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Callback;
import dev.convoy.training.Losses;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Epochs of a small network on 60,000 images of [28, 28, 1] in batches of 32 with Adam, through Convoy's public API on the
 * CPU backend. Arguments: the number of threads (that of the processors), the epochs (2), a folder of data in the format of
 * MNIST (generated data). Prints for each epoch the median and the minimum of a step and the time of the whole; the first
 * epoch includes the warm-up of the JVM.
 */
public final class TrainBenchmark {

    private static final int SAMPLES = 60_000;
    private static final int BATCH = 32;
    private static final int PIXELS = 28;
    private static final int CLASSES = 10;

    private TrainBenchmark() {}

    /**
     * @throws IOException if the folder cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        int threads = arguments.length > 0
                ? Integer.parseInt(arguments[0])
                : Runtime.getRuntime().availableProcessors();
        int epochs = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
        Dataset data = arguments.length > 2 ? Mnist.train(Path.of(arguments[2])) : generated();
        Trainer.of(network())
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .batchSize(BATCH)
                .epochs(epochs)
                .options(BackendOptions.defaults().withThreads(threads))
                .on("cpu")
                .callbacks(new Clock(threads))
                .fit(data);
    }

    private static Model network() {
        return Sequential.of(
                Input.of(PIXELS, PIXELS, 1),
                Conv2D.of(16, 3).padding(Padding.SAME).activation(Activations.RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(128).activation(Activations.RELU),
                Dense.of(CLASSES).activation(Activations.SOFTMAX));
    }

    private static Dataset generated() {
        SplitMix64 random = SplitMix64.of(1);
        float[] images = new float[SAMPLES * PIXELS * PIXELS];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.uniform(i);
        }
        int[] labels = new int[SAMPLES];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) (images[i * PIXELS * PIXELS] * CLASSES);
        }
        return Dataset.of(
                Tensor.wrap(TensorSpec.float32(SAMPLES, PIXELS, PIXELS, 1), images),
                Tensor.wrap(new TensorSpec(DataType.INT32, Shape.of(SAMPLES)), labels));
    }

    /** Takes the time between the ends of neighbouring steps. */
    private static final class Clock implements Callback {

        private final int threads;
        private final long[] nanos = new long[SAMPLES];
        private int steps;
        private long start = System.nanoTime();
        private long last = start;

        Clock(int threads) {
            this.threads = threads;
        }

        @Override
        public void onBatchEnd(TrainingContext context) {
            long now = System.nanoTime();
            nanos[steps++] = now - last;
            last = now;
        }

        @Override
        public void onEpochEnd(TrainingContext context) {
            Arrays.sort(nanos, 0, steps);
            System.out.printf(
                    Locale.ROOT,
                    "%d threads: step median %.3f ms, minimum %.3f ms; epoch %.2f s%n",
                    threads,
                    nanos[steps / 2] / 1e6,
                    nanos[0] / 1e6,
                    (System.nanoTime() - start) / 1e9);
            steps = 0;
            start = System.nanoTime();
            last = start;
        }
    }
}
