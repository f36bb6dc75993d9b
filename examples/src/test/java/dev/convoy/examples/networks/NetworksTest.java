package dev.convoy.examples.networks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.models.Model;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers of parameters are those of {@code keras.applications} (MobileNet, MobileNetV2, VGG16) and of torchvision
 * (ResNet-50, whose convolutions have no bias either); that of ResNet-18 is worked out by hand.
 */
class NetworksTest {

    static Stream<Arguments> networks() {
        return Stream.of(
                Arguments.of(ResNet.resNet50(), 25_557_032, 1000),
                Arguments.of(ResNet.resNet18ForCifar10(), cifarParameters(), 10),
                Arguments.of(MobileNet.model(1), 4_231_976, 1000),
                Arguments.of(MobileNetV2.model(), 3_504_872, 1000),
                Arguments.of(Vgg16.model(), 138_357_544, 1000));
    }

    private static int cifarParameters() {
        int parameters = 9 * 3 * 64 + 2 * 64;
        int before = 64;
        for (int filters : new int[] {64, 128, 256, 512}) {
            int first = 9 * before * filters + 9 * filters * filters + 4 * filters;
            int second = 2 * 9 * filters * filters + 4 * filters;
            int shortcut = before == filters ? 0 : before * filters + 2 * filters;
            parameters += first + second + shortcut;
            before = filters;
        }
        return parameters + 512 * 10 + 10;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainableParametersAreTheOriginals(Model model, int parameters, int classes) {
        assertEquals(parameters, model.summary().trainable());
        assertEquals(classes, model.outputs().firstEntry().getValue().shape().size(1));
    }
}
