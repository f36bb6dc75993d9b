package dev.convoy.tensor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Named tensors in a fixed order: the weights of a model under paths such as {@code block1/conv/kernel}, or the contents
 * of a backend's state. Immutable.
 */
public final class Parameters {

    private static final Parameters EMPTY = new Parameters(new LinkedHashMap<>());

    private final SequencedMap<String, Tensor> tensors;

    private Parameters(SequencedMap<String, Tensor> tensors) {
        this.tensors = Collections.unmodifiableSequencedMap(tensors);
    }

    public static Parameters empty() {
        return EMPTY;
    }

    /** Parameters in the map's order of iteration. */
    public static Parameters of(Map<String, Tensor> tensors) {
        return new Parameters(new LinkedHashMap<>(tensors));
    }

    public Set<String> names() {
        return tensors.keySet();
    }

    public SequencedMap<String, Tensor> asMap() {
        return tensors;
    }

    /**
     * @throws IllegalArgumentException if there is no such parameter; the message lists what there is
     */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No parameter '" + name + "'; there are " + tensors.keySet());
        }
        return tensor;
    }

    /**
     * These parameters with some replaced.
     *
     * @throws IllegalArgumentException if a replacement has no counterpart of the same spec
     */
    public Parameters with(Map<String, Tensor> replacements) {
        SequencedMap<String, Tensor> changed = new LinkedHashMap<>(tensors);
        replacements.forEach((name, tensor) -> {
            TensorSpec expected = get(name).spec();
            if (!expected.equals(tensor.spec())) {
                throw new IllegalArgumentException(
                        "Parameter '" + name + "' is " + expected + ", got " + tensor.spec());
            }
            changed.put(name, tensor);
        });
        return new Parameters(changed);
    }

    /** The number of elements of all tensors together. */
    public long elements() {
        return tensors.values().stream().mapToLong(Tensor::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters parameters && tensors.equals(parameters.tensors);
    }

    @Override
    public int hashCode() {
        return tensors.hashCode();
    }

    @Override
    public String toString() {
        return tensors.toString();
    }
}
