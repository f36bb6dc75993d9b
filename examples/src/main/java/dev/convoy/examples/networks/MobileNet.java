package dev.convoy.examples.networks;

import dev.convoy.layers.Activations;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.DepthwiseConv2D;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Padding;
import dev.convoy.layers.ReLU;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import java.util.ArrayList;
import java.util.List;

/** MobileNet (Howard et al. 2017): depthwise 3×3 and plain 1×1 convolutions in turn, with ReLU6. */
public final class MobileNet {

    private static final int[] FILTERS = {64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024};
    private static final int[] STRIDES = {1, 2, 1, 2, 1, 2, 1, 1, 1, 1, 1, 2, 1};

    private MobileNet() {}

    /**
     * For {@code [n, 224, 224, 3]}: probabilities of 1,000 classes.
     *
     * @param alpha what the number of filters of every convolution is multiplied with, and cut to a whole number
     */
    public static Model model(double alpha) {
        List<Layer> layers = new ArrayList<>();
        layers.add(Conv2D.of(filters(32, alpha), 3)
                .strides(2)
                .padding(Padding.of(1))
                .kernel(Weights.CONVOLUTION)
                .useBias(false));
        normalize(layers);
        for (int block = 0; block < FILTERS.length; block++) {
            layers.add(DepthwiseConv2D.of(3)
                    .strides(STRIDES[block])
                    .padding(Padding.of(1))
                    .kernel(Weights.DEPTHWISE_3X3)
                    .useBias(false));
            normalize(layers);
            layers.add(Conv2D.of(filters(FILTERS[block], alpha), 1)
                    .kernel(Weights.CONVOLUTION)
                    .useBias(false));
            normalize(layers);
        }
        layers.add(GlobalAveragePooling2D.of());
        layers.add(Dense.of(1000).activation(Activations.SOFTMAX));
        return Sequential.of("mobilenet", Input.of(224, 224, 3), layers);
    }

    private static int filters(int full, double alpha) {
        return (int) (full * alpha);
    }

    private static void normalize(List<Layer> layers) {
        layers.add(BatchNormalization.of());
        layers.add(ReLU.of().maxValue(6));
    }
}
