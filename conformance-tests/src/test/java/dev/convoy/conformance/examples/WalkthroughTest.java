package dev.convoy.conformance.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Padding;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.walkthrough.ConvolutionWalk;
import dev.convoy.walkthrough.ImageKernel;
import dev.convoy.walkthrough.Matrices;
import dev.convoy.walkthrough.ParameterCount;
import dev.convoy.walkthrough.PoolingStep;
import dev.convoy.walkthrough.PoolingWalk;
import dev.convoy.walkthrough.Step;
import dev.convoy.walkthrough.Walkthrough;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/**
 * Every documented example with numbers, worked out by hand: each step's value is exactly the one that the document's
 * numbers give, without tolerance.
 */
class WalkthroughTest {

    private static final Map<String, Integer> NUMERIC = Map.of(
            "conv2d", 19,
            "conv2d_channels_first", 1,
            "max_pool2d", 6,
            "avg_pool2d", 3,
            "conv_output_size", 8,
            "pool_output_size", 1,
            "conv_shape", 9,
            "pool_shape", 2);

    private static Stream<Example> examples(String kind) {
        return DocumentedExamples.read().stream()
                .filter(example -> example.kind().equals(kind));
    }

    @TestFactory
    Stream<DynamicTest> numericExamples() {
        return DocumentedExamples.read().stream()
                .filter(example -> NUMERIC.containsKey(example.kind()))
                .map(example -> DynamicTest.dynamicTest(example.id(), () -> check(example)));
    }

    @Test
    void noExampleIsMissing() {
        Map<String, Integer> counts = new TreeMap<>();
        DocumentedExamples.read().forEach(example -> counts.merge(example.kind(), 1, Integer::sum));
        counts.keySet().retainAll(NUMERIC.keySet());
        assertEquals(new TreeMap<>(NUMERIC), counts);
    }

    private static void check(Example example) {
        switch (example.kind()) {
            case "conv2d" -> requireSteps(example.matrix("expected"), convolution(example));
            case "conv2d_channels_first" -> channels(example);
            case "max_pool2d" -> pooling(example, PoolingStep.Kind.MAX);
            case "avg_pool2d" -> pooling(example, PoolingStep.Kind.AVERAGE);
            case "conv_output_size", "pool_output_size" -> size(example);
            case "conv_shape" -> convolutionShape(example);
            case "pool_shape" -> poolShape(example);
            default -> throw new AssertionError(example.kind());
        }
    }

    private static ConvolutionWalk convolution(Example example) {
        Tensor input = plane(example.matrix("input"));
        Tensor kernel = plane(example.matrix("kernel"));
        return ConvolutionWalk.of(input, kernel, Example.padding(example.get("padding")))
                .strides(example.integers("stride"));
    }

