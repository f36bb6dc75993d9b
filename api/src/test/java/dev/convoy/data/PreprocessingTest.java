package dev.convoy.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.data.Preprocessing.Channels;
import dev.convoy.data.Preprocessing.Fit;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The named preprocessings, held to Pillow, NumPy and Keras' {@code preprocess_input}. */
class PreprocessingTest {

    private static final Image IMAGE = image();

    private static Image image() {
        try {
            return Image.decode(Resources.bytes("rgb.png"), "rgb.png");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static float[] pixel(Tensor tensor, int y, int x) {
        int channels = tensor.shape().size(3);
        int at = (y * tensor.shape().size(2) + x) * channels;
        return Arrays.copyOfRange(tensor.floats(), at, at + channels);
    }

    @Test
    void teachableMachineAsItsExportedCode() {
        Tensor tensor = Preprocessing.named("teachable-machine").withSize(7, 9).apply(IMAGE);
        assertEquals(TensorSpec.float32(1, 7, 9, 3), tensor.spec());
        // ImageOps.fit(image, (9, 7), LANCZOS), then x / 127.5 - 1 in float32
        assertArrayEquals(new float[] {0.13725495f, 0.5686275f, -0.19999999f}, pixel(tensor, 0, 0));
        assertArrayEquals(new float[] {0.6156863f, -0.1372549f, -0.05098039f}, pixel(tensor, 6, 8));
        double sum = 0;
        for (float value : tensor.floats()) {
            sum += value;
        }
        assertEquals(-8.545094966888428, sum, 1e-12);
    }

    @Test
    void teachableMachineTakes224() {
        assertEquals(
                TensorSpec.float32(1, 224, 224, 3),
                Preprocessing.named("teachable-machine").apply(IMAGE).spec());
    }

    @ParameterizedTest
    @CsvSource({
        "none,  181,                 75,                  87",
        "tf,    0.41960787773132324, -0.4117646813392639, -0.3176470398902893",
        "caffe, -16.939002990722656, -41.77899932861328,  57.31999969482422",
        "torch, 0.9816765189170837,  -0.7226889729499817, -0.28810447454452515",
        "unit,  0.7098039388656616,  0.29411765933036804, 0.34117648005485535"
    })
    void kerasModes(String name, float first, float second, float third) {
        Tensor tensor = Preprocessing.named(name).withSize(3, 4).apply(IMAGE);
        assertArrayEquals(new float[] {first, second, third}, pixel(tensor, 2, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "STRETCH, 137.2857208251953,  199.597412109375,   100.77922058105469, 193.93507, 214.35065, 115.02598",
        "CROP,    140.09091186523438, 209.68182373046875, 117.59091186523438, 193.0,     213.18182, 112.72728",
        "PAD,     0,                  0,                  0,                  193.97403, 221.63637, 127.14285"
    })
    void datasetAsKerasReadsFolders(Fit fit, float r, float g, float b, float red, float green, float blue) {
        Tensor tensor =
                Preprocessing.named("dataset").withFit(fit).withSize(7, 11).apply(IMAGE);
        // Keras 3.15.1: image_dataset_from_directory, with crop_to_aspect_ratio; Resizing with pad_to_aspect_ratio
        assertArrayEquals(new float[] {r, g, b}, pixel(tensor, 0, 0), 1e-4f);
        assertArrayEquals(new float[] {red, green, blue}, pixel(tensor, 2, 3), 1e-4f);
    }

    @Test
    void adaptsToTheNetwork() {
        Preprocessing unit = Preprocessing.named("unit");
        assertEquals(
                unit.withSize(28, 30).withChannels(Channels.GREY), unit.forInput(TensorSpec.float32(1, 28, 30, 1)));
        TensorSpec free = new TensorSpec(
                DataType.FLOAT32, Shape.ofDims(List.of(Dim.named("batch"), Dim.named("h"), Dim.named("w"), Dim.of(3))));
        assertEquals(unit, unit.forInput(free));
        assertEquals(
                TensorSpec.float32(1, 28, 30, 1),
                unit.forInput(TensorSpec.float32(1, 28, 30, 1)).apply(IMAGE).spec());
        assertEquals(
                unit.withSize(28, 30).withChannels(Channels.GREY), unit.forInput(TensorSpec.float32(1, 1, 28, 30)));
        assertThrows(IllegalArgumentException.class, () -> unit.forInput(TensorSpec.float32(1, 10)));
    }

    @Test
    void batchesImagesOfDifferentSizes() {
        Preprocessing unit = Preprocessing.named("unit").withSize(5, 5);
        Image other = IMAGE.resize(40, 11, Resampling.BOX);
        Tensor batch = unit.apply(List.of(IMAGE, other));
        assertEquals(TensorSpec.float32(2, 5, 5, 3), batch.spec());
        assertArrayEquals(unit.apply(other).floats(), Arrays.copyOfRange(batch.floats(), 75, 150));
    }

    @Test
    void unknownNamesListAll() {
        assertEquals(
                "There is no preprocessing 'tensorflow'. Remedy: take one of teachable-machine, tf, caffe, torch,"
                        + " unit, dataset, none",
                assertThrows(IllegalArgumentException.class, () -> Preprocessing.named("tensorflow"))
                        .getMessage());
    }

    @Test
    void threeMeansDoNotFitGreyImages() {
        Preprocessing torch = Preprocessing.named("torch");
        assertEquals(
                "Preprocessing 'torch' scales three channels, the network takes grey images. Remedy: take 'unit' or"
                        + " 'tf'",
                assertThrows(IllegalArgumentException.class, () -> torch.withChannels(Channels.GREY))
                        .getMessage());
    }
}
