package dev.convoy.cli;

import dev.convoy.data.Dataset;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Plan;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Callback;
import dev.convoy.training.Crossentropy;
import dev.convoy.training.Trainer;
import dev.convoy.training.TrainingContext;
import jakarta.inject.Inject;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convoy bench}: how long a model takes. */
@Command(
        name = "bench",
        description = {
            "Measures how long a model takes to predict, or a training step of it, on random data that are the same"
                    + " each time.",
            "Each run goes through the whole of Convoy, from the array of the inputs to that of the outputs."
        },
        footer = {
            "",
            "Examples:",
            "  convoy bench keras_model.h5 --threads 1",
            "  convoy bench resnet50 --batch 8 --backend onnx",
            "  convoy bench fashion-mnist --train --json",
            "  convoy bench mobilenet --explain-plan"
        })
final class BenchCommand implements Callable<Integer> {

    private static final int TRAINING_BATCH = 32;

    /** C2 needs about 4 s to compile the kernels of a small network, as long as the share of the default; this is the least. */
    private static final double WARM_UP_SECONDS = 2;

    private static final double WARM_UP_SHARE = 0.4;

    /** For help and completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return BenchedModel.names().iterator();
        }
    }

    @SuppressWarnings("NullAway.Init")
    @Parameters(
            index = "0",
            paramLabel = "MODEL",
            completionCandidates = Names.class,
            description = "A model file, or one of ${COMPLETION-CANDIDATES}, with random weights.")
    private String model;

    @Option(names = "--batch", paramLabel = "N", description = "Pictures per run; default 1, for --train 32.")
    private @Nullable Integer batch;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description =
                    "How long to measure; default ${DEFAULT-VALUE}. Before that come 2 s of warming up, or 40%% of it.")
    private double seconds = 10;

    @Option(
            names = "--train",
            description = "Measure steps of a training with Adam and cross-entropy, from batch to updated weights.")
    private boolean train;

    @Option(
            names = "--explain-plan",
            description = "Print what a prediction runs - steps, kernels, memory - and measure nothing.")
    private boolean explainPlan;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Mixin
    private final BackendOption backend = new BackendOption();

    private final Terminal terminal;

    @Inject
    BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (batch != null && batch < 1) {
            throw new UserError("--batch is at least 1, got " + batch);
        }
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new UserError("--seconds is greater than 0, got " + seconds + ". Remedy: 10 is a usual time");
        }
        if (explainPlan && train) {
            throw new UserError("--explain-plan tells what a prediction runs. Remedy: leave --train out");
        }
        BenchedModel benched = BenchedModel.of(model);
        int size = benched.batch(batch, train ? TRAINING_BATCH : 1);
        int threads = backend.options().threads();
        int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        double warmUp = Math.max(WARM_UP_SECONDS, WARM_UP_SHARE * seconds);
        try (Backend open = Backends.open(
                backend.name(),
                train ? Purpose.TRAIN : Purpose.PREDICT,
                backend.options().withThreads(used))) {
            if (explainPlan) {
                explain(benched, size, open);
                return 0;
            }
            Measured measured = train
                    ? new Measured(train(benched, size, open, warmUp), null)
                    : predict(benched, size, open, warmUp);
            BenchReport report = new BenchReport(
                    benched.name(),
                    train ? "train" : "predict",
                    size,
                    open.name(),
                    open.device(),
                    used,
                    warmUp,
                    measured.timings(),
                    measured.memory());
            terminal.out().println(json ? RunFolder.json(report.figures()) : report.toString());
        }
        return 0;
    }

    private void explain(BenchedModel benched, int size, Backend open) {
        try (Predictor predictor = Predictor.of(benched.model(), open)) {
            Plan plan = predictor.plan(benched.inputs(size));
            terminal.out().println(json ? RunFolder.json(figures(plan)) : plan.toString());
        }
    }

    private static Map<String, Object> figures(Plan plan) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("steps", plan.steps().stream().map(BenchCommand::figures).toList());
        figures.put("weight_bytes", plan.weightBytes());
        figures.put("packed_bytes", plan.packedBytes());
        figures.put("live_bytes", plan.liveBytes());
        figures.put("buffer_bytes", plan.bufferBytes());
        return figures;
    }

    private static Map<String, Object> figures(Plan.Step step) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("ops", step.ops());
        figures.put("layer", step.layer());
        figures.put("kernel", step.kernel());
        figures.put("results", step.results().stream().map(TensorSpec::toString).toList());
        figures.put("multiply_adds", step.multiplyAdds());
        figures.put("bytes", step.bytes());
        return figures;
    }

    private record Measured(Timings timings, BenchReport.@Nullable Memory memory) {}

    private Measured predict(BenchedModel benched, int size, Backend open, double warmUp) {
        Map<String, Tensor> inputs = benched.inputs(size);
        try (Predictor predictor = Predictor.of(benched.model(), open)) {
            Stopwatch stopwatch = new Stopwatch(warmUp, seconds, terminal);
            do {
                predictor.predict(inputs);
            } while (stopwatch.lap());
            return new Measured(stopwatch.timings(), BenchReport.Memory.of(predictor.plan(inputs)));
        }
    }

    private Timings train(BenchedModel benched, int size, Backend open, double warmUp) {
        Model trained = benched.model();
        Dataset data = benched.dataset(size);
        Stopwatch stopwatch = new Stopwatch(warmUp, seconds, terminal);
        Trainer.of(trained)
                .loss(new Crossentropy.Sparse(Networks.givesLogits(trained)))
                .batchSize(size)
                .epochs(Integer.MAX_VALUE)
                .callbacks(new Callback() {
                    @Override
                    public void onBatchEnd(TrainingContext context) {
                        if (!stopwatch.lap()) {
                            context.stop("measured");
                        }
                    }
                })
                .on(open)
                .fit(data);
        return stopwatch.timings();
    }
}
