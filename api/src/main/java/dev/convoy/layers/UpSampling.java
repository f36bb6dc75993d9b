package dev.convoy.layers;

import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.graph.composite.Resize;
import java.util.ArrayList;
import java.util.List;

/** What the upsampling layers do: multiply the sizes of the spatial axes. */
final class UpSampling {

    private UpSampling() {}

    static List<Value> apply(
            SpatialAxes axes, LayerScope scope, List<Value> inputs, List<Integer> factors, Interpolation method) {
        Value x = Inputs.one(axes.layer(), inputs);
        axes.require(x.shape());
        axes.entries("size", factors, 1);
        List<Integer> present = axes.sizes(x.shape());
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            sizes.add(Math.multiplyExact(present.get(i), factors.get(i)));
        }
        return List.of(scope.graph().add(new Resize(axes.axes(), sizes, method, false), x));
    }
}
