package dev.convoy.models;

import static dev.convoy.layers.Activations.RELU;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Preprocessing;
import dev.convoy.layers.Add;
import dev.convoy.layers.BatchNormalization;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Bodies without their heads, heads on bodies, and what is frozen in them. */
class CutModelTest {

    private static final Preprocessing PREPARED =
            Preprocessing.named("unit").forInput(Input.of(8, 8, 3).spec());

    private static final Model FEATURES = Sequential.of(
            "features",
            Input.of(8, 8, 3),
            List.of(
                    Conv2D.of(4, 3).activation(RELU).named("first"),
                    BatchNormalization.of().named("norm"),
                    Conv2D.of(5, 3).named("second"),
                    GlobalAveragePooling2D.of().named("pool")));

    private static final Model CLASSIFIER = Sequential.of(
                    "classifier",
                    Input.of(8, 8, 3),
                    List.of(
                            FEATURES.initialized(3),
                            Dense.of(6).named("hidden"),
                            Dense.of(2).named("top")))
            .withPreprocessing(PREPARED);

    private static List<String> names(Model model) {
        return List.copyOf(model.parameters().names());
    }

    private static Set<String> trained(Model model) {
        return Set.copyOf(model.parameterSpecs().stream()
                .filter(ParameterSpec::trainable)
                .map(ParameterSpec::name)
                .toList());
    }

    @Test
    void keepsWhatStandsBeforeTheCut() {
        Model body = CLASSIFIER.upTo("hidden");
        assertEquals(
                List.of("features", "hidden"),
                body.layers().stream().map(LayerNode::name).toList());
        assertEquals(Set.of("hidden"), body.outputs().keySet());
        assertEquals(Shape.of(6), body.outputs().firstEntry().getValue().shape().slice(1, 2));
        assertEquals(CLASSIFIER.inputs(), body.inputs());
        assertEquals(PREPARED, body.preprocessing().orElseThrow());
        assertEquals(names(CLASSIFIER).subList(0, names(body).size()), names(body));
        for (String name : names(body)) {
            assertSame(CLASSIFIER.parameters().get(name), body.parameters().get(name), name);
        }
    }

    @Test
    void cutsInsideAModelThatIsALayer() {
        Model body = CLASSIFIER.upTo("features/second");
        assertEquals(
                Shape.of(4, 4, 5),
                body.outputs().firstEntry().getValue().shape().slice(1, 4));
        assertEquals(
                List.of(
                        "features/first/kernel",
                        "features/first/bias",
                        "features/norm/gamma",
                        "features/norm/beta",
                        "features/norm/moving_mean",
                        "features/norm/moving_variance",
                        "features/second/kernel",
                        "features/second/bias"),
                names(body));
        assertSame(
                CLASSIFIER.parameters().get("features/second/kernel"),
                body.parameters().get("features/second/kernel"));
    }

    /** A cut that made names anew would call the second branch's layer by the first one's name. */
    @Test
    void layersKeepTheNamesThatTheWholeModelGaveThem() {
        Symbol x = Symbol.input(4, 4, 3);
        Symbol left = x.to(Conv2D.of(2, 1));
        Symbol right = x.to(Conv2D.of(2, 1)).to(Conv2D.of(2, 1));
        Model model = Functional.of(x, left.to(Add.of(), right));
        Model part = model.upTo("conv2d_2");
        assertEquals(List.of("conv2d_1/kernel", "conv2d_1/bias", "conv2d_2/kernel", "conv2d_2/bias"), names(part));
        assertSame(model.parameters().get("conv2d_1/kernel"), part.parameters().get("conv2d_1/kernel"));
    }

    @Test
    void inputsOfTheHeadGoWithIt() {
        Symbol image = Symbol.of(Input.of(8, 8, 3).named("image"));
        Symbol extra = Symbol.of(Input.of(5).named("extra"));
        Symbol sum = image.to(FEATURES).to(Add.of(), extra);
        Model model = Functional.of("two", List.of(extra, image), List.of(sum.to(Dense.of(2))));
        assertEquals(Set.of("image"), model.upTo("features/pool").inputs().keySet());
        assertEquals(Set.of("extra", "image"), model.upTo("add").inputs().keySet());
        Model nested = Functional.of(
                "outer",
                List.of(extra, image),
                List.of(Symbol.call(LayerNode.of(model), List.of(extra, image)).getFirst()));
        Model part = nested.upTo("two/features/first");
        assertEquals(Set.of("image"), part.inputs().keySet());
        part.trace(Map.of(), Mode.INFERENCE);
    }

