package dev.convoy.layers;

import dev.convoy.tensor.TensorSpec;

/**
 * A parameter that a layer declares.
 *
 * @param name within the layer; Keras' name where there is one ({@code kernel}, {@code moving_mean})
 * @param spec type and shape, in Keras' layout
 * @param weight how it starts, what it costs and where it is held
 * @param trainable whether an optimizer changes it; a moving average is not trainable
 */
public record ParameterSpec(String name, TensorSpec spec, Weight weight, boolean trainable) {

    /** A trainable float32 parameter. */
    public static ParameterSpec trainable(String name, Weight weight, int... sizes) {
        return new ParameterSpec(name, TensorSpec.float32(sizes), weight, true);
    }

    /** A float32 parameter that only {@link LayerScope#update} changes. */
    public static ParameterSpec fixed(String name, Weight weight, int... sizes) {
        return new ParameterSpec(name, TensorSpec.float32(sizes), weight, false);
    }

    /** The same parameter under a longer name. */
    public ParameterSpec under(String prefix) {
        return new ParameterSpec(prefix + "/" + name, spec, weight, trainable);
    }

    public ParameterSpec withInitializer(Initializer initializer) {
        return new ParameterSpec(name, spec, weight.withInitializer(initializer), trainable);
    }

    /** The same parameter, not trained. */
    public ParameterSpec frozen() {
        return new ParameterSpec(name, spec, weight, false);
    }
}
