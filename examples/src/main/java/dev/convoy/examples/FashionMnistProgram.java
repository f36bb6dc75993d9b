package dev.convoy.examples;

import static dev.convoy.training.Losses.SPARSE_CATEGORICAL_CROSSENTROPY;
import static dev.convoy.training.Metrics.ACCURACY;

import dev.convoy.data.Dataset;
import dev.convoy.data.Mnist;
import dev.convoy.models.Model;
import dev.convoy.models.Prediction;
import dev.convoy.models.Predictor;
import dev.convoy.training.Evaluator;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Trainer;
import dev.convoy.training.Training;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The first program of many introductions to TensorFlow, line for line: learns the ten classes of Fashion-MNIST, says how many
 * test pictures it gets right, and what it takes the first one for.
 */
public final class FashionMnistProgram {

    private FashionMnistProgram() {}

    /** Run with the folder of the data set's four files. */
    public static void main(String... args) throws IOException {
        // mnist = tf.keras.datasets.fashion_mnist
        Path mnist = Path.of(args[0]);

        // (training_images, training_labels), (test_images, test_labels) = mnist.load_data()
        // training_images = training_images / 255.0
        // test_images = test_images / 255.0
        Dataset training = Mnist.train(mnist); // has pixels from 0 to 1 already
        Dataset test = Mnist.test(mnist);

        // model = tf.keras.models.Sequential([…])
        Model model = FashionMnistNetwork.model();

        // model.summary()
        System.out.println(model.summary());

        // model.compile(optimizer = 'adam', loss = 'sparse_categorical_crossentropy', metrics = ['accuracy'])
        Trainer trainer = Trainer.of(model)
                .optimizer(Optimizer.adam())
                .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(ACCURACY);

        // model.fit(training_images.reshape(-1, 28, 28, 1), training_labels, epochs=5)
        Training trained = trainer.epochs(5).fit(training);
        trained.history().epochs().forEach(System.out::println);

        // model.evaluate(test_images, test_labels)
        System.out.println(Evaluator.of(trained.model())
                .loss(SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(ACCURACY)
                .evaluate(test)
                .values());

        // model.predict(test_images[:1])
        try (Predictor predictor = trained.model().predictor(FashionMnistNetwork.LABELS)) {
            Prediction first =
                    predictor.classify(test.batch(new int[] {0}).inputs()).getFirst();
            System.out.println(first.label() + " " + first.probability());
        }
    }
}
