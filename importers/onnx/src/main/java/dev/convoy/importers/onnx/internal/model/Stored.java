package dev.convoy.importers.onnx.internal.model;

import dev.convoy.graph.Value;
import dev.convoy.layers.Initializer;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.layers.Weight;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * A tensor of the file that several nodes use, or that is a result of the model: a layer without inputs that gives it.
 *
 * @param isWeight whether it is a parameter, which all its users then share
 */
record Stored(Tensor tensor, boolean isWeight) implements Layer {

    private static final String ROLE = "value";

    @Override
    public String className() {
        return "Initializer";
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return isWeight
                ? List.of(new ParameterSpec(ROLE, tensor.spec(), Weight.of(Initializer.given(tensor)), true))
                : List.of();
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(isWeight ? scope.parameter(ROLE) : scope.graph().constant(tensor));
    }
}
