package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the convolution layers have in common.
 *
 * @param filters output channels; for a depthwise convolution the depth multiplier
 * @param geometry window, strides, dilation, padding, data format
 * @param groups 1 by default
 * @param activation LINEAR by default
 * @param useBias true by default
 * @param kernel Glorot uniform by default
 * @param bias zeros by default
 */
public record ConvConfig(
        int filters,
        Geometry geometry,
        int groups,
        ActivationFn activation,
        boolean useBias,
        Weight kernel,
        Weight bias) {

    /**
     * @throws dev.convoy.graph.GraphException if filters or groups is not positive
     */
    public ConvConfig {
        Check check = Check.of("Conv");
        check.that(filters >= 1, "L4", "filters is at least 1", ">= 1", filters);
        check.that(groups >= 1, "L4", "groups is at least 1", ">= 1", groups);
    }

    static ConvConfig of(int filters, List<Integer> kernelSize, int rank) {
        Geometry geometry = Geometry.of(Geometry.spread(kernelSize, rank));
        Check.of("Conv")
                .that(geometry.rank() == rank, "L4", "kernel_size has one entry per spatial axis", rank, kernelSize);
        return new ConvConfig(
                filters,
                geometry,
                1,
                Activations.LINEAR,
                true,
                Weight.of(Initializers.GLOROT_UNIFORM),
                Weight.of(Initializers.ZEROS));
    }

    /** L4: there is at least one depthwise output per channel. */
    static void requireMultiplier(String layer, int depthMultiplier) {
        Check.of(layer).that(depthMultiplier >= 1, "L4", "depth_multiplier is at least 1", ">= 1", depthMultiplier);
    }

    ConvConfig withFilters(int value) {
        return new ConvConfig(value, geometry, groups, activation, useBias, kernel, bias);
    }

    ConvConfig withGeometry(Geometry value) {
        return new ConvConfig(filters, value, groups, activation, useBias, kernel, bias);
    }

    ConvConfig withGroups(int value) {
        return new ConvConfig(filters, geometry, value, activation, useBias, kernel, bias);
    }

    ConvConfig withActivation(ActivationFn value) {
        return new ConvConfig(filters, geometry, groups, value, useBias, kernel, bias);
    }

    ConvConfig withUseBias(boolean value) {
        return new ConvConfig(filters, geometry, groups, activation, value, kernel, bias);
    }

    ConvConfig withKernel(Weight value) {
        return new ConvConfig(filters, geometry, groups, activation, useBias, value, bias);
    }

    ConvConfig withBias(Weight value) {
        return new ConvConfig(filters, geometry, groups, activation, useBias, kernel, value);
    }

    /** The channels of an input, checked to have the window's rank. */
    int channels(String layer, TensorSpec input) {
        geometry.window(layer, input.shape());
        return input.shape()
                .size(geometry.dataFormat().channelAxis(input.shape().rank()));
    }

    /** Parameters {@code kernel [k…, cin / groups, filters]} and {@code bias [filters]}. */
    List<ParameterSpec> parameters(String layer, TensorSpec input) {
        int channels = channels(layer, input);
        Check.of(layer)
                .that(
                        channels % groups == 0 && filters % groups == 0,
                        "L5",
                        "input channels and filters are multiples of groups",
                        "multiples of " + groups,
                        channels + " and " + filters);
        return weights("kernel", kernelShape(channels / groups, filters), filters);
    }

    List<ParameterSpec> weights(String kernelName, int[] kernelShape, int outputs) {
        ParameterSpec weights = ParameterSpec.trainable(kernelName, kernel, kernelShape);
        return useBias ? List.of(weights, ParameterSpec.trainable("bias", bias, outputs)) : List.of(weights);
    }

    int[] kernelShape(int inputs, int outputs) {
        return Shape.of(geometry.size()).concat(Shape.of(inputs, outputs)).sizes();
    }

    /** Pads if the padding is no zeros, convolves, adds the bias and activates. */
    Value apply(String layer, LayerScope scope, Value x, Value kernelsLast, int opGroups) {
        return finish(scope, convolve(layer, scope.graph(), x, kernelsLast, opGroups));
    }

    /** Pads if the padding is no zeros, and convolves. */
    Value convolve(String layer, GraphBuilder g, Value x, Value kernelsLast, int opGroups) {
        Layout layout = geometry.dataFormat();
        Window window = geometry.window(layer, x.shape());
        Value padded = x;
        if (geometry.paddingMode() != PadMode.CONSTANT) {
            padded = pad(g, x, window);
            List<Integer> none = Collections.nCopies(window.rank(), 0);
            window = window.withPads(none, none);
        }
        return g.add(new Convolution(window, opGroups, layout), padded, stored(g, kernelsLast));
    }

    /** A kernel {@code [k…, in, out]} in the data format. */
    Value stored(GraphBuilder g, Value kernelsLast) {
        return g.transpose(
                kernelsLast,
                Layout.CHANNELS_LAST.kernelPermutationTo(
                        geometry.dataFormat(), kernelsLast.shape().rank()));
    }

    /** Convolves each channel with its own kernels, those of {@code [k…, c, multiplier]}. */
    Value depthwise(String layer, GraphBuilder g, Value x, Value kernel) {
        int channels = kernel.shape().size(-2);
        int multiplier = kernel.shape().size(-1);
        Value grouped = g.reshape(kernel, Shape.of(kernelShape(1, channels * multiplier)));
        return convolve(layer, g, x, grouped, channels);
    }

    /** Adds the bias and activates. */
    Value finish(LayerScope scope, Value y) {
        GraphBuilder g = scope.graph();
        Value biased = useBias ? g.add(y, perChannel(g, scope.parameter("bias"), geometry)) : y;
        return activation.apply(g, biased);
    }

    private static Value perChannel(GraphBuilder g, Value vector, Geometry geometry) {
        if (geometry.dataFormat() == Layout.CHANNELS_LAST) {
            return vector;
        }
        int[] sizes = IntStream.generate(() -> 1).limit(geometry.rank() + 1L).toArray();
        sizes[0] = vector.shape().size(0);
        return g.reshape(vector, Shape.of(sizes));
    }

    private Value pad(GraphBuilder g, Value x, Window window) {
        List<Integer> before = new ArrayList<>(Collections.nCopies(x.shape().rank(), 0));
        List<Integer> after = new ArrayList<>(before);
        for (int i = 0; i < window.rank(); i++) {
            before.set(
                    geometry.dataFormat().spatialStart() + i, window.padsBegin().get(i));
            after.set(geometry.dataFormat().spatialStart() + i, window.padsEnd().get(i));
        }
        return g.add(new Pad(geometry.paddingMode(), before, after, 0), x);
    }
}
