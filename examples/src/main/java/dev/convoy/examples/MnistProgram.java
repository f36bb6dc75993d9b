package dev.convoy.examples;

import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The larger network for MNIST that TensorFlow 1's introductions build, with dropout. What they call {@code dropout = 0.75}
 * is the probability to <em>keep</em> a unit; {@code Dropout.of(0.25)} in {@link MnistNetwork} says the same as what is
 * dropped.
 */
public final class MnistProgram {

    private static final boolean FROM_LOGITS = true;

    private MnistProgram() {}

    /** Run with the folder of MNIST's four files. */
    public static void main(String... args) throws IOException {
        Dataset digits = Mnist.train(Path.of(args[0]));
        Dataset test = Mnist.test(Path.of(args[0]));
        Training training = Trainer.of(MnistNetwork.model())
                .loss(new Crossentropy.Sparse(FROM_LOGITS))
                .metrics(ACCURACY)
                .epochs(2)
                .batchSize(128)
                .validation(test)
                .fit(digits);
        training.history().epochs().forEach(System.out::println);
    }
}
