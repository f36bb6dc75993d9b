package dev.convoy.report;

import dev.convoy.data.Dataset;
import dev.convoy.data.Image;
import dev.convoy.models.Prediction;
import dev.convoy.tensor.Tensor;
import dev.convoy.training.Evaluation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the mistakes among the predictions of an evaluation. */
public final class Mistakes {

    private Mistakes() {}

    /**
     * The mistakes of which the classifier was surest, the surest first. Samples that are no pictures are left out.
     *
     * @param results class numbers {@code [n]} and probabilities {@code [n, classes]} of all samples of the data, in order
     * @param labels a name for each class, or empty
     * @param count how many at most
     */
    public static List<Mistake> worst(Evaluation.Results results, Dataset data, List<String> labels, int count) {
        Tensor targets = results.targets();
        record Wrong(int sample, Prediction prediction) {}
        List<Wrong> all = new ArrayList<>();
        for (int sample = 0; sample < data.size(); sample++) {
            Prediction prediction = Prediction.of(results.predictions(), sample, labels);
            if (prediction.best().index() != (int) targets.get(sample)) {
                all.add(new Wrong(sample, prediction));
            }
        }
        all.sort(Comparator.comparingDouble((Wrong wrong) -> wrong.prediction().probability())
                .reversed()
                .thenComparingInt(Wrong::sample));
        List<Mistake> worst = new ArrayList<>();
        for (Wrong wrong : all) {
            if (worst.size() == count) {
                break;
            }
            Optional<Image> picture = data.picture(wrong.sample());
            picture.ifPresent(image -> worst.add(
                    new Mistake(wrong.sample(), image, (int) targets.get(wrong.sample()), wrong.prediction())));
        }
        return worst;
    }
}
