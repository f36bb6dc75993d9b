package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Idx;
import dev.convoy.data.Image;
import dev.convoy.data.Interpolation;
import dev.convoy.data.Npy;
import dev.convoy.data.Preprocessing;
import dev.convoy.data.Scaling;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Models of several exporters, as found: the outputs of ONNX Runtime without its optimisations, and pictures recognised. */
class OnnxModelsTest {

    /** What ONNX Runtime 1.29 recognises of the 500 CIFAR-10 test images of which the exact pixels are there. */
    private static final int CIFAR_CORRECT = 305;

    private static final Map<String, Backend> OPEN = new HashMap<>();

    private static Backend backend(String name) {
        return OPEN.computeIfAbsent(name, n -> BackendsUnderTest.provider(n).create(BackendOptions.defaults()));
    }

    @AfterAll
    static void close() {
        OPEN.values().forEach(Backend::close);
        OPEN.clear();
    }

    static Stream<Arguments> models() {
        return onEachBackend(
                "cifar10-pytorch04",
                "espcn-subpixel",
                "fastestdet",
                "mnist-cntk",
                "mnist-keras2onnx",
                "mnist-pytorch20-bn",
                "mnist-pytorch20-dynbatch",
                "residual-block-opset19",
                "squeezenet-fp16",
                "super-resolution-10",
                "traffic-tf2onnx",
                "ultraface-rfb-320",
                "yunet-n-320");
    }

    private static Stream<Arguments> onEachBackend(String... models) {
        return Stream.of(models).flatMap(m -> BackendsUnderTest.NAMES.stream().map(b -> Arguments.of(m, b)));
    }

    private static Path folder(String model) {
        return SharedData.of("onnx/models").resolve(model);
    }

    /** Within ten times what ONNX Runtime's own optimisations change, and at least 1e-5. */
    @ParameterizedTest
    @MethodSource("models")
    void computesWhatOnnxRuntimeComputes(String name, String backend) throws IOException {
        Path folder = folder(name);
        JsonNode meta = new ObjectMapper().readTree(folder.resolve("meta.json").toFile());
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (JsonNode input : meta.get("inputs")) {
            inputs.put(input.get("name").asString(), Npy.read(folder.resolve("input_" + inputs.size() + ".npy")));
        }
        try (Predictor predictor = Predictor.of(Models.load(folder.resolve("model.onnx")), backend(backend))) {
            Map<String, Tensor> outputs = predictor.predict(inputs);
            assertEquals(meta.get("outputs").size(), outputs.size());
            int index = 0;
            for (JsonNode output : meta.get("outputs")) {
                Tensor expected = Npy.read(folder.resolve("output_" + index++ + ".npy"));
                Tensor actual = outputs.get(output.get("name").asString());
                assertEquals(expected.spec(), actual.spec(), output::toString);
                double allowed = Math.max(
                        1e-5,
                        10
                                * output.get("max_abs_diff_between_ort_optimised_and_not")
                                        .asDouble());
                double difference = largestDifference(actual, expected);
                System.out.printf("%s on %s: %.2e, allowed %.2e%n", name, backend, difference, allowed);
                assertTrue(difference <= allowed, () -> output + " differs by " + difference);
            }
        }
    }

    /** NaN if one of the two has a NaN. */
    private static double largestDifference(Tensor actual, Tensor expected) {
        IntToDoubleFunction a = Elements.reals(actual);
        IntToDoubleFunction b = Elements.reals(expected);
        return IntStream.range(0, expected.size())
                .mapToDouble(i -> Math.abs(a.applyAsDouble(i) - b.applyAsDouble(i)))
                .reduce(0, Math::max);
    }

    static Stream<Arguments> digits() {
        return onEachBackend("mnist-cntk", "mnist-keras2onnx", "mnist-pytorch20-bn", "mnist-pytorch20-dynbatch");
    }

    /** The first 2000 test images; as many are right as ONNX Runtime gets right. */
    @ParameterizedTest
    @MethodSource("digits")
    void recognisesDigits(String name, String backend) throws IOException {
        JsonNode accuracy = new ObjectMapper()
                .readTree(folder(name).resolve("meta.json").toFile())
                .get("accuracy");
        int images = accuracy.get("of").asInt();
        byte[] pixels = (byte[])
                Idx.read(SharedData.of("mnist/t10k-images-idx3-ubyte.gz")).array();
        byte[] labels = (byte[])
                Idx.read(SharedData.of("mnist/t10k-labels-idx1-ubyte.gz")).array();
        Scaling scaling = switch (name) {
            case "mnist-cntk" -> Scaling.NONE;
            case "mnist-pytorch20-bn" -> Scaling.of(255, 0.1307f, 0.3081f);
            default -> Scaling.UNIT;
        };
        List<float[]> samples = IntStream.range(0, images)
                .mapToObj(n -> scaled(pixels, n * 28 * 28, 28 * 28, i -> scaling))
                .toList();
        assertEquals(accuracy.get("correct").asInt(), correct(name, backend, samples, labels));
    }

