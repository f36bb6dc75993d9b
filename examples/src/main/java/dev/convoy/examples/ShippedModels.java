package dev.convoy.examples;

import static dev.convoy.training.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Mnist;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.augment.FillMode;
import dev.convoy.data.augment.RandomTranslation;
import dev.convoy.data.augment.Sampling;
import dev.convoy.models.Model;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Schedule;
import dev.convoy.training.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How the models in {@code examples/models} are made: trained, with labels and with what turns a picture into their input. */
public final class ShippedModels {

    private static final int BATCH = 64;

    private static final Sampling BLACK = Sampling.DEFAULT.fillMode(FillMode.CONSTANT);

    private ShippedModels() {}

    /** The network of the introductions, trained on Fashion-MNIST. */
    public static Model fashionMnist(Path data, int epochs) throws IOException {
        return trained(FashionMnistNetwork.model(), data, epochs).withLabels(FashionMnistNetwork.LABELS);
    }

    /** LeNet-5, trained on MNIST. */
    public static Model lenet(Path data, int epochs) throws IOException {
        List<String> digits = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        return trained(LeNet5.forMnist(), data, epochs).withLabels(digits);
    }

    /** Adam whose rate falls to nothing, on pictures that are moved by up to a pixel and a half. */
    private static Model trained(Model model, Path data, int epochs) throws IOException {
        var training = Mnist.train(data);
        long batches = Math.ceilDiv(training.size(), BATCH) * (long) epochs;
        return Trainer.of(model.initialized(1))
                .optimizer(Optimizer.adam().learningRate(Schedule.CosineDecay.of(0.001, batches)))
                .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(ACCURACY)
                .augment(RandomTranslation.of(0.05, 0.05).sampling(BLACK))
                .epochs(epochs)
                .batchSize(BATCH)
                .seed(1)
                .fit(training)
                .model()
                .withPreprocessing(Preprocessing.named("unit")
                        .forInput(model.inputs().firstEntry().getValue()));
    }
}
