package dev.convoy.examples;

import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.models.Model;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;

/** LeNet-5 learns to read digits. Its 32×32 pixels are MNIST's 28×28 with two black ones around them. */
public final class LeNet5Program {

    private static final boolean FROM_LOGITS = true;

    private LeNet5Program() {}

    /** Run with the folder of MNIST's four files. */
    public static void main(String... args) throws IOException {
        Dataset digits = Mnist.train(Path.of(args[0])).padded(2);
        Dataset test = Mnist.test(Path.of(args[0])).padded(2);
        Model model = LeNet5.model();
        Training training = Trainer.of(model)
                .loss(new Crossentropy.Sparse(FROM_LOGITS))
                .metrics(ACCURACY)
                .epochs(10)
                .batchSize(128)
                .validation(test)
                .fit(digits);
        training.history().epochs().forEach(System.out::println);
    }
}
