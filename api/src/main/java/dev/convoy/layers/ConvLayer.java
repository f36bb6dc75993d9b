package dev.convoy.layers;

import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.PadMode;
import java.util.List;

/**
 * The arguments that every convolution layer takes, each a method that returns the layer with that argument changed.
 *
 * @param <T> the layer
 */
public interface ConvLayer<T extends ConvLayer<T>> extends Layer {

    ConvConfig config();

    /** This layer with another configuration. */
    T with(ConvConfig config);

    /** Steps between windows, one number for all axes or one for each; 1 by default. */
    default T strides(Integer... strides) {
        return with(config().withGeometry(config().geometry().withStrides(List.of(strides))));
    }

    /** Distance of neighbouring kernel elements, one number for all axes or one for each; 1 by default. */
    default T dilationRate(Integer... rate) {
        return with(config().withGeometry(config().geometry().withDilationRate(List.of(rate))));
    }

    /** VALID by default. */
    default T padding(Padding padding) {
        return with(config().withGeometry(config().geometry().withPadding(padding)));
    }

    /** What is put into the padding: CONSTANT (zeros, the default), REFLECT, EDGE (replicate) or WRAP (circular). */
    default T paddingMode(PadMode mode) {
        return with(config().withGeometry(config().geometry().withPaddingMode(mode)));
    }

    /** CHANNELS_LAST by default; kernels are stored as {@code [k…, cin, cout]} in both. */
    default T dataFormat(Layout layout) {
        return with(config().withGeometry(config().geometry().withDataFormat(layout)));
    }

    /** LINEAR by default. */
    default T activation(ActivationFn activation) {
        return with(config().withActivation(activation));
    }

    /** Whether there is a bias; true by default. */
    default T useBias(boolean useBias) {
        return with(config().withUseBias(useBias));
    }

    /** Glorot uniform, without regularizer and constraint, by default. */
    default T kernel(Weight weight) {
        return with(config().withKernel(weight));
    }

    /** Zeros, without regularizer and constraint, by default. */
    default T bias(Weight weight) {
        return with(config().withBias(weight));
    }
}
