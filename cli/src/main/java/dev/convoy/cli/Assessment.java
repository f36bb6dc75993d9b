package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.report.ConfusionChart;
import dev.convoy.report.Mistake;
import dev.convoy.report.Mistakes;
import dev.convoy.report.MistakesPage;
import dev.convoy.training.ConfusionMatrix;
import dev.convoy.training.Evaluation;
import dev.convoy.training.Evaluator;
import dev.convoy.training.Losses;
import dev.convoy.training.Metrics;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * How well a classifier does on samples.
 *
 * @param evaluation loss, accuracy and all predictions
 * @param matrix which classes it takes for which
 * @param mistakes the worst
 * @param classes their names, in order
 */
record Assessment(Evaluation evaluation, ConfusionMatrix matrix, List<Mistake> mistakes, List<String> classes) {

    private static final int SHOWN = 48;

    /**
     * @param model gives probabilities
     * @param data whose inputs are as the model takes them
     */
    static Assessment of(Model model, Dataset data, List<String> classes, int batchSize, BackendOption backend) {
        Evaluator evaluator = Evaluator.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .metrics(Metrics.ACCURACY)
                .batchSize(batchSize)
                .keepResults(true)
                .options(backend.options());
        String name = backend.name();
        Evaluation evaluation = (name == null ? evaluator : evaluator.on(name)).evaluate(data);
        Evaluation.Results results = evaluation.results().orElseThrow();
        return new Assessment(
                evaluation, results.confusionMatrix(), Mistakes.worst(results, data, classes, SHOWN), classes);
    }

    double loss() {
        return evaluation.values().getOrDefault("loss", Double.NaN);
    }

    double accuracy() {
        return evaluation.values().getOrDefault(Metrics.ACCURACY.name(), Double.NaN);
    }

    /** For example {@code loss 0.2611, accuracy 90.7 % (10,000 pictures in 1.9 s on cpu)}. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "loss %.4f, accuracy %.2f %% (%,d pictures in %.1f s on %s)",
                loss(),
                100 * accuracy(),
                evaluation.samples(),
                evaluation.seconds(),
                evaluation.backend());
    }

    void write(RunFolder folder) throws IOException {
        folder.write(RunFolder.Item.CONFUSION, ConfusionChart.svg(matrix, classes));
        long wrong = Math.round((1 - matrix.accuracy()) * evaluation.samples());
        folder.write(RunFolder.Item.MISTAKES, MistakesPage.html(mistakes, classes, wrong, evaluation.samples()));
    }
}
