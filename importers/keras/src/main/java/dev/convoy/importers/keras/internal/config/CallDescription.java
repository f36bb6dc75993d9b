package dev.convoy.importers.keras.internal.config;

import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * One call of a layer (Keras' node).
 *
 * @param arguments by position
 * @param named by name, as {@code mask} or {@code training}
 */
public record CallDescription(List<Argument> arguments, SequencedMap<String, Argument> named) {

    public CallDescription {
        arguments = List.copyOf(arguments);
    }

    /** The tensors among the positional arguments. */
    public List<TensorRef> tensors() {
        return arguments.stream().flatMap(Argument::tensors).toList();
    }

    /** The tensors that the call needs, in any argument. */
    public List<TensorRef> needs() {
        return Stream.concat(arguments.stream(), named.values().stream())
                .flatMap(Argument::tensors)
                .toList();
    }
}
