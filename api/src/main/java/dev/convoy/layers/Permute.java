package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reorders the axes behind the batch (Keras 3 {@code Permute}): axis i of the result is axis {@code dims[i - 1]} of the
 * input.
 *
 * @param dims the axes, counted with the batch as 0: [2, 1] swaps the axes of {@code [n, a, b]}
 */
public record Permute(List<Integer> dims) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the numbers from 1 on are not there once each
     */
    public Permute {
        dims = List.copyOf(dims);
        List<Integer> axes = IntStream.rangeClosed(1, dims.size()).boxed().toList();
        Check.of("Permute")
                .that(dims.stream().sorted().toList().equals(axes), "L1", "dims names each axis once", axes, dims);
    }

    public static Permute of(Integer... dims) {
        return new Permute(List.of(dims));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("Permute", inputs);
        Check.of("Permute")
                .that(
                        x.shape().rank() == dims.size() + 1,
                        "L2",
                        "dims has one entry per axis behind the batch",
                        "rank " + (dims.size() + 1),
                        x.shape());
        List<Integer> permutation = new ArrayList<>(List.of(0));
        permutation.addAll(dims);
        return List.of(scope.graph().transpose(x, permutation));
    }
}
