import dev.convoy.data.Dataset;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.RandomInputs;
import dev.convoy.models.Sequential;
import dev.convoy.spi.BackendException;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Losses;
import dev.convoy.training.Trainer;
import java.util.List;
import java.util.Locale;

/**
 * A program that knows Convoy's API and no backend: it predicts, trains, and predicts again, and prints the outputs.
 * Compiled once, it runs on whatever backends stand on the class path beside it.
 */
public final class Swap {

    private Swap() {}

    public static void main(String[] args) {
        try {
            Model model = Sequential.of(
                            "swap",
                            Input.of(12, 12, 1),
                            List.of(Conv2D.of(4, 3), MaxPooling2D.of(2), Flatten.of(), Dense.of(3)))
                    .initialized(5);
            Tensor pictures = RandomInputs.of(model, 8, 11).firstEntry().getValue();
            predict("before", model, pictures);
            Tensor targets = Tensor.of(new float[24], 8, 3);
            Model trained = Trainer.of(model)
                    .loss(Losses.MEAN_SQUARED_ERROR)
                    .epochs(3)
                    .batchSize(5)
                    .seed(7)
                    .fit(Dataset.of(pictures, targets))
                    .model();
            predict("after", trained, pictures);
        } catch (BackendException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void predict(String when, Model model, Tensor pictures) {
        try (Predictor predictor = model.predictor()) {
            Tensor output = predictor.predict(pictures);
            for (int i = 0; i < output.size(); i++) {
                System.out.printf(Locale.ROOT, "%s %.6f%n", when, output.get(i));
            }
        }
    }
}
