package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.GroupNorm;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code gamma · (x - mean) / √(variance + ε) + beta} with mean and variance over each group of neighbouring channels of a
 * sample (Keras 3 {@code GroupNormalization}; Wu and He 2018). Parameters, each {@code [c]}: {@code gamma} and
 * {@code beta}.
 *
 * @param groups 32 by default; -1 for one group per channel (instance normalisation)
 * @param axis of the channels; -1 by default
 * @param epsilon 1e-3 by default
 * @param gamma ones by default; null leaves the scale out ({@code scale=False})
 * @param beta zeros by default; null leaves the offset out ({@code center=False})
 */
public record GroupNormalization(
        int groups,
        int axis,
        double epsilon,
        @Nullable Weight gamma,
        @Nullable Weight beta) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if groups is neither positive nor -1
     */
    public GroupNormalization {
        Check.of("GroupNormalization")
                .that(groups >= 1 || groups == -1, "L2", "groups is at least 1, or -1", ">= 1 or -1", groups);
    }

    public static GroupNormalization of() {
        return of(32);
    }

    public static GroupNormalization of(int groups) {
        return new GroupNormalization(groups, -1, 1e-3, Affine.ONES, Affine.ZEROS);
    }

    public GroupNormalization axis(int value) {
        return new GroupNormalization(groups, value, epsilon, gamma, beta);
    }

    public GroupNormalization epsilon(double value) {
        return new GroupNormalization(groups, axis, value, gamma, beta);
    }

    /** Whether there is a gamma; true by default. */
    public GroupNormalization scale(boolean scale) {
        return new GroupNormalization(groups, axis, epsilon, scale ? Affine.ONES : null, beta);
    }

    /** Whether there is a beta; true by default. */
    public GroupNormalization center(boolean center) {
        return new GroupNormalization(groups, axis, epsilon, gamma, center ? Affine.ZEROS : null);
    }

    public GroupNormalization gamma(Weight value) {
        return new GroupNormalization(groups, axis, epsilon, value, beta);
    }

    public GroupNormalization beta(Weight value) {
        return new GroupNormalization(groups, axis, epsilon, gamma, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        return new Affine(gamma, beta)
                .parameters(channels(Inputs.one("GroupNormalization", inputs).shape()));
    }

    private Shape channels(Shape x) {
        Shape channels = x.permute(Axes.behindBatch("GroupNormalization", List.of(axis), x));
        Check.of("GroupNormalization")
                .that(
                        groups == -1 || channels.size(0) % groups == 0,
                        "L3",
                        "channels are a multiple of groups",
                        "a multiple of " + groups,
                        channels.size(0));
        return channels;
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("GroupNormalization", inputs);
        Shape channels = channels(x.shape());
        Affine affine = new Affine(gamma, beta);
        GroupNorm op = new GroupNorm(groups == -1 ? channels.size(0) : groups, epsilon, axis);
        return List.of(scope.graph().add(op, x, affine.scale(scope, channels), affine.offset(scope, channels)));
    }
}
