package dev.convoy.layers;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.Glu;
import dev.convoy.graph.composite.HardShrink;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.HardSwish;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.LogSigmoid;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Mish;
import dev.convoy.graph.composite.Selu;
import dev.convoy.graph.composite.Silu;
import dev.convoy.graph.composite.SoftShrink;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Softsign;
import dev.convoy.graph.composite.SparsePlus;
import dev.convoy.graph.composite.Sparsemax;
import dev.convoy.graph.composite.Squareplus;
import dev.convoy.graph.composite.TanhShrink;

/**
 * The activations that Keras 3 knows by name, with its default arguments; each constant is Keras' name in capitals.
 * {@link #HARD_SIGMOID_V2} is what Keras 1 and 2 call {@code hard_sigmoid}. {@link CompositeActivation} takes other
 * arguments.
 */
public enum Activations implements ActivationFn {
    /** {@code x}. */
    LINEAR,
    /** {@code max(x, 0)}. */
    RELU(UnaryFn.RELU),
    /** {@code min(max(x, 0), 6)}. */
    RELU6(Clip.RELU6),
    /** {@code x} where {@code x >= 0}, else {@code 0.2 x}. The layer {@link LeakyReLU} has a default of its own. */
    LEAKY_RELU(new LeakyRelu(0.2)),
    /** {@code exp(x) / Σ exp(x)} along the last axis. */
    SOFTMAX(new Softmax(-1)),
    /** {@code x - log Σ exp(x)} along the last axis. */
    LOG_SOFTMAX(new LogSoftmax(-1)),
    /** The nearest point of the probability simplex, along the last axis. */
    SPARSEMAX(new Sparsemax(-1)),
    /** {@code 1 / (1 + exp(-x))}. */
    SIGMOID(UnaryFn.SIGMOID),
    /** {@code -log(1 + exp(-x))}. */
    LOG_SIGMOID(new LogSigmoid()),
    /** Keras 3: {@code min(max(x / 6 + 0.5, 0), 1)}. */
    HARD_SIGMOID(new HardSigmoid(1 / 6.0, 0.5)),
    /** Keras 1 and 2: {@code min(max(0.2 x + 0.5, 0), 1)}. */
    HARD_SIGMOID_V2(new HardSigmoid(0.2, 0.5)),
    /** {@code min(max(0.5 x + 0.5, 0), 1)}. */
    SPARSE_SIGMOID(new HardSigmoid(0.5, 0.5)),
    TANH(UnaryFn.TANH),
    /** {@code min(max(x, -1), 1)}. */
    HARD_TANH(new Clip(-1, 1)),
    /** {@code x - tanh(x)}. */
    TANH_SHRINK(new TanhShrink()),
    /** {@code x} where {@code |x| > 0.5}, else 0. */
    HARD_SHRINK(new HardShrink(0.5)),
    /** {@code x} moved towards 0 by 0.5. */
    SOFT_SHRINK(new SoftShrink(0.5)),
    /** {@code x} where {@code x > 0}, else {@code exp(x) - 1}. */
    ELU(new Elu(1)),
    /** {@link #ELU} with a fixed alpha and scale that keep mean 0 and variance 1. */
    SELU(new Selu()),
    /** {@code x} where {@code x > 0}, else {@code exp(x) - 1}. */
    CELU(new Celu(1)),
    /** {@code log(1 + exp(x))}. */
    SOFTPLUS(new Softplus()),
    /** {@code x / (1 + |x|)}. */
    SOFTSIGN(new Softsign()),
    /** {@code (x + √(x² + 4)) / 2}. */
    SQUAREPLUS(new Squareplus(4)),
    /** 0 up to -1, {@code (x + 1)² / 4} between -1 and 1, {@code x} from 1 on. */
    SPARSE_PLUS(new SparsePlus()),
    /** {@code x · sigmoid(x)}; also named {@code swish}. */
    SILU(new Silu()),
    /** {@code x · min(max(x + 3, 0), 6) / 6}; also named {@code hard_swish}. */
    HARD_SILU(new HardSwish()),
    /** {@code x/2 · (1 + erf(x / √2))}. */
    GELU(new Gelu(false)),
    /** {@code gelu(approximate=True)}: {@link #GELU} by way of tanh. */
    GELU_APPROXIMATE(new Gelu(true)),
    /** {@code a · sigmoid(b)} with a and b the halves of the last axis, which it halves. */
    GLU(new Glu(-1)),
    /** {@code x · tanh(softplus(x))}. */
    MISH(new Mish()),
    /** {@code exp(x)}. */
    EXPONENTIAL(UnaryFn.EXP);

    private final ActivationFn function;

    Activations() {
        function = (g, x) -> x;
    }

    Activations(UnaryFn fn) {
        function = (g, x) -> g.unary(fn, x);
    }

    Activations(CompositeOp op) {
        function = new CompositeActivation(op);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        return function.apply(g, x);
    }
}