    static Stream<Arguments> pictures() {
        return onEachBackend("cifar10-pytorch04");
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void recognisesPictures(String name, String backend) throws IOException {
        byte[] stored;
        Path file = SharedData.of("cifar10/cifar10-exact-test-000-499.bin.gz");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            stored = in.readAllBytes();
        }
        int bytes = 1 + 3 * 32 * 32;
        byte[] labels = new byte[stored.length / bytes];
        assertEquals(500, labels.length);
        List<Float> mean = List.of(0.485f, 0.456f, 0.406f);
        List<float[]> samples = new ArrayList<>();
        for (int n = 0; n < labels.length; n++) {
            labels[n] = stored[n * bytes];
            samples.add(scaled(
                    stored, n * bytes + 1, bytes - 1, i -> Scaling.of(255, mean.get(i / (32 * 32)), 0.225f)));
        }
        assertEquals(CIFAR_CORRECT, correct(name, backend, samples, labels));
    }

    private interface ScalingAt {
        Scaling at(int element);
    }

    private static float[] scaled(byte[] pixels, int from, int count, ScalingAt scaling) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            Scaling of = scaling.at(i);
            float pixel = pixels[from + i] & 0xFF;
            values[i] = (pixel / of.divisor() - of.mean().getFirst())
                    / of.deviation().getFirst();
        }
        return values;
    }

    /** How many samples have their largest output at their label; the model takes one at a time. */
    private static int correct(String name, String backend, List<float[]> samples, byte[] labels) {
        int correct = 0;
        try (Predictor predictor = Predictor.of(Models.load(folder(name).resolve("model.onnx")), backend(backend))) {
            TensorSpec declared = predictor.model().inputs().firstEntry().getValue();
            int[] sizes = IntStream.range(0, declared.shape().rank())
                    .map(axis -> axis == 0 ? 1 : declared.shape().size(axis))
                    .toArray();
            for (int n = 0; n < samples.size(); n++) {
                Tensor output = predictor.predict(Tensor.of(samples.get(n), sizes));
                correct += largest(Elements.reals(output), output.size()) == labels[n] ? 1 : 0;
            }
        }
        return correct;
    }

    private static int largest(IntToDoubleFunction values, int count) {
        return IntStream.range(0, count)
                .reduce((a, b) -> values.applyAsDouble(b) > values.applyAsDouble(a) ? b : a)
                .orElseThrow();
    }

    static Stream<Arguments> photos() {
        return onEachBackend("chelsea.png", "coffee.png", "camera.png");
    }

    /** The first class is that of ONNX Runtime, in {@code photos/squeezenet-top5.tsv}. */
    @ParameterizedTest
    @MethodSource("photos")
    void squeezeNetSeesWhatIsOnPhotos(String photo, String backend) throws IOException {
        int expected = Files.readAllLines(SharedData.of("photos/squeezenet-top5.tsv")).stream()
                .map(line -> line.split("\t"))
                .filter(fields -> fields[0].equals(photo) && fields[1].equals("1"))
                .mapToInt(fields -> Integer.parseInt(fields[2]))
                .findFirst()
                .orElseThrow();
        Preprocessing preprocessing = new Preprocessing(
                "squeezenet",
                224,
                224,
                Preprocessing.Fit.CROP,
                Interpolation.BILINEAR,
                Preprocessing.Channels.BGR,
                new Scaling(1, List.of(104f, 117f, 123f), List.of(1f)));
        Tensor prepared = preprocessing.apply(Image.read(SharedData.of("photos").resolve(photo)));
        Path model = folder("squeezenet-fp16").resolve("model.onnx");
        try (Predictor predictor = Predictor.of(Models.load(model), backend(backend))) {
            Tensor output = predictor.predict(halfPrecisionPlanes(prepared));
            assertEquals(expected, largest(Elements.reals(output), output.size()));
        }
    }

    /** {@code [1, h, w, c]} as float16 {@code [1, c, h, w]}. */
    private static Tensor halfPrecisionPlanes(Tensor x) {
        int height = x.shape().size(1);
        int width = x.shape().size(2);
        int channels = x.shape().size(3);
        short[] planes = new short[x.size()];
        for (int i = 0; i < x.size(); i++) {
            planes[i % channels * height * width + i / channels] = Float.floatToFloat16(x.floats()[i]);
        }
        return Tensor.wrap(TensorSpec.of(DataType.FLOAT16, 1, channels, height, width), planes);
    }
}
