package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.models.Model;
import dev.convoy.training.Callback;
import dev.convoy.training.Losses;
import dev.convoy.training.Optimizer;
import dev.convoy.training.Progress;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Losses step by step, in float32, against the same training written out by hand in float64; how those were made is in
 * docs/training.md. Batches of 16, in order.
 */
class FreeRunsTest {

    private static final int BATCH = 16;

    private static final Map<String, Optimizer> OPTIMIZERS = Map.ofEntries(
            Map.entry("sgd", Optimizer.sgd()),
            Map.entry("sgd-momentum", Optimizer.sgd(0.9, false)),
            Map.entry("sgd-nesterov", Optimizer.sgd(0.9, true)),
            Map.entry("rmsprop", Optimizer.rmsprop()),
            Map.entry("adagrad", Optimizer.adagrad()),
            Map.entry("adadelta", Optimizer.adadelta()),
            Map.entry("adam", Optimizer.adam()),
            Map.entry("adam-amsgrad", Optimizer.of(new AdamUpdate(0.9, 0.999, 1e-7, true), 0.001)),
            Map.entry("adamw", Optimizer.adamW()),
            Map.entry("adamax", Optimizer.adamax()),
            Map.entry("nadam", Optimizer.nadam()));

    /** What was recorded of one training. */
    record Run(String network, String optimizer, double[] losses) {

        static Run of(String line) {
            String[] fields = line.split("\t");
            double[] losses = Arrays.stream(fields[2].split(" "))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            return new Run(fields[0], fields[1], losses);
        }

        double tolerance() {
            return optimizer.startsWith("sgd") ? 1e-4 : 1e-3;
        }

        @Override
        public String toString() {
            return network + ", " + optimizer;
        }
    }

    static Stream<Run> all() throws IOException {
        List<Run> runs = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(FreeRunsTest.class.getResourceAsStream("free-runs.tsv")),
                StandardCharsets.US_ASCII))) {
            reader.lines().map(Run::of).forEach(runs::add);
        }
        return runs.stream();
    }

    static Stream<Run> few() throws IOException {
        return all().filter(run ->
                run.network().equals("lenet") && run.optimizer().equals("sgd-momentum")
                        || run.network().equals("residual") && run.optimizer().equals("adam"));
    }

    @ParameterizedTest
    @MethodSource
    void few(Run run) {
        requireSameLosses(run);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource
    void all(Run run) {
        requireSameLosses(run);
    }

    private static void requireSameLosses(Run run) {
        assertEquals(run.optimizer().startsWith("sgd") ? 100 : 50, run.losses().length);
        Model model = switch (run.network()) {
            case "fashion" -> TrainedNetworks.fashion();
            case "lenet" -> TrainedNetworks.lenet();
            case "residual" -> TrainedNetworks.residual();
            default -> throw new IllegalArgumentException(run.network());
        };
        List<Double> losses =
                losses(model, Objects.requireNonNull(OPTIMIZERS.get(run.optimizer())), run.losses().length);
        for (int i = 0; i < run.losses().length; i++) {
            double expected = run.losses()[i];
            double difference = Math.abs(losses.get(i) - expected) / expected;
            int step = i + 1;
            assertTrue(
                    difference <= run.tolerance(),
                    () -> run + ": the loss of step " + step + " is " + losses.get(step - 1) + ", recorded is "
                            + expected);
        }
    }

    private static List<Double> losses(Model model, Optimizer optimizer, int steps) {
        Dataset data = TrainedNetworks.pictures(model);
        int perEpoch = data.size() / BATCH;
        List<Double> losses = new ArrayList<>();
        Callback recorder = new Callback() {
            private double sum;

            @Override
            public void onBatchEnd(TrainingContext context) {
                Progress progress = context.progress();
                double total = Objects.requireNonNull(progress.values().get("loss")) * progress.batch();
                losses.add(progress.batch() == 1 ? total : total - sum);
                sum = total;
            }
        };
        Trainer.of(model)
                .loss(Losses.SPARSE_CATEGORICAL_CROSSENTROPY)
                .optimizer(optimizer)
                .batchSize(BATCH)
                .shuffle(false)
                .epochs(Math.ceilDiv(steps, perEpoch))
                .callbacks(recorder)
                .on("cpu")
                .fit(data);
        return losses;
    }
}
