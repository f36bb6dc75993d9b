package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.LayerNorm;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gamma · (x - mean) / √(variance + ε) + beta} with mean and variance over some axes of each sample (Keras 3
 * {@code LayerNormalization}; Ba et al. 2016). Parameters, shaped as those axes: {@code gamma} and {@code beta}.
 *
 * @param axes Keras' argument {@code axis}; [-1] by default
 * @param epsilon 1e-3 by default
 * @param gamma ones by default; null leaves the scale out ({@code scale=False})
 * @param beta zeros by default; null leaves the offset out ({@code center=False})
 * @param rmsScaling false by default; true for Keras' deprecated {@code gamma · x / √(variance + ε)}, which has always a
 *     gamma and never a beta. It is not {@link RMSNormalization}
 */
public record LayerNormalization(
        List<Integer> axes,
        double epsilon,
        @Nullable Weight gamma,
        @Nullable Weight beta,
        boolean rmsScaling) implements Layer {

    public LayerNormalization {
        axes = List.copyOf(axes);
    }

    public static LayerNormalization of() {
        return new LayerNormalization(List.of(-1), 1e-3, Affine.ONES, Affine.ZEROS, false);
    }

    public LayerNormalization axis(Integer... value) {
        return new LayerNormalization(List.of(value), epsilon, gamma, beta, rmsScaling);
    }

    public LayerNormalization epsilon(double value) {
        return new LayerNormalization(axes, value, gamma, beta, rmsScaling);
    }

    /** Whether there is a gamma; true by default. */
    public LayerNormalization scale(boolean scale) {
        return new LayerNormalization(axes, epsilon, scale ? Affine.ONES : null, beta, rmsScaling);
    }

    /** Whether there is a beta; true by default. */
    public LayerNormalization center(boolean center) {
        return new LayerNormalization(axes, epsilon, gamma, center ? Affine.ZEROS : null, rmsScaling);
    }

    public LayerNormalization gamma(Weight value) {
        return new LayerNormalization(axes, epsilon, value, beta, rmsScaling);
    }

    public LayerNormalization beta(Weight value) {
        return new LayerNormalization(axes, epsilon, gamma, value, rmsScaling);
    }

    public LayerNormalization rmsScaling(boolean value) {
        return new LayerNormalization(axes, epsilon, gamma, beta, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        Shape x = Inputs.one("LayerNormalization", inputs).shape();
        return affine().parameters(x.permute(along(x)));
    }

    private List<Integer> along(Shape x) {
        return Axes.behindBatch("LayerNormalization", axes, x);
    }

    private Affine affine() {
        return rmsScaling ? new Affine(gamma != null ? gamma : Affine.ONES, null) : new Affine(gamma, beta);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("LayerNormalization", inputs);
        List<Integer> along = along(x.shape());
        if (rmsScaling) {
            return List.of(scaled(scope, x, along));
        }
        Shape shape = x.shape().permute(along);
        List<Value> operands = new ArrayList<>(List.of(x));
        if (gamma != null || beta != null) {
            operands.add(affine().scale(scope, shape));
        }
        if (beta != null) {
            operands.add(scope.parameter("beta"));
        }
        return scope.graph().add(new LayerNorm(along, epsilon), operands);
    }

    private Value scaled(LayerScope scope, Value x, List<Integer> along) {
        GraphBuilder g = scope.graph();
        Value centred = g.sub(x, g.reduce(ReduceFn.MEAN, x, along, true));
        Value variance = g.reduce(ReduceFn.MEAN, g.mul(centred, centred), along, true);
        Value y = g.div(x, g.unary(UnaryFn.SQRT, g.add(variance, epsilon)));
        return g.mul(y, g.reshape(scope.parameter("gamma"), Axes.kept(along, x.shape())));
    }
}
