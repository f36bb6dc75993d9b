package dev.convoy.benchmarks.start;

import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import java.nio.file.Path;

/** One prediction with Convoy. Arguments: a model for {@code [n, 28, 28, 1]}, the number of threads. */
public final class ConvoyStart {

    private ConvoyStart() {}

    public static void main(String[] arguments) {
        Model model = Models.load(Path.of(arguments[0]));
        BackendOptions options = BackendOptions.defaults().withThreads(Integer.parseInt(arguments[1]));
        try (Predictor predictor = Predictor.of(model, "cpu", options)) {
            Tensor picture = Tensor.of(new float[28 * 28], 1, 28, 28, 1);
            System.out.println(predictor.predict(picture).get(0));
        }
    }
}
