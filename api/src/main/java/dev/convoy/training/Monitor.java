package dev.convoy.training;

import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Watches one value for improvements, by Keras' rule: a value improves on another if it is better by more than
 * {@code minDelta}, compared as float32.
 *
 * @param callback that watches, for messages
 * @param name of the value
 */
record Monitor(String callback, String name, MonitorMode mode, double minDelta) {

    /**
     * @throws TrainingException if nothing of this name is measured, or the way it gets better is not known
     */
    void check(TrainingContext context) {
        SequencedMap<String, MonitorMode> measured = context.measured();
        boolean validation = measured.keySet().stream().anyMatch(n -> n.startsWith(Measures.VALIDATION));
        boolean wanted = name.startsWith(Measures.VALIDATION);
        Trainer.require(
                measured.containsKey(name),
                callback + " monitors '" + name + "', which is not measured; there are " + measured.keySet()
                        + ". Remedy: monitor one of these"
                        + (wanted && !validation ? ", or add .validation(…)" : ", or add a metric"));
        Trainer.require(
                way(context) != MonitorMode.AUTO,
                callback + " monitors '" + name + "', and whether larger or smaller is better is not known."
                        + " Remedy: give the mode, MAX or MIN");
    }

    private MonitorMode way(TrainingContext context) {
        return mode == MonitorMode.AUTO
                ? Objects.requireNonNull(context.measured().get(name))
                : mode;
    }

    /** The value of the epoch that ended. */
    double value(TrainingContext context) {
        return Objects.requireNonNull(context.progress().values().get(name));
    }

    boolean improves(TrainingContext context, double value, Optional<Double> on) {
        double delta = Math.abs(minDelta);
        return on.isEmpty()
                || (way(context) == MonitorMode.MAX
                        ? (float) (value - delta) > on.get().floatValue()
                        : (float) (value + delta) < on.get().floatValue());
    }
}
