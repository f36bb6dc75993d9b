package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recurrent operators. The numbers of those with more than one unit are PyTorch's, computed in float64. */
class RecurrentOperatorsTest {

    private static final float TOLERANCE = 2e-6f;

    /** {@code ((7 i + n) mod 11 - 5) / 10}. */
    private static Tensor pattern(int n, int... sizes) {
        int elements = Math.toIntExact(TensorSpec.float32(sizes).shape().elements());
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = ((i * 7 + n) % 11 - 5) / 10f;
        }
        return Tensor.of(values, sizes);
    }

    private static void assertClose(TensorSpec spec, Tensor actual, float... expected) {
        assertEquals(spec, actual.spec());
        assertArrayEquals(expected, actual.floats(), TOLERANCE);
    }

    /** Torch's LSTM over packed sequences of 3 and 2 elements: the backward direction begins at each one's own end. */
    @Test
    void bidirectionalLstmOfSequencesOfTwoLengths() throws IOException {
        List<Tensor> results = OneNode.of("LSTM", 14)
                .input(pattern(3, 3, 2, 2))
                .constant(pattern(1, 2, 8, 2))
                .constant(pattern(2, 2, 8, 2))
                .constant(pattern(4, 2, 16))
                .input(Tensor.of(new int[] {3, 2}, 2))
                .input(pattern(5, 2, 2, 2))
                .input(pattern(6, 2, 2, 2))
                .with("hidden_size", 2)
                .with("direction", "bidirectional")
                .run(3);
        assertClose(
                TensorSpec.float32(3, 2, 2, 2),
                results.get(0),
                -0.127618f,
                0.015981f,
                0.031140f,
                0.071200f,
                -0.080777f,
                -0.232087f,
                -0.061717f,
                -0.261257f,
                -0.175282f,
                0.097861f,
                -0.160218f,
                0.117323f,
                0.026780f,
                -0.161746f,
                -0.044449f,
                -0.255740f,
                -0.222814f,
                0.152065f,
                0,
                0,
                -0.067495f,
                -0.039000f,
                0,
                0);
        assertClose(
                TensorSpec.float32(2, 2, 2),
                results.get(1),
                -0.222814f,
                0.152065f,
                -0.160218f,
                0.117323f,
                -0.080777f,
                -0.232087f,
                -0.061717f,
                -0.261257f);
        assertClose(
                TensorSpec.float32(2, 2, 2),
                results.get(2),
                -0.371836f,
                0.372134f,
                -0.278753f,
                0.315343f,
                -0.116984f,
                -0.437449f,
                -0.087226f,
                -0.626326f);
    }

    @Test
    void gruThatIsLinearBeforeReset() throws IOException {
        List<Tensor> results = OneNode.of("GRU", 14)
                .input(pattern(3, 3, 2, 2))
                .constant(pattern(1, 1, 6, 2))
                .constant(pattern(2, 1, 6, 2))
                .constant(pattern(4, 1, 12))
                .with("hidden_size", 2)
                .with("linear_before_reset", 1)
                .run(2);
        assertClose(
                TensorSpec.float32(3, 1, 2, 2),
                results.get(0),
                0.392308f,
                -0.077663f,
                0.301124f,
                0.089207f,
                0.433594f,
                0.008940f,
                0.527782f,
                0.012305f,
                0.431749f,
                0.131915f,
                0.474419f,
                0.088367f);
        assertClose(TensorSpec.float32(1, 2, 2), results.get(1), 0.431749f, 0.131915f, 0.474419f, 0.088367f);
    }

    /** One unit by hand: {@code z = r = 0.5} at first, {@code ĥ = x + r·h}. */
    @Test
    void gruResetsBeforeItMultiplies() throws IOException {
        List<Tensor> results = OneNode.of("GRU", 14)
                .input(Tensor.of(new float[] {1, 2}, 2, 1, 1))
                .constant(Tensor.of(new float[] {0, 0, 1}, 1, 3, 1))
                .constant(Tensor.of(new float[] {0, 0, 2}, 1, 3, 1))
                .constant(Tensor.of(new float[] {0, 0, 0, 0, 0, 4}, 1, 6))
                .with("hidden_size", 1)
                .with("activations", List.of("Sigmoid", "Affine"))
                .run(2);
        assertClose(TensorSpec.float32(2, 1, 1, 1), results.get(0), 2.5f, 0.5f * 2.5f + 0.5f * (2 + 2.5f + 4));
    }

    @Test
    void backwardRnn() throws IOException {
        List<Tensor> results = OneNode.of("RNN", 14)
                .input(pattern(3, 3, 2, 2))
                .constant(pattern(1, 1, 2, 2))
                .constant(pattern(2, 1, 2, 2))
                .constant(pattern(4, 1, 4))
                .with("hidden_size", 2)
                .with("direction", "reverse")
                .run(2);
        assertClose(
                TensorSpec.float32(3, 1, 2, 2),
                results.get(0),
                0.185993f,
                -0.618471f,
                -0.276612f,
                -0.334753f,
                -0.218859f,
                -0.518687f,
                0.140605f,
                -0.529571f,
                -0.010000f,
                -0.413644f,
                -0.039979f,
                -0.551128f);
        assertClose(TensorSpec.float32(1, 2, 2), results.get(1), 0.185993f, -0.618471f, -0.276612f, -0.334753f);
    }

    /** {@code h' = 2 · min(x + h, 4) + 1}, with the batch in front. */
    @Test
    void functionsTakeTheirNumbersInOrder() throws IOException {
        List<Tensor> results = OneNode.of("RNN", 14)
                .input(Tensor.of(new float[] {1, 2, 0, 1}, 2, 2, 1))
                .constant(Tensor.of(new float[] {1}, 1, 1, 1))
                .constant(Tensor.of(new float[] {1}, 1, 1, 1))
                .with("hidden_size", 1)
                .with("layout", 1)
                .with("activations", List.of("Affine"))
                .with("activation_alpha", new float[] {2})
                .with("activation_beta", new float[] {1})
                .with("clip", 4f)
                .run(2);
        assertClose(TensorSpec.float32(2, 2, 1, 1), results.get(0), 3, 9, 1, 5);
        assertClose(TensorSpec.float32(2, 1, 1), results.get(1), 9, 5);
    }

    /** Gates are 0.25 whatever comes: without coupling {@code c' = 0.25 c}, with it {@code 0.75 c}. */
    @Test
    void lstmForgetsWhatItDoesNotTakeIn() throws IOException {
        for (boolean couples : new boolean[] {false, true}) {
            List<Tensor> results = OneNode.of("LSTM", 14)
                    .input(Tensor.of(new float[] {0}, 1, 1, 1))
                    .constant(Tensor.of(new float[4], 1, 4, 1))
                    .constant(Tensor.of(new float[4], 1, 4, 1))
                    .none()
                    .none()
                    .none()
                    .input(Tensor.of(new float[] {4}, 1, 1, 1))
                    .with("hidden_size", 1)
                    .with("input_forget", couples ? 1 : 0)
                    .with("activations", List.of("Affine", "Tanh", "Affine"))
                    .with("activation_alpha", new float[] {0, 1})
                    .with("activation_beta", new float[] {0.25f, 0})
                    .run(3);
            assertClose(TensorSpec.float32(1, 1, 1), results.get(2), couples ? 3 : 1);
            assertClose(TensorSpec.float32(1, 1, 1), results.get(1), couples ? 0.75f : 0.25f);
        }
    }
}
