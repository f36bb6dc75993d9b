package dev.convoy.examples;

import static dev.convoy.layers.Activations.SOFTMAX;
import static dev.convoy.training.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Dataset;
import dev.convoy.data.ImageFolder;
import dev.convoy.layers.Dense;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Sequential;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Teaches the network of a Teachable Machine export other classes: takes it without its head, trains a new head on a folder of
 * pictures, then all of it at a small rate.
 */
public final class TransferLearning {

    private TransferLearning() {}

    /** Run with {@code keras_model.h5}, a folder that has a folder of pictures for each class, and the file to write. */
    public static void main(String... args) throws IOException {
        Model trained = Models.load(Path.of(args[0]));
        Model body = trained.upTo(trained.layers().getFirst().name());
        Dataset pictures = ImageFolder.at(Path.of(args[1]))
                .preprocessing(body.preprocessing().orElseThrow())
                .read();

        int classes = pictures.classNames().size();
        Model model = Sequential.of(body, Dense.of(classes).activation(SOFTMAX)).withLabels(pictures.classNames());
        Trainer trainer = Trainer.of(model.frozen(Set.of(body.name())));
        Training head = trained(trainer.epochs(10), pictures);

        // Small batches have poor statistics: normalisations stay as they are.
        Set<String> norms = model.parameters().names().stream()
                .filter(name -> name.endsWith("/moving_mean"))
                .map(name -> name.substring(0, name.lastIndexOf('/')))
                .collect(Collectors.toSet());
        Trainer fine = Trainer.of(head.model().frozen(norms))
                .optimizer(Optimizer.adam().learningRate(1e-5));
        Training all = trained(fine.epochs(2), pictures);
        all.model().save(Path.of(args[2]));
    }

    private static Training trained(Trainer trainer, Dataset pictures) {
        Training training = trainer.loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(ACCURACY)
                .batchSize(16)
                .fit(pictures);
        System.out.println(training.history().last());
        return training;
    }
}
