package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * The input as it is, whose size Keras adds to the loss as {@code l1 · Σ|x| + l2 · Σx²} (Keras 3
 * {@code ActivityRegularization}). A layer has no part in Convoy's loss, so a model with this layer is for inference, or
 * for training with both numbers 0.
 *
 * @param l1 0 by default
 * @param l2 0 by default
 */
public record ActivityRegularization(double l1, double l2) implements Layer {

    public static ActivityRegularization of(double l1, double l2) {
        return new ActivityRegularization(l1, l2);
    }

    /**
     * @throws dev.convoy.graph.GraphException in training, if a number is not 0
     */
    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("ActivityRegularization", inputs);
        Check.of("ActivityRegularization")
                .that(
                        !scope.training() || l1 == 0 && l2 == 0,
                        "L1",
                        "a layer cannot add to the loss in training; leave it out, or regularize weights instead",
                        "l1 0 and l2 0",
                        "l1 " + l1 + " and l2 " + l2);
        return List.of(x);
    }
}
