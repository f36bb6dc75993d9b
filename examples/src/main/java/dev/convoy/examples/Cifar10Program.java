package dev.convoy.examples;

import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Cifar10;
import dev.convoy.data.Dataset;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;

/** Learns the ten classes of CIFAR-10 in colour. */
public final class Cifar10Program {

    private static final boolean FROM_LOGITS = true;

    private Cifar10Program() {}

    /** Run with the folder of the data set. */
    public static void main(String... args) throws IOException {
        Dataset pictures = Cifar10.train(Path.of(args[0]));
        Dataset test = Cifar10.test(Path.of(args[0]));
        Training training = Trainer.of(Cifar10Network.model())
                .loss(new Crossentropy.Sparse(FROM_LOGITS))
                .metrics(ACCURACY)
                .epochs(5)
                .batchSize(64)
                .validation(test)
                .fit(pictures);
        training.history().epochs().forEach(System.out::println);
    }
}
