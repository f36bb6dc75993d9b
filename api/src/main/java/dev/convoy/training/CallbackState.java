package dev.convoy.training;

import dev.convoy.tensor.Parameters;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a callback remembers.
 *
 * @param values by name
 * @param parameters tensors by name, such as the best weights so far
 */
public record CallbackState(Map<String, String> values, Parameters parameters) {

    private static final CallbackState EMPTY = new CallbackState(Map.of(), Parameters.empty());

    public CallbackState {
        values = Map.copyOf(values);
    }

    /** Nothing to remember. */
    public static CallbackState empty() {
        return EMPTY;
    }

    public boolean isEmpty() {
        return values.isEmpty() && parameters.names().isEmpty();
    }

    /** This state with one value more. */
    public CallbackState with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value.toString());
        return new CallbackState(more, parameters);
    }

    /** This state with other parameters. */
    public CallbackState with(Parameters tensors) {
        return new CallbackState(values, tensors);
    }

    /**
     * A whole number, or 0 if the state has no such value.
     *
     * @throws NumberFormatException if the value is none
     */
    public int integer(String name) {
        return Integer.parseInt(values.getOrDefault(name, "0"));
    }

    /**
     * A number, if the state has such a value.
     *
     * @throws NumberFormatException if the value is none
     */
    public Optional<Double> number(String name) {
        return Optional.ofNullable(values.get(name)).map(Double::valueOf);
    }
}
