package dev.convoy.layers;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * Sets steps, all of whose elements along the last axis equal a value, to 0 (Keras 3 {@code Masking}). There is no mask:
 * later recurrent layers do not skip these steps, as they do in Keras.
 *
 * @param maskValue 0 by default
 */
public record Masking(double maskValue) implements ActivationLayer {

    public static Masking of() {
        return of(0);
    }

    public static Masking of(double maskValue) {
        return new Masking(maskValue);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Value differs = g.compare(CompareFn.NE, x, maskValue);
        Value kept = g.reduce(ReduceFn.MAX, differs, List.of(-1), true);
        return g.select(kept, x, g.scalar(0, x.spec().type()));
    }
}
