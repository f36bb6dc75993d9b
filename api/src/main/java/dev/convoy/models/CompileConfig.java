package dev.convoy.models;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * How a model was trained, in Keras' words (its {@code compile} arguments), for formats that keep it.
 *
 * @param optimizer Keras' class and its arguments
 * @param loss Keras' class or function and its arguments
 * @param metrics the same for each
 */
public record CompileConfig(Part optimizer, Part loss, List<Part> metrics) {

    /**
     * An object of Keras.
     *
     * @param className {@code Adam} for example; for a function its name, {@code mean_squared_error}
     * @param settings the constructor's arguments that differ from Keras' defaults: numbers, booleans, text, lists and maps
     *     of these; empty for a function
     */
    public record Part(String className, SequencedMap<String, Object> settings) {

        public Part {
            settings = java.util.Collections.unmodifiableSequencedMap(new LinkedHashMap<>(settings));
        }

        /** A function, or an object with Keras' defaults. */
        public static Part of(String className) {
            return new Part(className, new LinkedHashMap<>());
        }

        /** The same with one more argument. */
        public Part with(String key, Object value) {
            SequencedMap<String, Object> more = new LinkedHashMap<>(settings);
            more.put(key, value);
            return new Part(className, more);
        }
    }

    public CompileConfig {
        metrics = List.copyOf(metrics);
    }
}
