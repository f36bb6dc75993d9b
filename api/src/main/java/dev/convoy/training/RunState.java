package dev.convoy.training;

import dev.convoy.models.Model;
import dev.convoy.tensor.Parameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Where a run stands, and what callbacks see of it and change. */
final class RunState implements TrainingContext {

    private final Trainer.Settings settings;
    private final StepGraphs graphs;
    private final StateRunner runner;
    private final int batches;
    private final List<History.Epoch> history;
    private int epoch;
    private int batch;
    private Figures figures;
    private SequencedMap<String, Double> validation = new LinkedHashMap<>();
    private double rateScale;
    private double secondsBefore;
    private long start = System.nanoTime();
    private boolean changed;

    @Nullable
    private String stopped;

    private @Nullable Parameters read;

    private @Nullable Progress ended;

    /**
     * @param batches in each epoch
     */
    RunState(Trainer.Settings settings, StepGraphs graphs, StateRunner runner, int batches, Checkpoint from) {
        this.settings = settings;
        this.graphs = graphs;
        this.runner = runner;
        this.batches = batches;
        this.history = new ArrayList<>(from.history().epochs());
        Checkpoint.Position position = from.position();
        epoch = position.epoch();
        batch = position.batch();
        rateScale = position.learningRateScale();
        secondsBefore = position.seconds();
        figures = new Figures(settings.measures);
        if (!position.sums().isEmpty()) {
            figures.restore(position.sums());
        }
    }

    /** The epoch that is running, counted from 0. */
    int epoch() {
        return epoch;
    }

    /** Batches of it that are done. */
    int batch() {
        return batch;
    }

    /** The number of the next batch, counted from 0 over the whole training. */
    long number() {
        return number(batch);
    }

    /** The number of a batch of this epoch, counted from 0 over the whole training. */
    long number(int ofEpoch) {
        return (long) epoch * batches + ofEpoch;
    }

    Figures figures() {
        return figures;
    }

    History history() {
        return new History(history);
    }

    long steps() {
        return number() / settings.optimizer.accumulationSteps();
    }

    /** The learning rate of a batch. */
    float rate(long number) {
        float scheduled = (float) settings.optimizer.learningRate().at(number);
        return rateScale == 1 ? scheduled : (float) (scheduled * rateScale);
    }

    /** The clock of the epoch starts. */
    void beginEpoch() {
        ended = null;
        start = System.nanoTime();
    }

    /** One batch more is done. */
    void batchDone() {
        batch++;
        read = null;
    }

    /** The epoch is over; the next has not begun. */
    void epochDone(SequencedMap<String, Double> validationValues) {
        validation = validationValues;
        history.add(new History.Epoch(epoch + 1, values(), rate(number() - 1), seconds()));
    }

    /** To the beginning of the next epoch. */
    void nextEpoch() {
        ended = progress();
        epoch++;
        batch = 0;
        figures = new Figures(settings.measures);
        validation = new LinkedHashMap<>();
        secondsBefore = 0;
        start = System.nanoTime();
    }

    /** Back to a batch of this epoch, with the state that was then. */
    void backTo(int ofEpoch, Parameters state) {
        batch = ofEpoch;
        restart(state);
    }

    /** Everything that the device holds; read once between two batches. */
    Parameters read() {
        Parameters now = read;
        if (now == null) {
            now = runner.read();
            read = now;
        }
        return now;
    }

    private void restart(Parameters state) {
        runner.restart(state);
        read = null;
    }

    /** Whether a callback changed anything since this was asked last. */
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Where a resumed training would go on. */
    Checkpoint.Position position(Map<String, String> fingerprint) {
        return new Checkpoint.Position(
                epoch,
                batch,
                steps(),
                rateScale,
                batch == 0 ? 0 : seconds(),
                batch == 0 ? List.of() : figures.sums(),
                fingerprint);
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - start) / 1e9;
    }

    private SequencedMap<String, Double> values() {
        SequencedMap<String, Double> values = figures.values("");
        values.putAll(validation);
        return values;
    }

    @Override
    public Progress progress() {
        return ended != null
                ? ended
                : new Progress(
                        Math.min(epoch + 1, settings.epochs),
                        settings.epochs,
                        batch,
                        batches,
                        steps(),
                        values(),
                        seconds());
    }

    @Override
    public SequencedMap<String, MonitorMode> measured() {
        return settings.measures.modes(settings.validation != null);
    }

    @Override
    public Model model() {
        return settings.model.withParameters(graphs.modelPart(read()));
    }

    @Override
    public void replaceParameters(Parameters parameters) {
        settings.model.withParameters(parameters);
        restart(read().with(parameters.asMap()));
        changed = true;
    }

    @Override
    public double learningRate() {
        return rate(number());
    }

    @Override
    public void scaleLearningRate(double factor) {
        Trainer.require(
                factor > 0 && Double.isFinite(factor), "a learning rate is scaled by a positive factor, got " + factor);
        double scheduled = (float) settings.optimizer.learningRate().at(number());
        double scaled = (float) (learningRate() * factor);
        rateScale = scaled > 0 ? scaled / scheduled : rateScale * factor;
        changed = true;
    }

    @Override
    public void stop(String reason) {
        if (stopped == null) {
            stopped = reason;
        }
    }

    @Override
    public Optional<String> stopped() {
        return Optional.ofNullable(stopped);
    }
}
