package dev.convoy.data.augment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Interpolation;
import dev.convoy.tensor.SplitMix64;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Translation, rotation and zoom give what Keras gives. */
class MovedPicturesTest {

    private static final SplitMix64 RANDOM = SplitMix64.of(3);
    private static final Tensor PICTURE =
            Tensor.of(new float[] {0, 10, 20, 30, 41, 52, 63, 74, 82, 85, 88, 91}, 3, 4, 1);

    static Stream<Arguments> moves() throws IOException {
        try (InputStream in = Objects.requireNonNull(MovedPicturesTest.class.getResourceAsStream("keras-moves.tsv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.split("\t")));
        }
    }

    private static Augmentation move(String layer, double[] f, Sampling sampling) {
        return switch (layer) {
            case "translation" ->
                RandomTranslation.of(exactly(f[0]), exactly(f[1])).sampling(sampling);
            case "rotation" -> RandomRotation.of(exactly(f[0])).sampling(sampling);
            case "zoom" -> RandomZoom.of(exactly(f[0]), exactly(f[1])).sampling(sampling);
            default -> throw new IllegalArgumentException(layer);
        };
    }

    private static Factor exactly(double value) {
        return new Factor(value, value);
    }

    private static double[] numbers(String text) {
        return Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static double[] doubles(Tensor tensor) {
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return values;
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}")
    @MethodSource("moves")
    void agreesWithKeras(String layer, String factors, String fillMode, String interpolation, String pixels) {
        Sampling sampling = new Sampling(FillMode.valueOf(fillMode), Interpolation.valueOf(interpolation), 7);
        Tensor moved = move(layer, numbers(factors), sampling).apply(PICTURE, RANDOM);
        assertEquals(PICTURE.spec(), moved.spec());
        assertArrayEquals(numbers(pixels), doubles(moved), 2e-4);
    }

    @Test
    void movesAllChannelsOfAPixelTogether() {
        Tensor colours = Tensor.of(new float[] {1, 10, 2, 20, 3, 30}, 1, 3, 2);
        Sampling sampling = Sampling.DEFAULT.fillMode(FillMode.CONSTANT).fillValue(-1);
        Tensor moved = RandomTranslation.of(exactly(0), exactly(1 / 3.0))
                .sampling(sampling)
                .apply(colours, RANDOM);
        assertArrayEquals(new double[] {-1, -1, 1, 10, 2, 20}, doubles(moved), 1e-5);
    }

    @Test
    void zoomKeepsTheAspectRatioWhenToldOneFactor() {
        SplitMix64 random = SplitMix64.of(11);
        double drawn = Factor.of(0.5).at(random.uniform(0));
        assertEquals(
                RandomZoom.of(exactly(drawn), exactly(drawn)).apply(PICTURE, RANDOM),
                RandomZoom.of(0.5).apply(PICTURE, random));
    }

    @Test
    void refusesFactorsThatKerasRefuses() {
        assertThrows(IllegalArgumentException.class, () -> RandomTranslation.of(1.1, 0));
        assertThrows(IllegalArgumentException.class, () -> RandomRotation.of(-1.1));
        assertThrows(IllegalArgumentException.class, () -> RandomZoom.of(-1.0));
        assertThrows(IllegalArgumentException.class, () -> RandomZoom.of(Double.NaN));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Sampling.DEFAULT.interpolation(Interpolation.BICUBIC))
                .getMessage();
        assertTrue(message.contains("BILINEAR or NEAREST"), message);
    }
}
