package dev.convoy.examples;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Activations.SOFTMAX;
import static dev.convoy.layers.Padding.SAME;

import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import java.util.List;

/** A first network for Fashion-MNIST: one convolution, and the ten probabilities of a piece of clothing. */
public final class FashionMnistNetwork {

    /** The classes of Fashion-MNIST, in the order of their numbers. */
    public static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private FashionMnistNetwork() {}

    /** The layers have the names that Keras gives them in a session's second model. */
    public static Model model() {
        return Sequential.of( // tf.keras.models.Sequential([
                "sequential_1",
                Input.of(28, 28, 1), // Input(shape = (28,28,1)),
                List.of(
                        // Conv2D(filters=16, kernel_size=(3,3), strides=(1,1), padding='same', activation=tf.nn.relu),
                        Conv2D.of(16, 3).padding(SAME).activation(RELU).named("conv2d"),
                        // MaxPooling2D(pool_size = (2,2)),
                        MaxPooling2D.of(2).named("max_pooling2d"),
                        // Flatten(),
                        Flatten.of().named("flatten_1"),
                        // Dense(128, activation=tf.nn.relu),
                        Dense.of(128).activation(RELU).named("dense_2"),
                        // Dense(10, activation=tf.nn.softmax)])
                        Dense.of(10).activation(SOFTMAX).named("dense_3")));
    }

    public static void main(String[] args) {
        System.out.println(model().summary());
    }
}