    @Test
    void namesTheLayersThereAre() {
        var unknown = assertThrows(IllegalArgumentException.class, () -> CLASSIFIER.upTo("features/third"));
        assertEquals(
                "Model 'features' has no layer 'third'; its layers are [first, norm, second, pool]",
                unknown.getMessage());
        var within = assertThrows(IllegalArgumentException.class, () -> CLASSIFIER.upTo("hidden/kernel"));
        assertEquals(
                "Model 'classifier' has no layer 'hidden/kernel'; its layers are [features, hidden, top]",
                within.getMessage());
        Symbol x = Symbol.input(4);
        LayerNode shared = LayerNode.named("shared", Dense.of(4));
        Model twice = Functional.of(x, x.to(shared).to(shared));
        var called = assertThrows(IllegalArgumentException.class, () -> twice.upTo("shared"));
        assertTrue(called.getMessage().contains("called 2 times"), called::getMessage);
    }

    @Test
    void aHeadOnABodyTakesItsInputParametersAndPreprocessing() {
        Model body = CLASSIFIER.upTo("features/pool");
        Model model = Sequential.of(body, Dense.of(3));
        assertEquals(body.inputs(), model.inputs());
        assertEquals(PREPARED, model.preprocessing().orElseThrow());
        assertEquals(
                List.of("classifier", "dense"),
                model.layers().stream().map(LayerNode::name).toList());
        for (String name : names(body)) {
            assertSame(body.parameters().get(name), model.parameters().get("classifier/" + name), name);
        }
        Model redrawn = model.initialized(9);
        assertSame(
                body.parameters().get("features/first/kernel"),
                redrawn.parameters().get("classifier/features/first/kernel"));
        assertTrue(!model.parameters()
                .get("dense/kernel")
                .equals(redrawn.parameters().get("dense/kernel")));
    }

    @Test
    void whatIsFrozenStaysSoAsALayerAndIsFreedFromOutside() {
        Model body = CLASSIFIER
                .frozen(Set.of("features/first", "features/norm", "top"))
                .upTo("hidden");
        assertEquals(Set.of("features/first", "features/norm"), body.frozen());
        Model model = Sequential.of(body, Dense.of(3));
        assertEquals(Set.of("classifier/features/first", "classifier/features/norm"), model.frozen());
        assertEquals(
                Set.of(
                        "classifier/features/second/kernel",
                        "classifier/features/second/bias",
                        "classifier/hidden/kernel",
                        "classifier/hidden/bias",
                        "dense/kernel",
                        "dense/bias"),
                trained(model));
        Model free = model.frozen(Set.of());
        assertTrue(trained(free).contains("classifier/features/norm/gamma"));
        assertEquals(10, trained(free).size());
        assertEquals(model.parameters(), free.parameters());
    }

    @Test
    void copiesKeepFrozenLayersAndPreprocessing() {
        Model model = CLASSIFIER.frozen(Set.of("features"));
        for (Model copy : List.of(
                model.withParameters(model.parameters()), model.initialized(5), model.withPreprocessing(PREPARED))) {
            assertEquals(Set.of("features"), copy.frozen());
            assertEquals(PREPARED, copy.preprocessing().orElseThrow());
        }
    }

    /** Batch normalisation moves its statistics by updates of the graph; a frozen one makes none. */
    @Test
    void normalisationFrozenInALayerMakesNoUpdates() {
        Model frozen = Sequential.of(FEATURES.frozen(Set.of("norm")), Dense.of(2));
        assertTrue(frozen.trace(Map.of(), Mode.TRAINING).graph().updates().isEmpty());
        Model free = frozen.frozen(Set.of());
        assertEquals(
                Set.of("features/norm/moving_mean", "features/norm/moving_variance"),
                free.trace(Map.of(), Mode.TRAINING).graph().updates().keySet());
    }
}
