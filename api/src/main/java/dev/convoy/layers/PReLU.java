package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * {@code x} where {@code x >= 0}, else {@code alpha · x} with a learned alpha for each element of a sample (Keras 3
 * {@code PReLU}; He et al. 2015). Parameter: {@code alpha}, shaped as a sample, with 1 along the shared axes.
 *
 * @param alpha zeros by default
 * @param sharedAxes axes along which one alpha holds, counted with the batch as 0; none by default, [1, 2] for one alpha
 *     per channel of {@code [n, h, w, c]}
 */
public record PReLU(Weight alpha, List<Integer> sharedAxes) implements Layer {

    public PReLU {
        sharedAxes = List.copyOf(sharedAxes);
    }

    public static PReLU of() {
        return new PReLU(Weight.of(Initializers.ZEROS), List.of());
    }

    public PReLU alpha(Weight value) {
        return new PReLU(value, sharedAxes);
    }

    public PReLU sharedAxes(Integer... axes) {
        return new PReLU(alpha, List.of(axes));
    }

    @Override
    public List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        Shape x = Inputs.one("PReLU", inputs).shape();
        Check check = Check.of("PReLU");
        check.that(x.rank() >= 2, "L1", "the input has an axis behind the batch", "rank >= 2", x);
        Shape sample = x;
        for (int axis : sharedAxes) {
            check.that(
                    axis >= 1 && axis < x.rank(),
                    "L2",
                    "shared axes are axes of the input behind the batch",
                    "1 <= axis < " + x.rank(),
                    axis);
            sample = sample.with(axis, 1);
        }
        return List.of(ParameterSpec.trainable(
                "alpha", alpha, sample.slice(1, x.rank()).sizes()));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(scope.graph().add(new PRelu(), Inputs.one("PReLU", inputs), scope.parameter("alpha")));
    }
}
