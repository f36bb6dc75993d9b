package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.Window;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Padding;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Formulas of the documents, each held to shape inference on many random tuples. */
final class FormulaExamples {

    private static final int TUPLES = 1200;

    private FormulaExamples() {}

    static void run(Example example, Subject subject) {
        switch (example.id()) {
            case "shape-formula-floor" -> forAll(FormulaExamples::floor);
            case "same-zero-padding" -> forAll(FormulaExamples::zeroPadding);
            case "same-output-size" -> forAll(FormulaExamples::same);
            case "valid-output-size" -> forAll(FormulaExamples::valid);
            case "params-conv" -> forAll(FormulaExamples::parameters);
            case "layer-conv-bias-activation" -> biasAndActivation(subject);
            default -> throw new AssertionError("No check knows the formula '" + example.text("formula") + "'");
        }
    }

    /**
     * @param n elements of the input along each axis
     * @param f elements of the filter
     * @param s stride
     * @param p pads at either side
     */
    private record Tuple(int n, int f, int s, int p, Random random) {}

    @FunctionalInterface
    private interface Property {
        void hold(Tuple tuple);
    }

    private static void forAll(Property property) {
        Random random = new Random(2024);
        for (int i = 0; i < TUPLES; i++) {
            int f = random.nextInt(1, 10);
            Tuple tuple = new Tuple(f + random.nextInt(0, 60), f, random.nextInt(1, 6), random.nextInt(0, 6), random);
            try {
                property.hold(tuple);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + " for n, f, s, p = " + tuple, e);
            }
        }
    }

    /** {@code floor((n + 2p - f) / s + 1)}. */
    private static void floor(Tuple t) {
        double formula = Math.floor((t.n + 2.0 * t.p - t.f) / t.s + 1);
        requireSize(t, Padding.of(t.p), (int) formula);
    }

    /** {@code (K - 1) / 2} on each side, stride 1, odd K: the size stays. */
    private static void zeroPadding(Tuple t) {
        int odd = t.f | 1;
        Conv2D conv = Conv2D.of(1, odd).padding(Padding.of((odd - 1) / 2));
        int n = t.n + 1;
        Run.requireEqual("size", n, size(conv, n));
        Window same = window(Conv2D.of(1, odd).padding(Padding.SAME), n);
        Run.requireEqual("pads of 'same'", window(conv, n), same);
    }

    /** {@code out = ceil(in / s)}; total pad {@code max((out - 1) · s + k - in, 0)}, the odd one at the bottom/right. */
    private static void same(Tuple t) {
        int out = (int) Math.ceil(t.n / (double) t.s);
        requireSize(t, Padding.SAME, out);
        int total = Math.max((out - 1) * t.s + t.f - t.n, 0);
        Window window = window(conv(t, Padding.SAME), t.n);
        Run.requireEqual("pads before", List.of(total / 2, total / 2), window.padsBegin());
        Run.requireEqual("pads after", List.of((total + 1) / 2, (total + 1) / 2), window.padsEnd());
    }

    /** {@code out = ceil((in - k + 1) / s)}. */
    private static void valid(Tuple t) {
        requireSize(t, Padding.VALID, (int) Math.ceil((t.n - t.f + 1) / (double) t.s));
    }

    /** {@code kh · kw · cin · cout (+ cout)}. */
    private static void parameters(Tuple t) {
        int width = t.random.nextInt(1, 8);
        int in = t.random.nextInt(1, 20);
        int out = t.random.nextInt(1, 30);
        Conv2D conv = Conv2D.of(out, t.f, width);
        Input input = Input.of(t.n, 8, in);
        long weights = (long) t.f * width * in * out;
        Run.requireEqual(
                "with biases",
                weights + out,
                Sequential.of(input, conv).summary().total());
        Run.requireEqual(
                "without",
                weights,
                Sequential.of(input, conv.useBias(false)).summary().total());
    }

    private static Conv2D conv(Tuple t, Padding padding) {
        return Conv2D.of(1, t.f).strides(t.s).padding(padding);
    }

    private static void requireSize(Tuple t, Padding padding, int expected) {
        Run.requireEqual("size", expected, size(conv(t, padding), t.n));
    }

    private static int size(Conv2D conv, int n) {
        Model model = Sequential.of(Input.of(n, n, 1), conv);
        return model.outputs().firstEntry().getValue().shape().size(1);
    }

    private static Window window(Conv2D conv, int n) {
        Model model = Sequential.of(Input.of(n, n, 1), conv);
        String input = model.inputs().firstEntry().getKey();
        Graph graph = model.trace(Map.of(input, InputSpec.of(TensorSpec.float32(1, n, n, 1))), Mode.INFERENCE)
                .graph();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Convolution convolution) {
                return convolution.window();
            }
        }
        throw new AssertionError("No convolution in\n" + graph);
    }

    /** {@code z = W a + b; a' = g(z)}, channels stacked: two filters over two channels, worked out by hand. */
    private static void biasAndActivation(Subject subject) {
        Conv2D conv = Conv2D.of(2, 1).activation(Activations.RELU);
        Tensor a = Tensor.of(new float[] {1, 2, 3, -4}, 1, 1, 2, 2);
        Tensor w = Tensor.of(new float[] {1, -1, 10, 1}, 1, 1, 2, 2);
        Tensor b = Tensor.of(new float[] {0.5f, -1.5f}, 2);
        // pixel (1, 2): 1 + 20 + 0.5 and -1 + 2 - 1.5; pixel (3, -4): 3 - 40 + 0.5 and -3 - 4 - 1.5
        Tensor z = Tensor.of(new float[] {21.5f, -0.5f, -36.5f, -8.5f}, 1, 1, 2, 2);
        Run.require("z", z, Run.layer(subject, conv.activation(Activations.LINEAR), a, w, b), Run.CLOSE);
        Tensor activated = Tensor.of(new float[] {21.5f, 0, 0, 0}, 1, 1, 2, 2);
        Run.require("a'", activated, Run.layer(subject, conv, a, w, b), Run.CLOSE);
    }
}
