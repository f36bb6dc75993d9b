package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the separable convolution layers do. */
final class SeparableConv {

    private SeparableConv() {}

    static void check(String layer, int depthMultiplier) {
        Check.of(layer).that(depthMultiplier >= 1, "L4", "depth_multiplier is at least 1", ">= 1", depthMultiplier);
    }

    static List<ParameterSpec> parameters(
            String layer, ConvConfig config, int multiplier, Weight depthwise, List<TensorSpec> inputs) {
        int channels = config.channels(layer, Inputs.one(layer, inputs));
        List<Integer> point =
                new ArrayList<>(Collections.nCopies(config.geometry().rank(), 1));
        point.addAll(List.of(channels * multiplier, config.filters()));
        List<ParameterSpec> specs = new ArrayList<>();
        specs.add(ParameterSpec.trainable("depthwise_kernel", depthwise, config.kernelShape(channels, multiplier)));
        int[] sizes = point.stream().mapToInt(Integer::intValue).toArray();
        specs.addAll(config.weights("pointwise_kernel", sizes, config.filters()));
        return specs;
    }

    static List<Value> apply(String layer, ConvConfig config, LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Value x = Inputs.one(layer, inputs);
        Value deep = config.depthwise(layer, g, x, scope.parameter("depthwise_kernel"));
        Window one = Window.of(Collections.nCopies(config.geometry().rank(), 1));
        Value kernel = config.stored(g, scope.parameter("pointwise_kernel"));
        Value y = g.add(new Convolution(one, 1, config.geometry().dataFormat()), deep, kernel);
        return List.of(config.finish(scope, y));
    }
}
