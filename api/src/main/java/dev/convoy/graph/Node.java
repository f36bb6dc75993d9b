package dev.convoy.graph;

import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** One application of an {@link Op}: its operands, its results, and the layer that wrote it. Compared by identity. */
public final class Node {

    private final Op op;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final String origin;

    Node(Op op, List<Value> inputs, List<TensorSpec> results, String origin, IntSupplier ids) {
        this.op = op;
        this.inputs = List.copyOf(inputs);
        this.origin = origin;
        List<Value> made = new ArrayList<>(results.size());
        for (TensorSpec spec : results) {
            made.add(new Value(ids.getAsInt(), spec, this, null));
        }
        this.outputs = List.copyOf(made);
    }

    public Op op() {
        return op;
    }

    public List<Value> inputs() {
        return inputs;
    }

    public Value input(int index) {
        return inputs.get(index);
    }

    public List<Value> outputs() {
        return outputs;
    }

    /** The only result of an op that has one. */
    public Value output() {
        return outputs.getFirst();
    }

    /** Path of the layer that wrote this node, {@code block1/conv} for example; empty outside layers. */
    public String origin() {
        return origin;
    }

    @Override
    public String toString() {
        return GraphPrinter.print(this);
    }
}
