package dev.convoy.training;

import dev.convoy.data.Dataset;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Input;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A training without a backend, whose epochs measure what a script says. One batch is an epoch; the model's only weight is
 * the number of epochs that are done.
 */
final class ScriptedContext implements TrainingContext {

    private static final Model MODEL = Sequential.of(Input.of(1), Dense.of(1).useBias(false));

    final List<Path> saved = new ArrayList<>();
    private final RunState run;
    private double weight;

    /**
     * @param validated whether there is validation data
     * @param epochsBefore epochs that an earlier run did
     */
    ScriptedContext(double learningRate, boolean validated, int epochsBefore, double rateScale, Metric... metrics) {
        Trainer.Settings settings = new Trainer.Settings(MODEL);
        settings.optimizer = Optimizer.sgd().learningRate(learningRate);
        settings.measures = new Measures(List.of(metrics), List.of());
        settings.epochs = 100;
        settings.validation =
                validated ? Dataset.of(Tensor.of(new float[1], 1, 1), Tensor.of(new float[1], 1, 1)) : null;
        var position = new Checkpoint.Position(epochsBefore, 0, 0, rateScale, 0, List.of(), Map.of());
        var beginning = new Checkpoint(Parameters.empty(), position, new History(List.of()), Map.of());
        run = new RunState(settings, null, null, 1, beginning);
        weight = epochsBefore;
    }

    /** Ends an epoch that measured these values. */
    void epoch(Callback callback, Map<String, Double> values) {
        run.beginEpoch();
        run.batchDone();
        weight = run.epoch() + 1;
        run.epochDone(new LinkedHashMap<>(new TreeMap<>(values)));
        callback.onEpochEnd(this);
        run.nextEpoch();
    }

    double rateScale() {
        return run.position(Map.of()).learningRateScale();
    }

    /** Which epoch the model's parameters are of, counted from 1. */
    double epochOfModel() {
        return weight;
    }

    @Override
    public Progress progress() {
        return run.progress();
    }

    @Override
    public SequencedMap<String, MonitorMode> measured() {
        return run.measured();
    }

    /** A model that notes where it is written to. */
    @Override
    public Model model() {
        Model real = MODEL.withParameters(Parameters.of(
                Map.of(MODEL.parameters().names().iterator().next(), Tensor.of(new float[] {(float) weight}, 1, 1))));
        InvocationHandler noting = (proxy, method, arguments) -> {
            if (method.getName().equals("save")) {
                saved.add((Path) arguments[0]);
                return null;
            }
            return method.invoke(real, arguments);
        };
        return (Model) Proxy.newProxyInstance(Model.class.getClassLoader(), new Class<?>[] {Model.class}, noting);
    }

    @Override
    public void replaceParameters(Parameters parameters) {
        weight = parameters.asMap().firstEntry().getValue().get(0);
    }

    @Override
    public double learningRate() {
        return run.learningRate();
    }

    @Override
    public void scaleLearningRate(double factor) {
        run.scaleLearningRate(factor);
    }

    @Override
    public void stop(String reason) {
        run.stop(reason);
    }

    @Override
    public Optional<String> stopped() {
        return run.stopped();
    }
}
