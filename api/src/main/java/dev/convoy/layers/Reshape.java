package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * The elements of each sample under another shape (Keras 3 {@code Reshape}).
 *
 * @param targetShape without the batch; one entry may be -1 and is then worked out
 */
public record Reshape(List<Integer> targetShape) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if more than one entry is -1, or one is smaller
     */
    public Reshape {
        targetShape = List.copyOf(targetShape);
        boolean valid = targetShape.stream().allMatch(d -> d >= -1)
                && targetShape.stream().filter(d -> d == -1).count() <= 1;
        Check.of("Reshape")
                .that(valid, "L1", "the target has sizes, of which one may be -1", ">= 0 or one -1", targetShape);
    }

    public static Reshape of(Integer... targetShape) {
        return new Reshape(List.of(targetShape));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("Reshape", inputs);
        Check check = Check.of("Reshape");
        check.that(x.shape().rank() >= 1, "L2", "the input has a batch axis", ">= 1", x.shape());
        long elements = x.shape().slice(1, x.shape().rank()).elements();
        long known = targetShape.stream().filter(d -> d != -1).mapToLong(d -> d).reduce(1, (a, b) -> a * b);
        boolean open = targetShape.contains(-1);
        check.that(
                open ? known != 0 && elements % known == 0 : elements == known,
                "L3",
                "the target has as many elements as a sample",
                elements,
                targetShape);
        List<Integer> sizes = targetShape.stream()
                .map(d -> d == -1 ? (Integer) (int) (elements / known) : d)
                .toList();
        return List.of(
                scope.graph().reshape(x, Shape.of(sizes).prepend(x.shape().dim(0))));
    }
}
