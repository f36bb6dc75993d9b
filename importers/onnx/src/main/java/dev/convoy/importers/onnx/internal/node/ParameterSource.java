package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.Value;
import java.util.Optional;

/**
 * A parameter of the layer as an operand.
 *
 * @param role its name within the layer
 */
public record ParameterSource(String role, Value value) implements Source {

    @Override
    public Optional<Known> known() {
        return Optional.empty();
    }
}
