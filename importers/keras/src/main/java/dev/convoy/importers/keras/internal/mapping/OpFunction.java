package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.layers.ActivationFn;

/** Functions of one tensor that Keras has among its operations and not among its activations. */
enum OpFunction implements ActivationFn {
    NEGATIVE("Negative"),
    ABSOLUTE("Absolute"),
    SQRT("Sqrt"),
    LOG("Log"),
    SQUARE("Square");

    private final String keras3;

    OpFunction(String keras3) {
        this.keras3 = keras3;
    }

    /** The class among Keras 3's operations. */
    String keras3() {
        return keras3;
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return switch (this) {
            case NEGATIVE -> g.unary(UnaryFn.NEG, x);
            case ABSOLUTE -> g.unary(UnaryFn.ABS, x);
            case SQRT -> g.unary(UnaryFn.SQRT, x);
            case LOG -> g.unary(UnaryFn.LOG, x);
            case SQUARE -> g.mul(x, x);
        };
    }
}
