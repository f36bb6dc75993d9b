package dev.convoy.examples.networks;

import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import java.util.ArrayList;
import java.util.List;

/** VGG with 16 layers that have weights (Simonyan and Zisserman 2014, configuration D). */
public final class Vgg16 {

    private static final int[][] STAGES = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};

    private Vgg16() {}

    /** For {@code [n, 224, 224, 3]}: probabilities of 1,000 classes. */
    public static Model model() {
        List<Layer> layers = new ArrayList<>();
        for (int[] stage : STAGES) {
            for (int i = 0; i < stage[1]; i++) {
                layers.add(Conv2D.of(stage[0], 3)
                        .padding(Padding.SAME)
                        .kernel(Weights.CONVOLUTION)
                        .activation(Activations.RELU));
            }
            layers.add(MaxPooling2D.of(2));
        }
        layers.add(Flatten.of());
        layers.add(Dense.of(4096).activation(Activations.RELU));
        layers.add(Dense.of(4096).activation(Activations.RELU));
        layers.add(Dense.of(1000).activation(Activations.SOFTMAX));
        return Sequential.of("vgg16", Input.of(224, 224, 3), layers);
    }
}
