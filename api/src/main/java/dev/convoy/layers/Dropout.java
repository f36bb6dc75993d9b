package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * In training, sets elements to 0 with probability {@code rate} and multiplies the others by {@code 1 / (1 - rate)}, so
 * that the expectation stays; at inference changes nothing (Keras 3 {@code Dropout}; Srivastava et al. 2014, inverted).
 *
 * @param rate what is dropped, in {@code [0, 1)}
 * @param sharedAxes axes along which one decision holds for all elements (Keras' {@code noise_shape} with a 1 there);
 *     none by default
 */
public record Dropout(double rate, List<Integer> sharedAxes) implements Layer {

    /**
     * @throws dev.convoy.graph.GraphException if the rate is outside {@code [0, 1)}
     */
    public Dropout {
        sharedAxes = List.copyOf(sharedAxes);
        Masks.checkRate("Dropout", rate);
    }

    public static Dropout of(double rate) {
        return new Dropout(rate, List.of());
    }

    public Dropout sharedAxes(Integer... axes) {
        return new Dropout(rate, List.of(axes));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        return List.of(Masks.dropout(scope, Inputs.one("Dropout", inputs), rate, sharedAxes));
    }
}
