package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.graph.composite.RmsNorm;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * {@code scale · x / √(mean(x²) + ε)} with the mean over some axes of each sample (Keras 3 {@code RMSNormalization}; Zhang
 * and Sennrich 2019). Parameter, shaped as those axes: {@code scale}.
 *
 * @param axes Keras' argument {@code axis}; [-1] by default
 * @param epsilon 1e-6 by default
 * @param scale ones by default
 */
public record RMSNormalization(List<Integer> axes, double epsilon, Weight scale) implements Layer {

    public RMSNormalization {
        axes = List.copyOf(axes);
    }

    public static RMSNormalization of() {
        return new RMSNormalization(List.of(-1), 1e-6, Affine.ONES);
    }

    public RMSNormalization axis(Integer... value) {
        return new RMSNormalization(List.of(value), epsilon, scale);
    }

    public RMSNormalization epsilon(double value) {
        return new RMSNormalization(axes, value, scale);
    }

    public RMSNormalization scale(Weight value) {
        return new RMSNormalization(axes, epsilon, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        Shape x = Inputs.one("RMSNormalization", inputs).shape();
        return List.of(ParameterSpec.trainable(
                "scale",
                scale,
                x.permute(Axes.behindBatch("RMSNormalization", axes, x)).sizes()));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("RMSNormalization", inputs);
        return List.of(scope.graph().add(new RmsNorm(axes, epsilon), x, scope.parameter("scale")));
    }
}
