package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.Subject;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Padding;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Examples that work out shapes and numbers of weights. */
final class ShapeExamples {

    private ShapeExamples() {}

    static void convolutionSize(Example example, Subject subject) {
        Conv2D conv = Conv2D.of(1, example.number("kernel"))
                .strides(example.number("stride"))
                .padding(pads(example));
        requireSize(example, conv, subject);
    }

    static void poolSize(Example example, Subject subject) {
        MaxPooling2D pool = MaxPooling2D.of(example.number("kernel"))
                .strides(example.number("stride"))
                .padding(pads(example));
        requireSize(example, pool, subject);
    }

    private static Padding pads(Example example) {
        int total = example.number("pad_total");
        return Padding.of(List.of(total / 2), List.of(total - total / 2));
    }

    private static void requireSize(Example example, Layer layer, Subject subject) {
        int input = example.number("input_size");
        int expected = example.get("expected").get(0).asInt();
        requireShape(subject, layer, List.of(input, input, 1), List.of(expected, expected, 1));
    }

    static void convolutionShape(Example example, Subject subject) {
        List<Integer> input = List.of(example.integers("input"));
        Conv2D conv = Conv2D.of(example.number("filters"), example.integers("kernel"))
                .strides(example.integers("stride"))
                .padding(Example.padding(example.get("padding")));
        List<Integer> expected = Example.integers(example.get("expected"));
        requireShape(subject, conv, input, expected);
        if (example.has("weights_per_filter")) {
            Shape kernel = Run.model(conv, zeros(input))
                    .parameterSpecs()
                    .getFirst()
                    .spec()
                    .shape();
            long perFilter = kernel.elements() / example.number("filters");
            Run.requireEqual("weights per filter", (long) example.number("weights_per_filter"), perFilter);
        }
        if (example.has("then")) {
            JsonNode then = example.get("then");
            MaxPooling2D pool = MaxPooling2D.of(
                            Example.integers(then.path("max_pool")).toArray(Integer[]::new))
                    .strides(Example.integers(then.path("strides")).toArray(Integer[]::new))
                    .padding(Example.padding(then.path("padding")));
            requireShape(subject, pool, expected, Example.integers(then.path("expected")));
        }
    }

    static void poolShape(Example example, Subject subject) {
        List<Integer> input = List.of(example.integers("input"));
        List<Integer> expected = List.of(example.integers("expected"));
        MaxPooling2D pool = MaxPooling2D.of(example.integers("pool")).strides(example.integers("stride"));
        requireShape(subject, pool.padding(Example.padding(example.get("padding"))), input, expected);
        if (example.has("same_under")) {
            requireShape(subject, pool.padding(Padding.SAME), input, expected);
        }
    }

    /** The shape that is inferred, and that of what the backend gives. */
    private static void requireShape(Subject subject, Layer layer, List<Integer> input, List<Integer> expected) {
        Tensor x = zeros(input);
        Model model = Run.model(layer, x);
        Shape inferred = model.outputs().firstEntry().getValue().shape();
        Run.requireEqual("inferred shape", Shape.of(expected), inferred.slice(1, inferred.rank()));
        Shape computed = Run.outputs(subject, model, x).getFirst().shape();
        Run.requireEqual("computed shape", Shape.of(expected), computed.slice(1, computed.rank()));
    }

    private static Tensor zeros(List<Integer> picture) {
        List<Integer> sizes = new ArrayList<>(List.of(1));
        sizes.addAll(picture);
        return Run.random(1, sizes.stream().mapToInt(s -> s).toArray());
    }

    static void parameters(Example example) {
        List<Integer> expected = Example.integers(example.get("expected"));
        List<Long> counts = switch (example.id()) {
            case "params-three-conv-layers" -> layerByLayer(example);
            case "params-shared" -> List.of(shared().summary().total());
            case "params-unshared" -> List.of(unshared());
            default -> throw new AssertionError("No check knows " + example.id());
        };
        Run.requireEqual("parameters", expected.stream().map(Integer::longValue).toList(), counts);
    }

    /** The convolution of the quiz: 20 filters of 8 × 8 over 32 × 32 × 3, stride 2, padding 1. */
    private static Model shared() {
        return Sequential.of(Input.of(32, 32, 3), Conv2D.of(20, 8).strides(2).padding(Padding.of(1)));
    }

    /** Each element of the result with weights and a bias of its own. */
    private static long unshared() {
        Model model = shared();
        Shape output = model.outputs().firstEntry().getValue().shape();
        long perFilter = model.summary().total() / 20;
        return output.slice(1, output.rank()).elements() * perFilter;
    }

    private static List<Long> layerByLayer(Example example) {
        List<Long> counts = new ArrayList<>();
        for (JsonNode layer : example.get("layers")) {
            Conv2D conv = Conv2D.of(
                    layer.path("filters").asInt(),
                    Example.integers(layer.path("kernel")).toArray(Integer[]::new));
            int channels = layer.path("channels_in").asInt();
            counts.add(Sequential.of(Input.of(16, 16, channels), conv).summary().total());
        }
        counts.add(counts.stream().mapToLong(c -> c).sum());
        return counts;
    }
}
