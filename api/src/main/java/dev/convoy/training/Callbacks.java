package dev.convoy.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The callbacks of a training, each under a name for its state: its class, numbered if there are several. */
final class Callbacks {

    private static final System.Logger LOG = System.getLogger(Callbacks.class.getName());

    private final SequencedMap<String, Callback> named = new LinkedHashMap<>();

    Callbacks(List<Callback> callbacks) {
        for (Callback callback : callbacks) {
            String type = callback.getClass().getName();
            String name = type.substring(type.lastIndexOf('.') + 1);
            int number = 1;
            while (named.containsKey(number == 1 ? name : name + "-" + number)) {
                number++;
            }
            named.put(number == 1 ? name : name + "-" + number, callback);
        }
    }

    /**
     * Gives each its state of a checkpoint.
     *
     * @throws TrainingException if a callback does not take its state
     */
    void restore(Map<String, CallbackState> states) {
        TreeSet<String> left = new TreeSet<>(states.keySet());
        left.removeAll(named.keySet());
        if (!left.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> "The checkpoint knows what callbacks " + left + " decided, which this training does without");
        }
        named.forEach((name, callback) -> {
            try {
                callback.restore(states.getOrDefault(name, CallbackState.empty()));
            } catch (IllegalArgumentException e) {
                throw new TrainingException(
                        "Training: callback " + name + " cannot go on from its state in the checkpoint: "
                                + e.getMessage() + ". Remedy: take another checkpoint, or leave the callback out",
                        e);
            }
        });
    }

    /** The states that have something to remember. */
    Map<String, CallbackState> states() {
        Map<String, CallbackState> states = new LinkedHashMap<>();
        named.forEach((name, callback) -> {
            CallbackState state = callback.state();
            if (!state.isEmpty()) {
                states.put(name, state);
            }
        });
        return states;
    }

    void forEach(Consumer<Callback> hook) {
        named.values().forEach(hook);
    }
}
