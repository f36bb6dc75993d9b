package dev.convoy.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.convoy.layers.Add;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Input;
import dev.convoy.models.LayerCall.Source.OfCall;
import dev.convoy.models.LayerCall.Source.OfInput;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerCallTest {

    @Test
    void sharedLayersAreOneNode() {
        Symbol left = Symbol.of(Input.of(4).named("left"));
        Symbol right = Symbol.of(Input.of(4).named("right"));
        LayerNode shared = LayerNode.named("shared", Dense.of(3));
        Symbol a = left.to(shared);
        Symbol b = right.to(shared);
        Model model = Functional.of("siamese", List.of(left, right), List.of(a.to(Add.of(), b), b, right));

        List<LayerCall> calls = model.calls();

        assertEquals(3, calls.size());
        assertSame(calls.get(0).node(), calls.get(1).node());
        assertEquals(List.of(new OfInput("left")), calls.get(0).inputs());
        assertEquals(List.of(new OfInput("right")), calls.get(1).inputs());
        assertEquals(List.of(new OfCall(0, 0), new OfCall(1, 0)), calls.get(2).inputs());
        assertEquals(List.of(new OfCall(2, 0), new OfCall(1, 0), new OfInput("right")), model.results());
        assertEquals(
                model.outputs().firstEntry().getValue(), calls.get(2).outputs().getFirst());
    }

    @Test
    void predictorsTakeTheLabelsOfTheModel() {
        Model model = Sequential.of(Input.of(4), Dense.of(2)).withLabels(List.of("cat", "dog"));

        assertEquals(List.of("cat", "dog"), model.initialized(3).labels());
        try (Predictor own = model.predictor();
                Predictor given = model.predictor(List.of("no", "yes"))) {
            assertEquals(List.of("cat", "dog"), own.labels());
            assertEquals(List.of("no", "yes"), given.labels());
        }
    }
}