    private static double[] flat(double[][] rows) {
        return Stream.of(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static Tensor plane(double[][] rows) {
        return Tensor.of(flat(rows), rows.length, rows[0].length, 1);
    }

    private static Tensor planes(JsonNode channels) {
        List<Tensor> planes = new ArrayList<>();
        channels.forEach(channel -> planes.add(plane(Example.matrix(channel))));
        return Matrices.stack(planes);
    }

    private static void requireSteps(double[][] expected, Walkthrough walk) {
        assertEquals(expected.length, walk.height().value());
        assertEquals(expected[0].length, walk.width().value());
        assertEquals(flat(expected).length, walk.count());
        walk.steps().forEach(step -> requireStep(expected[step.row()][step.column()], step));
        assertArrayEquals(flat(expected), walk.output().doubles());
    }

    private static void requireStep(double expected, Step step) {
        assertEquals(expected, step.value(), step::equation);
        String shown = expected == Math.rint(expected) ? Long.toString((long) expected) : Double.toString(expected);
        assertTrue(step.equation().endsWith(" = " + shown), step.equation());
    }

    private static void channels(Example example) {
        ConvolutionWalk walk = ConvolutionWalk.of(planes(example.get("input")), planes(example.get("kernel")));
        requireSteps(example.matrix("expected"), walk);
        JsonNode each = example.get("expected_per_channel");
        for (int channel = 0; channel < each.size(); channel++) {
            double[] sums = new double[walk.count()];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = walk.step(i / walk.width().value(), i % walk.width().value(), 0)
                        .sums()
                        .get(channel)
                        .sum();
            }
            assertArrayEquals(flat(Example.matrix(each.get(channel))), sums);
        }
    }

    private static void pooling(Example example, PoolingStep.Kind kind) {
        Tensor input = plane(example.matrix("input"));
        PoolingWalk walk = PoolingWalk.of(
                        kind, input, Example.padding(example.get("padding")), example.integers("pool"))
                .strides(example.integers("stride"));
        requireSteps(example.matrix("expected"), walk);
        if (example.has("ceil_mode")) {
            requireSteps(example.matrix("expected"), walk.padding(Padding.VALID).ceilMode(true));
        }
    }

    private static void size(Example example) {
        int input = example.number("input_size");
        int kernel = example.number("kernel");
        int stride = example.number("stride");
        int pads = example.number("pad_total");
        assertEquals(0, pads % 2, "an even number of pads, as the formula below has it");
        Padding padding = Padding.of(pads / 2);
        Tensor picture = zeros(input, input, 1);
        Walkthrough walk = example.kind().startsWith("conv")
                ? ConvolutionWalk.of(picture, zeros(kernel, kernel, 1), padding).strides(stride)
                : PoolingWalk.of(PoolingStep.Kind.MAX, picture, padding, kernel).strides(stride);
        int expected = example.get("expected").get(0).asInt();
        assertEquals(expected, walk.height().value());
        assertEquals(
                "floor((" + input + " + 2·" + pads / 2 + " - " + kernel + ")/" + stride + ") + 1 = " + expected,
                walk.width().formula());
    }

    private static void convolutionShape(Example example) {
        Integer[] input = example.integers("input");
        Integer[] kernel = example.integers("kernel");
        int filters = example.number("filters");
        ConvolutionWalk walk = ConvolutionWalk.of(
                        zeros(input),
                        zeros(kernel[0], kernel[1], input[2], filters),
                        Example.padding(example.get("padding")))
                .strides(example.integers("stride"));
        requireShape(example.get("expected"), walk);
        if (example.has("weights_per_filter")) {
            assertEquals(example.number("weights_per_filter"), walk.parameters().weights() / filters);
        }
        if (example.has("then")) {
            JsonNode then = example.get("then");
            Walkthrough pool = PoolingWalk.of(
                            PoolingStep.Kind.MAX,
                            walk.output(),
                            Example.padding(then.path("padding")),
                            Example.integers(then.path("max_pool")).toArray(Integer[]::new))
                    .strides(Example.integers(then.path("strides")).toArray(Integer[]::new));
            requireShape(then.path("expected"), pool);
        }
    }

    private static void poolShape(Example example) {
        Tensor input = zeros(example.integers("input"));
        PoolingWalk walk = PoolingWalk.of(
                        PoolingStep.Kind.MAX, input, Example.padding(example.get("padding")), example.integers("pool"))
                .strides(example.integers("stride"));
        requireShape(example.get("expected"), walk);
        if (example.has("same_under")) {
            requireShape(example.get("expected"), walk.padding(Padding.SAME));
        }
    }

    private static Tensor zeros(Integer... sizes) {
        int[] shape = Arrays.stream(sizes).mapToInt(size -> size).toArray();
        return Tensor.of(new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)], shape);
    }

    private static void requireShape(JsonNode expected, Walkthrough walk) {
        assertEquals(Shape.of(Example.integers(expected)), walk.output().shape());
    }

    @Test
    void parametersAreTheDocuments() {
        for (Example example : examples("params").filter(e -> e.has("layers")).toList()) {
            for (JsonNode layer : example.get("layers")) {
                List<Integer> kernel = Example.integers(layer.path("kernel"));
                int channels = layer.path("channels_in").asInt();
                int filters = layer.path("filters").asInt();
                ParameterCount count = new ParameterCount(kernel.get(0), kernel.get(1), channels, filters);
                assertEquals(layer.path("printed").asLong(), count.total());
            }
        }
        assertEquals("8·8·3·20 + 20 = 3860", new ParameterCount(8, 8, 3, 20).formula());
    }

    @Test
    void namedKernelsAreTheDocuments() {
        Set<String> checked = new HashSet<>();
        examples("image_kernels")
                .flatMap(example -> example.get("kernels").properties().stream())
                .forEach(entry -> {
                    String label = entry.getKey().replace("-3x3", "");
                    requireKernel(Example.matrix(entry.getValue()), ImageKernel.named(label));
                    checked.add(label);
                });
        examples("conv2d")
                .filter(example -> example.id().equals("conv2d-top-sobel-patch"))
                .forEach(example -> {
                    requireKernel(example.matrix("kernel"), ImageKernel.SOBEL_TOP);
                    checked.add("sobel-top");
                });
        Set<String> others = new HashSet<>(ImageKernel.labels());
        others.removeAll(checked);
        assertEquals(Set.of("identity", "sobel-bottom", "sobel-left", "sobel-right"), others);
    }

    /** Means keep an even picture as it is, and detectors make it black. */
    @Test
    void evenPicturesStayEven() {
        Tensor even = Tensor.of(DoubleStream.generate(() -> 8).limit(9).toArray(), 3, 3, 1);
        for (ImageKernel kernel : ImageKernel.values()) {
            ConvolutionWalk walk = ConvolutionWalk.of(even, kernel.entries()).divisors(kernel.divisor());
            double expected = switch (kernel) {
                case IDENTITY, SHARPEN, BOX_BLUR, GAUSSIAN_BLUR -> 8;
                case SOBEL_TOP, SOBEL_BOTTOM, SOBEL_LEFT, SOBEL_RIGHT, EDGE_DETECTION -> 0;
                case HORIZONTAL_TOP, VERTICAL_LEFT, HORIZONTAL_BOTTOM, VERTICAL_RIGHT -> 0;
            };
            assertEquals(expected, walk.step(0).value(), kernel.label());
        }
    }

    private static void requireKernel(double[][] expected, ImageKernel kernel) {
        assertArrayEquals(flat(expected), kernel.weights().doubles(), kernel.label());
    }
}
