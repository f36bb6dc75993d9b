package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Image;
import dev.convoy.data.Preprocessing;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ImageInputTest {

    private static final Image IMAGE = Image.of(2, 2, 3, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});

    private static Model model(int... shape) {
        return Sequential.of(Input.of(shape), Flatten.of());
    }

    @Test
    void channelsLastIsTheImagesOwnOrder() {
        Tensor tensor = ImageInput.of(model(2, 2, 3), "none").tensor(IMAGE);
        assertEquals(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, 1, 2, 2, 3), tensor);
    }

    @Test
    void channelsFirstIsTransposed() {
        Tensor tensor = ImageInput.of(model(3, 2, 2), "none").tensor(IMAGE);
        assertEquals(Tensor.of(new float[] {1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12}, 1, 3, 2, 2), tensor);
    }

    @Test
    void guessesByTheInput() {
        ImageInput teachable = ImageInput.of(model(224, 224, 3), null);
        assertEquals(Preprocessing.named("teachable-machine"), teachable.preprocessing());
        assertTrue(teachable.guessed());
        assertEquals(
                "unit", ImageInput.of(model(28, 28, 1), null).preprocessing().name());
    }

    @Test
    void guessesThatColourImagesWithChannelsFirstAreForPyTorch() {
        assertEquals(
                Preprocessing.named("torch"),
                ImageInput.of(model(3, 224, 224), null).preprocessing());
        assertEquals(
                "unit", ImageInput.of(model(1, 28, 28), null).preprocessing().name());
    }

    @Test
    void theModelKnowsBest() {
        Model model = model(224, 224, 3).withPreprocessing(Preprocessing.named("caffe"));
        ImageInput input = ImageInput.of(model, null);
        assertEquals(Preprocessing.named("caffe"), input.preprocessing());
        assertFalse(input.guessed());
        assertEquals("torch", ImageInput.of(model, "torch").preprocessing().name(), "unless the user says otherwise");
    }

    @Test
    void otherInputsTakeNoImages() {
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> ImageInput.of(model(10), null))
                        .getMessage())
                .startsWith("The network takes float32[batch, 10], images are "));
    }
}
