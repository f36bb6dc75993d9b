package dev.convoy.cli;

import dev.convoy.models.CompileConfig;
import dev.convoy.models.ExportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.report.HistoryChart;
import dev.convoy.training.CompileConfigs;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Metrics;
import dev.convoy.training.Training;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is written down of a training.
 *
 * @param data as the user named it
 * @param network as the user named it
 * @param optimizer with its learning rate
 * @param augment what was done to training pictures
 * @param epochs asked for
 * @param batchSize pictures per step
 * @param seed of everything
 */
record RunReport(
        String data,
        String network,
        OptimizerOptions optimizer,
        List<String> augment,
        int epochs,
        int batchSize,
        long seed) {

    /** What is about to happen, in a few lines. */
    String heading(Pictures pictures, Model model, RunFolder folder) {
        String validated = pictures.validation()
                .map(d -> String.format(Locale.ROOT, "%,d to validate with, ", d.size()))
                .orElse("");
        return String.join(
                System.lineSeparator(),
                String.format(
                        Locale.ROOT,
                        "data  %s: %,d pictures %s to train on, %s%,d to test with, %d classes (%s)",
                        data,
                        pictures.train().size(),
                        pictures.input(),
                        validated,
                        pictures.test().size(),
                        pictures.classes(),
                        pictures.source()),
                String.format(Locale.ROOT, "model %s: %,d parameters", network, parameters(model)),
                String.format(
                        Locale.ROOT,
                        "train %s, learning rate %s, %s, batches of %d, seed %d, into %s",
                        optimizer.name(),
                        optimizer.rate(),
                        epochs + (epochs == 1 ? " epoch" : " epochs"),
                        batchSize,
                        seed,
                        folder.path()));
    }

    private static long parameters(Model model) {
        return model.parameterSpecs().stream()
                .mapToLong(p -> p.spec().shape().elements())
                .sum();
    }

    /** Writes everything but the checkpoint and the log; the figures last, for they say that the run is finished. */
    void write(RunFolder folder, Training training, TrainedModel start, Pictures pictures, Assessment test)
            throws IOException {
        Model model = start.written(training.model(), pictures);
        Models.save(model, folder.file(start.item()), ExportOptions.defaults().withCompile(compileConfig()));
        if (start.item() == RunFolder.Item.ONNX_MODEL) {
            folder.write(
                    RunFolder.Item.LABELS, String.join("\n", pictures.train().classNames()) + "\n");
        }
        folder.write(RunFolder.Item.CURVES, HistoryChart.svg(training.history()));
        test.write(folder);
        folder.writeJson(RunFolder.Item.METRICS, figures(training, model, pictures, test));
    }

    /** How the saved model is measured, whose outputs are probabilities whatever it was trained on. */
    private CompileConfig compileConfig() {
        return CompileConfigs.of(optimizer.optimizer(), new Crossentropy.Sparse(false), Metrics.ACCURACY);
    }

    private Map<String, Object> figures(Training training, Model model, Pictures pictures, Assessment test) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("test_accuracy", test.accuracy());
        figures.put("test_loss", test.loss());
        training.history().last().values().forEach((name, value) -> figures.put("last_" + name, value));
        figures.put("data", data);
        figures.put("data_source", pictures.source());
        figures.put("classes", pictures.train().classNames());
        figures.put("train_pictures", pictures.train().size());
        pictures.validation().ifPresent(held -> figures.put("validation_pictures", held.size()));
        figures.put("test_pictures", pictures.test().size());
        figures.put("model", network);
        figures.put("parameters", parameters(model));
        figures.put("optimizer", optimizer.name());
        figures.put("learning_rate", optimizer.rate());
        figures.put("epochs", training.history().epochs().size());
        figures.put("batch_size", batchSize);
        figures.put("augment", augment);
        figures.put("seed", seed);
        figures.put("backend", training.backend());
        figures.put("steps", training.steps());
        training.stopped().ifPresent(reason -> figures.put("stopped", reason));
        figures.put("seconds_per_epoch", training.secondsPerEpoch());
        figures.put("versions", Map.of("convoy", VersionProvider.convoy(), "java", System.getProperty("java.version")));
        return figures;
    }
}
