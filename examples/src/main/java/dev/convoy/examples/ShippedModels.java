package dev.convoy.examples;

import static dev.convoy.training.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Resampling;
import dev.convoy.data.augment.FillMode;
import dev.convoy.data.augment.RandomTranslation;
import dev.convoy.data.augment.Sampling;
import dev.convoy.models.Model;
import dev.convoy.training.Evaluator;
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

    /** Makes both files: run with the folders of Fashion-MNIST and MNIST, and the folder to write into. */
    public static void main(String... args) throws IOException {
        save(fashionMnist(Mnist.train(Path.of(args[0])), 10), Mnist.test(Path.of(args[0])), args[2], "fashion-mnist");
        save(lenet(Mnist.train(Path.of(args[1])), 6), Mnist.test(Path.of(args[1])), args[2], "lenet");
    }

    private static void save(Model model, Dataset test, String folder, String name) {
        model.save(Path.of(folder, name + ".keras"));
        System.out.println(name + " "
                + Evaluator.of(model)
                        .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                        .metrics(ACCURACY)
                        .evaluate(test)
                        .values());
    }

    /** The network of the introductions, trained on Fashion-MNIST. */
    public static Model fashionMnist(Dataset data, int epochs) {
        return trained(FashionMnistNetwork.model(), data, epochs).withLabels(FashionMnistNetwork.LABELS);
    }

    /** LeNet-5, trained on MNIST. */
    public static Model lenet(Dataset data, int epochs) {
        List<String> digits = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        return trained(LeNet5.forMnist(), data, epochs).withLabels(digits);
    }

    /** Adam whose rate falls to nothing, on pictures that are moved by up to a pixel and a half. */
    private static Model trained(Model model, Dataset data, int epochs) {
        long batches = Math.ceilDiv(data.size(), BATCH) * (long) epochs;
        return Trainer.of(model.initialized(1))
                .optimizer(Optimizer.adam().learningRate(Schedule.CosineDecay.of(0.001, batches)))
                .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(ACCURACY)
                .augment(RandomTranslation.of(0.05, 0.05).sampling(BLACK))
                .epochs(epochs)
                .batchSize(BATCH)
                .seed(1)
                .fit(data)
                .model()
                .withPreprocessing(preprocessing(model));
    }

    /** Grey from 0 to 1; pictures of another size are made small smoothly, and black is put around what is not square. */
    private static Preprocessing preprocessing(Model model) {
        return Preprocessing.named("unit")
                .withMethod(Resampling.BILINEAR)
                .withFit(Preprocessing.Fit.PAD)
                .forInput(model.inputs().firstEntry().getValue());
    }
}
