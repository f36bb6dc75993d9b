package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * {@code activation(x · kernel + bias)} along the last axis of {@code […, k]} (Keras 3 {@code Dense}). Parameters:
 * {@code kernel [k, units]} and {@code bias [units]}.
 *
 * @param units size of the last axis of the output
 * @param activation LINEAR by default
 * @param useBias true by default
 * @param kernel Glorot uniform by default
 * @param bias zeros by default
 */
public record Dense(int units, ActivationFn activation, boolean useBias, Weight kernel, Weight bias) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if units is not positive
     */
    public Dense {
        Check.of("Dense").that(units >= 1, "L1", "units is at least 1", ">= 1", units);
    }

    public static Dense of(int units) {
        return new Dense(
                units, Activations.LINEAR, true, Weight.of(Initializers.GLOROT_UNIFORM), Weight.of(Initializers.ZEROS));
    }

    public Dense activation(ActivationFn value) {
        return new Dense(units, value, useBias, kernel, bias);
    }

    public Dense useBias(boolean value) {
        return new Dense(units, activation, value, kernel, bias);
    }

    public Dense kernel(Weight value) {
        return new Dense(units, activation, useBias, value, bias);
    }

    public Dense bias(Weight value) {
        return new Dense(units, activation, useBias, kernel, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        Shape x = Inputs.one("Dense", inputs).shape();
        Check.of("Dense").that(x.rank() >= 2, "L2", "the input has rank 2 or more", ">= 2", x);
        ParameterSpec weights = ParameterSpec.trainable("kernel", kernel, x.size(-1), units);
        return useBias ? List.of(weights, ParameterSpec.trainable("bias", bias, units)) : List.of(weights);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value y = g.matMul(Inputs.one("Dense", inputs), scope.parameter("kernel"));
        return List.of(activation.apply(g, useBias ? g.add(y, scope.parameter("bias")) : y));
    }
}
