package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code (x - mean) / max(√variance, 1e-7)}, or the inverse {@code mean + x · max(√variance, 1e-7)} (Keras 3
 * {@code Normalization}); integers become float32 first.
 *
 * <p>Either mean and variance are given here, or they are parameters, not trainable, shaped as the axes: {@code mean} and
 * {@code variance}. The {@code count} that Keras stores beside them takes no part.
 *
 * @param axes Keras' argument {@code axis}, whose elements have statistics of their own; [-1] by default, none for one mean
 *     and variance of everything
 * @param mean a float32 scalar, or a tensor that broadcasts with the axes, aligned at the last one; null for a parameter
 * @param variance of the same shape; null for a parameter
 * @param invert false by default
 */
public record Normalization(
        List<Integer> axes, @Nullable Tensor mean, @Nullable Tensor variance, boolean invert) implements Layer {

    private static final double EPSILON = 1e-7;

    /**
     * @throws dev.convoy.graph.GraphException if only one of mean and variance is given, or their shapes differ
     */
    public Normalization {
        axes = List.copyOf(axes);
        String first = mean == null ? "none" : mean.shape().toString();
        String second = variance == null ? "none" : variance.shape().toString();
        Check.of("Normalization")
                .that(
                        first.equals(second),
                        "L2",
                        "mean and variance are given both, in one shape, or neither",
                        first,
                        second);
    }

    /** With parameters for each element of the last axis. */
    public static Normalization of() {
        return new Normalization(List.of(-1), null, null, false);
    }

    /** With given statistics for each element of the last axis. */
    public static Normalization of(float[] mean, float[] variance) {
        return of().statistics(Tensor.of(mean, mean.length), Tensor.of(variance, variance.length));
    }

    public Normalization axis(Integer... value) {
        return new Normalization(List.of(value), mean, variance, invert);
    }

    public Normalization statistics(Tensor newMean, Tensor newVariance) {
        return new Normalization(axes, newMean, newVariance, invert);
    }

    public Normalization invert(boolean value) {
        return new Normalization(axes, mean, variance, value);
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        Shape x = Inputs.one("Normalization", inputs).shape();
        int[] sizes = x.permute(Axes.of("Normalization", axes, x)).sizes();
        return mean != null
                ? List.of()
                : List.of(
                        ParameterSpec.fixed("mean", Affine.ZEROS, sizes),
                        ParameterSpec.fixed("variance", Affine.ONES, sizes));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value given = Inputs.one("Normalization", inputs);
        Value x = given.spec().type().isReal() ? given : g.cast(given, DataType.FLOAT32);
        Value centre = statistic(scope, "mean", mean, x);
        Value root = g.unary(UnaryFn.SQRT, statistic(scope, "variance", variance, x));
        Value spread = g.binary(BinaryFn.MAX, root, EPSILON);
        return List.of(invert ? g.add(centre, g.mul(x, spread)) : g.div(g.sub(x, centre), spread));
    }

    private Value statistic(LayerScope scope, String name, @Nullable Tensor given, Value x) {
        GraphBuilder g = scope.graph();
        List<Integer> kept = Axes.of("Normalization", axes, x.shape());
        if (given == null) {
            return g.reshape(scope.parameter(name), Axes.kept(kept, x.shape()));
        }
        int rank = given.shape().rank();
        Check.of("Normalization")
                .that(
                        rank <= kept.size(),
                        "L3",
                        name + " has at most as many axes as there are in axis",
                        "rank <= " + kept.size(),
                        given.shape());
        List<Dim> dims = new ArrayList<>(Collections.nCopies(x.shape().rank(), Dim.of(1)));
        for (int i = 1; i <= rank; i++) {
            dims.set(kept.get(kept.size() - i), given.shape().dim(-i));
        }
        return g.reshape(g.cast(g.constant(given), x.spec().type()), Shape.ofDims(dims));
    }
}
