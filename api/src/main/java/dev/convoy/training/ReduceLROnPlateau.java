package dev.convoy.training;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reduces the learning rate when a value has stopped improving, with the rules and defaults of Keras'
 * {@code ReduceLROnPlateau}. Where Keras refuses a schedule, this scales it from then on.
 */
public final class ReduceLROnPlateau implements Callback {

    private static final System.Logger LOG = System.getLogger(ReduceLROnPlateau.class.getName());

    private final String monitor;
    private double factor = 0.1;
    private int patience = 10;
    private MonitorMode mode = MonitorMode.AUTO;
    private double minDelta = 1e-4;
    private int cooldown;
    private double minLr;

    private int wait;
    private int cooldownCounter;
    private Optional<Double> best = Optional.empty();

    private ReduceLROnPlateau(String monitor) {
        this.monitor = monitor;
    }

    /** On {@code val_loss}: factor 0.1, patience 10, mode AUTO, min delta 1e-4, no cooldown, down to 0. */
    public static ReduceLROnPlateau defaults() {
        return of("val_loss");
    }

    /** On a value by its name in the history; the rest as {@link #defaults}. */
    public static ReduceLROnPlateau of(String monitor) {
        return new ReduceLROnPlateau(monitor);
    }

    private ReduceLROnPlateau with(Consumer<ReduceLROnPlateau> change) {
        ReduceLROnPlateau copy = new ReduceLROnPlateau(monitor);
        copy.factor = factor;
        copy.patience = patience;
        copy.mode = mode;
        copy.minDelta = minDelta;
        copy.cooldown = cooldown;
        copy.minLr = minLr;
        change.accept(copy);
        return copy;
    }

    /**
     * What the learning rate is multiplied with.
     *
     * @throws TrainingException if it is not between 0 and 1
     */
    public ReduceLROnPlateau factor(double by) {
        Trainer.require(by > 0 && by < 1, "ReduceLROnPlateau takes a factor between 0 and 1, got " + by);
        return with(r -> r.factor = by);
    }

    /** After how many epochs without improvement the rate is reduced. */
    public ReduceLROnPlateau patience(int epochs) {
        return with(r -> r.patience = epochs);
    }

    /** Which way the value gets better. */
    public ReduceLROnPlateau mode(MonitorMode way) {
        return with(r -> r.mode = way);
    }

    /** By how much more than this a value must be better to count as improved; the sign does not matter. */
    public ReduceLROnPlateau minDelta(double delta) {
        return with(r -> r.minDelta = delta);
    }

    /** For how many epochs after a reduction patience does not count. */
    public ReduceLROnPlateau cooldown(int epochs) {
        return with(r -> r.cooldown = epochs);
    }

    /** Below this the rate is not reduced. */
    public ReduceLROnPlateau minLr(double rate) {
        return with(r -> r.minLr = rate);
    }

    private Monitor watch() {
        return new Monitor("ReduceLROnPlateau", monitor, mode, minDelta);
    }

    @Override
    public void onTrainBegin(TrainingContext context) {
        watch().check(context);
    }

    @Override
    public void onEpochEnd(TrainingContext context) {
        double current = watch().value(context);
        if (cooldownCounter > 0) {
            cooldownCounter--;
            wait = 0;
        }
        if (watch().improves(context, current, best)) {
            best = Optional.of(current);
            wait = 0;
        } else if (cooldownCounter == 0) {
            wait++;
            if (wait >= patience) {
                reduce(context);
            }
        }
    }

    private void reduce(TrainingContext context) {
        double rate = context.learningRate();
        if (rate > (float) minLr) {
            context.scaleLearningRate(Math.max(rate * factor, minLr) / rate);
            LOG.log(
                    System.Logger.Level.DEBUG,
                    () -> "Epoch " + context.progress().epoch() + ": " + monitor
                            + " has stopped improving, the learning rate is now " + context.learningRate());
            cooldownCounter = cooldown;
            wait = 0;
        }
    }

    @Override
    public CallbackState state() {
        CallbackState state = CallbackState.empty().with("wait", wait).with("cooldown_counter", cooldownCounter);
        return best.isEmpty() ? state : state.with("best", best.get());
    }

    @Override
    public void restore(CallbackState state) {
        wait = state.integer("wait");
        cooldownCounter = state.integer("cooldown_counter");
        best = state.number("best");
    }
}
