package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Tensor;
import java.util.Optional;

/** Where a node takes an operand from: a value in the graph, a number that is known, or both. */
public interface Source {

    /** In the graph, in the type that the file declares. */
    Value value();

    /** The number itself; empty if it is not known while the graph is written. */
    Optional<Known> known();

    /** A value of the graph; known where it is computed from constants. */
    static Source of(Value value) {
        return new Source() {
            @Override
            public Value value() {
                return value;
            }

            @Override
            public Optional<Known> known() {
                return new Folding().fold(value).map(Known::of);
            }
        };
    }

    /** A number. */
    static Source of(GraphBuilder g, Tensor tensor) {
        return new Source() {
            @Override
            public Value value() {
                return g.constant(tensor);
            }

            @Override
            public Optional<Known> known() {
                return Optional.of(Known.of(tensor));
            }
        };
    }
}
