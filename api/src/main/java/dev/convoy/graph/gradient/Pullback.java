package dev.convoy.graph.gradient;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One node on the way back: from the gradients of its results to those of its operands. An operand to which nothing is
 * given has a gradient of zero.
 */
public final class Pullback {

    private final GraphBuilder graph;
    private final Node node;
    private final List<@Nullable Value> gradients;
    private final Predicate<Value> wanted;
    private final BiConsumer<Value, Value> target;

    Pullback(
            GraphBuilder graph,
            Node node,
            List<@Nullable Value> gradients,
            Predicate<Value> wanted,
            BiConsumer<Value, Value> target) {
        this.graph = graph;
        this.node = node;
        this.gradients = gradients;
        this.wanted = wanted;
        this.target = target;
    }

    /** Takes the nodes of the gradient. */
    public GraphBuilder graph() {
        return graph;
    }

    /** The operands of the node. */
    public List<Value> operands() {
        return node.inputs();
    }

    public Value operand(int index) {
        return node.input(index);
    }

    public Value result(int index) {
        return node.outputs().get(index);
    }

    /** Whether the loss depends on a result. */
    public boolean hasGradient(int result) {
        return gradients.get(result) != null;
    }

    /** The gradient of the first result. */
    public Value gradient() {
        return gradient(0);
    }

    /** The gradient of a real result, of its shape; zeros if the loss does not depend on it. */
    public Value gradient(int index) {
        Value gradient = gradients.get(index);
        return gradient != null ? gradient : Sums.zeros(graph, result(index));
    }

    /** Whether the gradient of an operand is asked for. */
    public boolean wants(int operand) {
        return wanted.test(operand(operand));
    }

    /**
     * Gives an operand its gradient, if it is asked for. One that is given twice is added up.
     *
     * @param gradient writes it; summed back if the operand was broadcast to the gradient's shape, and broadcast if the
     *     gradient is smaller
     */
    public void to(int operand, Supplier<Value> gradient) {
        if (wants(operand)) {
            Value value = operand(operand);
            target.accept(value, Sums.fit(graph, gradient.get(), value.shape()));
        }
    }

    /** A number of the gradient's type. */
    Value number(double value) {
        DataType type = operands().stream()
                .map(v -> v.spec().type())
                .filter(DataType::isReal)
                .findFirst()
                .orElse(DataType.FLOAT32);
        return graph.scalar(value, type);
    }

    /** Refuses a gradient that cannot be written while one of its sizes is not known (G10). */
    void needsKnown(Dim... dims) {
        for (Dim dim : dims) {
            if (!dim.isKnown()) {
                throw GraphException.of(
                        node.op().name(),
                        node.origin(),
                        "its gradient needs known sizes; expected a number, got '" + dim
                                + "'. Remedy: bind the graph's named dimensions before taking gradients",
                        "gradients.G10");
            }
        }
    }

    void needsKnown(Shape shape) {
        needsKnown(shape.dims().toArray(Dim[]::new));
    }
}
