package dev.convoy.importers.keras.internal.config;

import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Something that a layer is called with. */
public sealed interface Argument {

    /** Another layer's output. */
    record Tensor(TensorRef ref) implements Argument {}

    /** A value that stands in the file. */
    record Literal(JsonNode value) implements Argument {}

    /** A list of arguments, as merging layers take. */
    record Several(List<Argument> items) implements Argument {
        public Several {
            items = List.copyOf(items);
        }
    }

    /** The tensors in this, in order. */
    default Stream<TensorRef> tensors() {
        return switch (this) {
            case Tensor(TensorRef ref) -> Stream.of(ref);
            case Literal literal -> Stream.empty();
            case Several(List<Argument> items) -> items.stream().flatMap(Argument::tensors);
        };
    }
}
