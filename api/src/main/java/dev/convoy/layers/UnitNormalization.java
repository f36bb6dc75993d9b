package dev.convoy.layers;

import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code x / max(|x|, 1e-12)} with the Euclidean norm along some axes (Keras 3 {@code UnitNormalization}).
 *
 * @param axes Keras' argument {@code axis}; [-1] by default
 */
public record UnitNormalization(List<Integer> axes) implements Layer {

    public UnitNormalization {
        axes = List.copyOf(axes);
    }

    public static UnitNormalization of() {
        return of(-1);
    }

    public static UnitNormalization of(Integer... axes) {
        return new UnitNormalization(List.of(axes));
    }

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        Value x = Inputs.one("UnitNormalization", inputs);
        List<Integer> along = Axes.of("UnitNormalization", axes, x.shape());
        return List.of(Axes.normalize(scope.graph(), x, along, 1e-12));
    }
}
