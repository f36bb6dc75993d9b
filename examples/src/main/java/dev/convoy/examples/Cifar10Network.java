package dev.convoy.examples;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;

/**
 * A network for the 32×32 colour pictures of CIFAR-10: twice convolution and pooling, then ten logits. With ReLU, since layers
 * without activations between them do no more than one of them.
 */
public final class Cifar10Network {

    private Cifar10Network() {}

    public static Model model() {
        return Sequential.of(
                Input.of(32, 32, 3),
                Conv2D.of(32, 3).padding(SAME).activation(RELU),
                MaxPooling2D.of(2).strides(2),
                Conv2D.of(64, 3).padding(SAME).activation(RELU),
                MaxPooling2D.of(2).strides(2),
                Flatten.of(),
                Dense.of(128).activation(RELU),
                Dense.of(10));
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
