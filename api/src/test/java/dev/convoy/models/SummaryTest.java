package dev.convoy.models;

import static dev.convoy.layers.Activations.RELU;
import static dev.convoy.layers.Activations.SOFTMAX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    /** The table as Keras 2 prints it, with the layer names of the documented run. */
    @Test
    void printsTheDocumentedTableOfTheFashionNetwork() {
        Model model = Sequential.of(
                "sequential_1",
                Input.of(28, 28, 1),
                List.of(
                        Conv2D.of(16, 3).padding(Padding.SAME).activation(RELU),
                        MaxPooling2D.of(2),
                        Flatten.of().named("flatten_1"),
                        Dense.of(128).activation(RELU).named("dense_2"),
                        Dense.of(10).activation(SOFTMAX).named("dense_3")));
        String expected = """
            Model: "sequential_1"
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #  \s
            =================================================================
            conv2d (Conv2D)              (None, 28, 28, 16)        160      \s
            _________________________________________________________________
            max_pooling2d (MaxPooling2D) (None, 14, 14, 16)        0        \s
            _________________________________________________________________
            flatten_1 (Flatten)          (None, 3136)              0        \s
            _________________________________________________________________
            dense_2 (Dense)              (None, 128)               401536   \s
            _________________________________________________________________
            dense_3 (Dense)              (None, 10)                1290     \s
            =================================================================
            Total params: 402,986
            Trainable params: 402,986
            Non-trainable params: 0
            _________________________________________________________________
            """;
        assertEquals(expected, model.summary().toString());
    }

    @Test
    void namesInputsAndConnectionsOfAFunctionalModel() {
        Symbol image = Symbol.input(8, 8, 4);
        Symbol branch = image.to(Conv2D.of(4, 3).padding(Padding.SAME)).to(BatchNormalization.of());
        Model model = Functional.of(image, branch.to(Add.of(), image));
        Summary summary = model.summary();
        assertEquals(
                List.of("input", "conv2d", "batch_normalization", "add"),
                summary.rows().stream().map(Summary.Row::name).toList());
        assertEquals(
                List.of("batch_normalization", "input"),
                summary.rows().getLast().inputs());
        assertEquals(3 * 3 * 4 * 4 + 4 + 4 * 2, summary.trainable());
        assertEquals(4 * 2, summary.nonTrainable());
    }
}
