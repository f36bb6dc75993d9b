package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Softmax;

/** The activations that Keras 3 knows by name; each constant is Keras' name in capitals. */
public enum Activations implements ActivationFn {
    /** {@code x}. */
    LINEAR((g, x) -> x),
    /** {@code max(x, 0)}. */
    RELU((g, x) -> g.unary(UnaryFn.RELU, x)),
    /** {@code min(max(x, 0), 6)}. */
    RELU6((g, x) -> g.binary(BinaryFn.MIN, g.unary(UnaryFn.RELU, x), 6)),
    /** {@code exp(x) / Σ exp(x)} along the last axis. */
    SOFTMAX((g, x) -> g.add(new Softmax(-1), x)),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID((g, x) -> g.unary(UnaryFn.SIGMOID, x)),
    TANH((g, x) -> g.unary(UnaryFn.TANH, x)),
    /** {@code exp(x)}. */
    EXPONENTIAL((g, x) -> g.unary(UnaryFn.EXP, x));

    private final ActivationFn function;

    Activations(ActivationFn function) {
        this.function = function;
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return function.apply(g, x);
    }
}
