package dev.convoy.graph;

import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One edge of a graph: a result of a {@link Node}, a graph input or a parameter. Values are compared by identity and
 * belong to the graph that made them.
 */
public final class Value {

    private final int id;
    private final TensorSpec spec;
    private final @Nullable Node producer;
    private final @Nullable String name;

    Value(int id, TensorSpec spec, @Nullable Node producer, @Nullable String name) {
        this.id = id;
        this.spec = spec;
        this.producer = producer;
        this.name = name;
    }

    /** A number that is unique in the graph; printed as {@code %7}. */
    public int id() {
        return id;
    }

    public TensorSpec spec() {
        return spec;
    }

    static List<TensorSpec> specs(Collection<Value> values) {
        List<TensorSpec> specs = new ArrayList<>(values.size());
        for (Value value : values) {
            specs.add(value.spec);
        }
        return Collections.unmodifiableList(specs);
    }

    public Shape shape() {
        return spec.shape();
    }

    /** The node that computes this value; empty for a graph input or parameter. */
    public Optional<Node> producer() {
        return Optional.ofNullable(producer);
    }

    /** The name of a graph input or parameter; empty for the result of a node. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** What is known of this value before anything runs: the tensor of a {@link IndexingOp.Constant}. */
    public Optional<Tensor> constant() {
        return producer != null && producer.op() instanceof IndexingOp.Constant c
                ? Optional.of(c.value())
                : Optional.empty();
    }

    /** For example {@code %7 float32[batch, 10]}. */
    @Override
    public String toString() {
        return "%" + (name == null ? id : name) + " " + spec;
    }
}
