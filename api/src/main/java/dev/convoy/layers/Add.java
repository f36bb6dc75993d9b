package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** The sum of two or more inputs, which broadcast (Keras 3 {@code Add}). */
public record Add() implements Layer {

    public static Add of() {
        return new Add();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(Merging.fold("Add", scope, inputs, BinaryFn.ADD));
    }
}
