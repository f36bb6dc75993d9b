package dev.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static Parameters parameters() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv/kernel", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
        tensors.put("conv/bias", Tensor.of(new float[] {5, 6}, 2));
        return Parameters.of(tensors);
    }

    @Test
    void keepTheirOrder() {
        assertEquals(
                List.of("conv/kernel", "conv/bias"), List.copyOf(parameters().names()));
        assertEquals(6, parameters().elements());
        assertTrue(Parameters.empty().names().isEmpty());
    }

    @Test
    void doNotChange() {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        Parameters empty = Parameters.of(tensors);
        tensors.put("late", Tensor.scalar(1f));
        assertTrue(empty.names().isEmpty());
        assertThrows(
                UnsupportedOperationException.class, () -> parameters().asMap().put("late", Tensor.scalar(1f)));
    }

    @Test
    void anUnknownNameListsTheKnown() {
        assertEquals(
                "No parameter 'bias'; there are [conv/kernel, conv/bias]",
                assertThrows(IllegalArgumentException.class, () -> parameters().get("bias"))
                        .getMessage());
    }

    @Test
    void withReplacesWhatFits() {
        Tensor bias = Tensor.of(new float[] {7, 8}, 2);
        Parameters changed = parameters().with(Map.of("conv/bias", bias));
        assertEquals(bias, changed.get("conv/bias"));
        assertEquals(parameters().get("conv/kernel"), changed.get("conv/kernel"));
        assertEquals(parameters(), changed.with(Map.of("conv/bias", parameters().get("conv/bias"))));
        assertEquals(
                "Parameter 'conv/bias' is float32[2], got float32[3]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> parameters().with(Map.of("conv/bias", Tensor.of(new float[3], 3))))
                        .getMessage());
    }
}
