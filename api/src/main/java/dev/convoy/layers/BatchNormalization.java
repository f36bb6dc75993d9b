package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gamma · (x - mean) / √(variance + ε) + beta} per element of an axis (Keras 3 {@code BatchNormalization}; Ioffe
 * and Szegedy 2015). Inference, and training of a frozen layer, take the moving mean and variance. Training takes the batch's, the variance biased, and
 * moves the moving ones by {@code moving · momentum + batch · (1 - momentum)}. Parameters, each {@code [c]}:
 * {@code gamma} and {@code beta} (trainable), {@code moving_mean} and {@code moving_variance}.
 *
 * @param axis the axis that keeps its statistics apart; -1 by default
 * @param momentum 0.99 by default
 * @param epsilon 1e-3 by default
 * @param gamma ones by default; null leaves the scale out ({@code scale=False})
 * @param beta zeros by default; null leaves the offset out ({@code center=False})
 */
public record BatchNormalization(
        int axis,
        double momentum,
        double epsilon,
        @Nullable Weight gamma,
        @Nullable Weight beta) implements Layer {

    public static BatchNormalization of() {
        return new BatchNormalization(-1, 0.99, 1e-3, Affine.ONES, Affine.ZEROS);
    }

    public BatchNormalization axis(int value) {
        return new BatchNormalization(value, momentum, epsilon, gamma, beta);
    }

    public BatchNormalization momentum(double value) {
        return new BatchNormalization(axis, value, epsilon, gamma, beta);
    }

    public BatchNormalization epsilon(double value) {
        return new BatchNormalization(axis, momentum, value, gamma, beta);
    }

    /** Whether there is a gamma; true by default. */
    public BatchNormalization scale(boolean scale) {
        return new BatchNormalization(axis, momentum, epsilon, scale ? Affine.ONES : null, beta);
    }

    /** Whether there is a beta; true by default. */
    public BatchNormalization center(boolean center) {
        return new BatchNormalization(axis, momentum, epsilon, gamma, center ? Affine.ZEROS : null);
    }

    public BatchNormalization gamma(Weight value) {
        return new BatchNormalization(axis, momentum, epsilon, value, beta);
    }

    public BatchNormalization beta(Weight value) {
        return new BatchNormalization(axis, momentum, epsilon, gamma, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        int channels = channels(Inputs.one("BatchNormalization", inputs).shape());
        List<ParameterSpec> specs = new ArrayList<>(new Affine(gamma, beta).parameters(Shape.of(channels)));
        specs.add(ParameterSpec.fixed("moving_mean", Affine.ZEROS, channels));
        specs.add(ParameterSpec.fixed("moving_variance", Affine.ONES, channels));
        return specs;
    }

    private int channels(Shape x) {
        Check.of("BatchNormalization")
                .that(
                        axis >= -x.rank() && axis < x.rank() && x.axis(axis) != 0,
                        "L1",
                        "the axis is an axis of the input behind the batch",
                        "-" + (x.rank() - 1) + " <= axis < " + x.rank(),
                        axis);
        return x.size(axis);
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one("BatchNormalization", inputs);
        Shape channels = Shape.of(channels(x.shape()));
        Affine affine = new Affine(gamma, beta);
        Value scale = affine.scale(scope, channels);
        Value offset = affine.offset(scope, channels);
        Value mean = scope.parameter("moving_mean");
        Value variance = scope.parameter("moving_variance");
        if (!scope.training() || !scope.trainable()) {
            return List.of(g.add(new BatchNormInference(epsilon, axis), x, scale, offset, mean, variance));
        }
        List<Value> results = g.add(new BatchNormTraining(epsilon, axis), List.of(x, scale, offset));
        scope.update("moving_mean", moved(g, mean, results.get(1)));
        scope.update("moving_variance", moved(g, variance, results.get(2)));
        return results.subList(0, 1);
    }

    private Value moved(GraphBuilder g, Value moving, Value batch) {
        return g.add(g.mul(moving, momentum), g.mul(batch, 1 - momentum));
    }
}
