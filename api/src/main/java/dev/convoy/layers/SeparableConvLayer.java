package dev.convoy.layers;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A convolution layer that convolves each channel by itself, and then all channels with a kernel of size 1. Parameters:
 * {@code depthwise_kernel [k…, c, depthMultiplier]}, {@code pointwise_kernel [1…, c · depthMultiplier, filters]} and
 * {@code bias [filters]}. The kernel of {@link #config} is the pointwise one.
 *
 * @param <T> the layer
 */
public interface SeparableConvLayer<T extends SeparableConvLayer<T>> extends ConvLayer<T> {

    /** Depthwise outputs per input channel. */
    int depthMultiplier();

    /** How the depthwise kernel is treated in training. */
    Weight depthwise();

    /** This layer with other arguments. */
    T with(ConvConfig config, int depthMultiplier, Weight depthwise);

    @Override
    default T with(ConvConfig config) {
        return with(config, depthMultiplier(), depthwise());
    }

    /** Depthwise outputs per input channel; 1 by default. */
    default T depthMultiplier(int value) {
        return with(config(), value, depthwise());
    }

    /** Glorot uniform, without regularizer and constraint, by default. */
    default T depthwise(Weight value) {
        return with(config(), depthMultiplier(), value);
    }

    /** The same as {@link #kernel}, by Keras' name. */
    default T pointwise(Weight value) {
        return kernel(value);
    }

    @Override
    default List<ParameterSpec> parameters(List<TensorSpec> inputs) {
        ConvConfig config = config();
        int channels = config.channels(className(), Inputs.one(className(), inputs));
        List<Integer> point =
                new ArrayList<>(Collections.nCopies(config.geometry().rank(), 1));
        point.addAll(List.of(channels * depthMultiplier(), config.filters()));
        List<ParameterSpec> specs = new ArrayList<>();
        int[] deep = config.kernelShape(channels, depthMultiplier());
        specs.add(ParameterSpec.trainable("depthwise_kernel", depthwise(), deep));
        int[] sizes = point.stream().mapToInt(Integer::intValue).toArray();
        specs.addAll(config.weights("pointwise_kernel", sizes, config.filters()));
        return specs;
    }

    @Override
    default List<Value> apply(LayerScope scope, List<Value> inputs) {
        ConvConfig config = config();
        GraphBuilder g = scope.graph();
        Value x = Inputs.one(className(), inputs);
        Value deep = config.depthwise(className(), g, x, scope.parameter("depthwise_kernel"));
        Window one = Window.of(Collections.nCopies(config.geometry().rank(), 1));
        Value kernel = config.stored(g, scope.parameter("pointwise_kernel"));
        Value y = g.add(new Convolution(one, 1, config.geometry().dataFormat()), deep, kernel);
        return List.of(config.finish(scope, y));
    }
}
