package dev.convoy.examples.networks;

import dev.convoy.layers.Initializers;
import dev.convoy.layers.Initializers.Distribution;
import dev.convoy.layers.Initializers.FanMode;
import dev.convoy.layers.Weight;

/** First weights with which activations neither vanish nor explode behind ReLU (He et al. 2015). */
final class Weights {

    static final Weight CONVOLUTION = Weight.of(Initializers.HE_NORMAL);

    /** Each channel sees nine inputs; HE_NORMAL would count those of all channels. */
    static final Weight DEPTHWISE_3X3 = Weight.of(new Initializers.RandomNormal(0, Math.sqrt(2.0 / 9)));

    /** Of the last convolution of a residual branch: sixteen branches together add no more than their input. */
    static final Weight BRANCH_END =
            Weight.of(new Initializers.VarianceScaling(1.0 / 16, FanMode.FAN_IN, Distribution.TRUNCATED_NORMAL));

    private Weights() {}
}
