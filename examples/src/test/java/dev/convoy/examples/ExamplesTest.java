package dev.convoy.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.examples.DocumentedExamples;
import dev.convoy.layers.Dropout;
import dev.convoy.models.Functional;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.models.Summary;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shapes and parameter counts are those that the documents print; the modules' are worked out by hand. */
class ExamplesTest {

    static Stream<Arguments> documented() {
        return Stream.of(
                Arguments.of("model-lenet-5", LeNet5.model()),
                Arguments.of("model-fashion-mnist", FashionMnistNetwork.model()),
                Arguments.of("model-cifar-10", Cifar10Network.model()),
                Arguments.of("model-mnist-tf", MnistNetwork.model()));
    }

    private static JsonNode example(String id) {
        try (InputStream in = DocumentedExamples.class.getResourceAsStream("documented-examples.json")) {
            JsonNode examples = JsonMapper.shared().readTree(in).path("examples");
            return StreamSupport.stream(examples.spliterator(), false)
                    .filter(example -> example.path("id").asString().equals(id))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("documented")
    void shapesAndParametersAreTheDocuments(String id, Model model) {
        JsonNode document = example(id);
        Summary summary = model.summary();
        JsonNode layers = document.path("layers");
        assertEquals(layers.size(), summary.rows().size());
        for (int i = 0; i < layers.size(); i++) {
            JsonNode layer = layers.get(i);
            Summary.Row row = summary.rows().get(i);
            Shape output = row.outputs().getFirst();
            assertEquals(layer.path("class").asString(), row.className());
            assertEquals(layer.path("name").asString(row.name()), row.name());
            assertEquals(shape(layer.path("output")), output.slice(1, output.rank()), row.name());
            assertEquals(layer.path("params").asLong(), row.parameters(), row.name());
        }
        assertEquals(document.path("total_params").asLong(), summary.total());
        assertEquals(shape(document.path("input")), inputShape(model));
    }

    private static Shape shape(JsonNode sizes) {
        List<Integer> list = new ArrayList<>();
        sizes.forEach(size -> list.add(size.asInt()));
        return Shape.of(list);
    }

    private static Shape inputShape(Model model) {
        Shape shape = model.inputs().firstEntry().getValue().shape();
        return shape.slice(1, shape.rank());
    }

    @Test
    void dropoutDropsWhatIsNotKept() {
        double keep =
                example("model-mnist-tf").path("layers").get(6).path("keep").asDouble();
        Dropout dropout = MnistNetwork.model().layers().stream()
                .map(node -> node.layer())
                .filter(Dropout.class::isInstance)
                .map(Dropout.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(1 - keep, dropout.rate());
    }

    /** Weights and biases of the six convolutions: (k·k·in + 1)·out each. */
    @Test
    void inceptionHasTheBranchesOfThePaper() {
        Model model = InceptionModule.model();
        long expected = (192 + 1) * 64
                + ((192 + 1) * 96 + (9 * 96 + 1) * 128)
                + ((192 + 1) * 16 + (25 * 16 + 1) * 32)
                + (192 + 1) * 32;
        assertEquals(163_696, expected);
        assertEquals(expected, model.summary().total());
        assertEquals(Shape.of(28, 28, 64 + 128 + 32 + 32), outputShape(model));
        assertEquals("Concatenate", model.summary().rows().getLast().className());
    }

    /** Three convolutions without bias; each normalisation has gamma and beta, mean and variance. */
    @Test
    void theResidualBlockHasAShortcut() {
        Model model = ResidualBlock.model();
        assertEquals(
                9 * 64 * 128 + 9 * 128 * 128 + 64 * 128 + 3 * 2 * 128,
                model.summary().trainable());
        assertEquals(3 * 2 * 128, model.summary().nonTrainable());
        assertEquals(Shape.of(28, 28, 128), outputShape(model));
    }

    /** With zero weights the branch gives zeros: what comes out is ReLU of the input. */
    @Test
    void withoutWeightsABlockPassesItsInput() {
        Symbol x = Symbol.input(4, 4, 2);
        Model model = Functional.of(x, ResidualBlock.block(x, 2, 1));
        Model silent = model.initialized(1).withParameters(zeros(model));
        float[] values = new float[32];
        float[] positive = new float[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = i - 16;
            positive[i] = Math.max(0, i - 16);
        }
        try (Predictor predictor = silent.predictor()) {
            assertEquals(Tensor.of(positive, 1, 4, 4, 2), predictor.predict(Tensor.of(values, 1, 4, 4, 2)));
        }
    }

    private static Parameters zeros(Model model) {
        Map<String, Tensor> zeros = new LinkedHashMap<>();
        model.parameterSpecs().forEach(spec -> zeros.put(spec.name(), Tensor.zeros(spec.spec())));
        return Parameters.of(zeros);
    }

    private static Shape outputShape(Model model) {
        Shape shape = model.outputs().firstEntry().getValue().shape();
        return shape.slice(1, shape.rank());
    }

    @ParameterizedTest
    @MethodSource("documented")
    void aPictureGoesThrough(String id, Model model) {
        int[] sizes = Shape.of(1).concat(inputShape(model)).sizes();
        try (Predictor predictor = model.initialized(1).predictor()) {
            Tensor y = predictor.predict(Tensor.zeros(TensorSpec.float32(sizes)));
            assertEquals(Shape.of(1, 10), y.shape());
            assertTrue(Float.isFinite(y.floats()[0]), id);
        }
    }
}
