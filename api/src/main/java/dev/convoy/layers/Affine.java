package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The learned scale {@code gamma} and offset {@code beta} of the normalisation layers, each of which may be absent. */
record Affine(@Nullable Weight gamma, @Nullable Weight beta) {

    static final Weight ZEROS = Weight.of(Initializers.ZEROS);
    static final Weight ONES = Weight.of(Initializers.ONES);

    List<ParameterSpec> parameters(Shape shape) {
        List<ParameterSpec> specs = new ArrayList<>();
        if (gamma != null) {
            specs.add(ParameterSpec.trainable("gamma", gamma, shape.sizes()));
        }
        if (beta != null) {
            specs.add(ParameterSpec.trainable("beta", beta, shape.sizes()));
        }
        return specs;
    }

    /** The parameter, or ones. */
    Value scale(LayerScope scope, Shape shape) {
        return gamma != null ? scope.parameter("gamma") : constant(scope.graph(), shape, 1);
    }

    /** The parameter, or zeros. */
    Value offset(LayerScope scope, Shape shape) {
        return beta != null ? scope.parameter("beta") : constant(scope.graph(), shape, 0);
    }

    private static Value constant(GraphBuilder g, Shape shape, double value) {
        return g.constant(Tensor.full(TensorSpec.float32(shape.sizes()), value));
    }
}
