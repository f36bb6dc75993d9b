package dev.convoy.training;

import dev.convoy.tensor.Parameters;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops a training when a value has stopped improving, with the rules and defaults of Keras' {@code EarlyStopping}: asked
 * after each epoch; patience counts epochs without improvement, and the first epoch never stops. A training that stopped so
 * and is resumed with the same patience stops again at once.
 */
public final class EarlyStopping implements Callback {

    private final String monitor;
    private double minDelta;
    private int patience;
    private MonitorMode mode = MonitorMode.AUTO;
    private Optional<Double> baseline = Optional.empty();
    private boolean restoreBestWeights;
    private int startFromEpoch;

    private int wait;
    private int stoppedEpoch;
    private int bestEpoch;
    private Optional<Double> best = Optional.empty();
    private @Nullable Parameters bestWeights;

    private EarlyStopping(String monitor) {
        this.monitor = monitor;
    }

    /** On {@code val_loss}: min delta 0, patience 0, mode AUTO, no baseline, from the first epoch, without restoring. */
    public static EarlyStopping defaults() {
        return of("val_loss");
    }

    /** On a value by its name in the history; the rest as {@link #defaults}. */
    public static EarlyStopping of(String monitor) {
        return new EarlyStopping(monitor);
    }

    private EarlyStopping with(Consumer<EarlyStopping> change) {
        EarlyStopping copy = new EarlyStopping(monitor);
        copy.minDelta = minDelta;
        copy.patience = patience;
        copy.mode = mode;
        copy.baseline = baseline;
        copy.restoreBestWeights = restoreBestWeights;
        copy.startFromEpoch = startFromEpoch;
        change.accept(copy);
        return copy;
    }

    /** By how much more than this a value must be better to count as improved; the sign does not matter. */
    public EarlyStopping minDelta(double delta) {
        return with(e -> e.minDelta = delta);
    }

    /** After how many epochs without improvement the training stops; 0 and 1 both stop after the first. */
    public EarlyStopping patience(int epochs) {
        return with(e -> e.patience = epochs);
    }

    /** Which way the value gets better. */
    public EarlyStopping mode(MonitorMode way) {
        return with(e -> e.mode = way);
    }

    /** Patience starts anew only when an improvement is better than this too. */
    public EarlyStopping baseline(double value) {
        return with(e -> e.baseline = Optional.of(value));
    }

    /**
     * Whether the model gets the parameters of its best epoch when the training ends, in whichever way it ends. Checkpoints
     * keep those of the last batch.
     */
    public EarlyStopping restoreBestWeights(boolean restore) {
        return with(e -> e.restoreBestWeights = restore);
    }

    /** How many epochs are not looked at. */
    public EarlyStopping startFromEpoch(int epochs) {
        return with(e -> e.startFromEpoch = epochs);
    }

    private Monitor watch() {
        return new Monitor("EarlyStopping", monitor, mode, minDelta);
    }

    @Override
    public void onTrainBegin(TrainingContext context) {
        watch().check(context);
        if (stoppedEpoch > 0 && wait >= patience) {
            context.stop(reason());
        } else {
            stoppedEpoch = 0;
        }
    }

    @Override
    public void onEpochEnd(TrainingContext context) {
        int epoch = context.progress().epoch() - 1;
        if (epoch < startFromEpoch) {
            return;
        }
        double current = watch().value(context);
        if (restoreBestWeights && bestWeights == null) {
            keep(context, epoch);
        }
        wait++;
        if (watch().improves(context, current, best)) {
            best = Optional.of(current);
            keep(context, epoch);
            if (baseline.isEmpty() || watch().improves(context, current, baseline)) {
                wait = 0;
            }
        } else if (wait >= patience && epoch > 0) {
            stoppedEpoch = epoch;
            context.stop(reason());
        }
    }

    private void keep(TrainingContext context, int epoch) {
        bestEpoch = epoch;
        if (restoreBestWeights) {
            bestWeights = context.model().parameters();
        }
    }

    private String reason() {
        return "EarlyStopping: " + monitor + " has not improved since epoch " + (bestEpoch + 1);
    }

    @Override
    public void onTrainEnd(TrainingContext context) {
        if (restoreBestWeights && bestWeights != null) {
            context.replaceParameters(bestWeights);
        }
    }

    @Override
    public CallbackState state() {
        CallbackState state = CallbackState.empty()
                .with("wait", wait)
                .with("stopped_epoch", stoppedEpoch)
                .with("best_epoch", bestEpoch)
                .with(bestWeights == null ? Parameters.empty() : bestWeights);
        return best.isEmpty() ? state : state.with("best", best.get());
    }

    @Override
    public void restore(CallbackState state) {
        wait = state.integer("wait");
        stoppedEpoch = state.integer("stopped_epoch");
        bestEpoch = state.integer("best_epoch");
        best = state.number("best");
        bestWeights = state.parameters().names().isEmpty() ? null : state.parameters();
    }
}
