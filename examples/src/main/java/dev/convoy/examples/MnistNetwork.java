package dev.convoy.examples;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;

/**
 * The network that TensorFlow 1's introductions build for MNIST. Their {@code keep_prob} of 0.75 says what dropout keeps;
 * {@link Dropout}, as Keras, is told what it drops.
 */
public final class MnistNetwork {

    private MnistNetwork() {}

    public static Model model() {
        return Sequential.of(
                Input.of(28, 28, 1),
                Conv2D.of(32, 5).padding(SAME).activation(RELU),
                MaxPooling2D.of(2).padding(SAME),
                Conv2D.of(64, 5).padding(SAME).activation(RELU),
                MaxPooling2D.of(2).padding(SAME),
                Flatten.of(),
                Dense.of(1024).activation(RELU),
                Dropout.of(0.25),
                Dense.of(10));
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
