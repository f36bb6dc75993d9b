package dev.convoy.examples;

import static dev.convoy.layers.Activations.RELU;

import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Softmax;
import dev.convoy.layers.ZeroPadding2D;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import java.util.List;

/**
 * LeNet-5 (LeCun et al. 1998) as it is taught today, with ReLU and max pooling. Takes 28×28 digits with two black pixels
 * around them and gives ten logits.
 */
public final class LeNet5 {

    private LeNet5() {}

    public static Model model() {
        return Sequential.of(
                Input.of(32, 32, 1),
                Conv2D.of(6, 5).activation(RELU),
                MaxPooling2D.of(2),
                Conv2D.of(16, 5).activation(RELU),
                MaxPooling2D.of(2),
                Flatten.of(),
                Dense.of(120).activation(RELU),
                Dense.of(84).activation(RELU),
                Dense.of(10));
    }

    /**
     * LeNet-5 for MNIST's own 28×28 pictures: puts the two black pixels around them, and turns the logits into probabilities.
     */
    public static Model forMnist() {
        return Sequential.of(
                "lenet_5", Input.of(28, 28, 1), List.of(ZeroPadding2D.of(2), model().named("lenet"), Softmax.of()));
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
