package dev.convoy.importers.onnx;

import static dev.convoy.tensor.DataType.BFLOAT16;
import static dev.convoy.tensor.DataType.UINT64;
import static dev.convoy.tensor.DataType.UINT8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.models.ImportException;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators of arithmetic and activations; expected numbers by hand from ONNX's formulas. */
class MathOperatorsTest {

    private static final float NAN = Float.NaN;
    private static final float INF = Float.POSITIVE_INFINITY;

    private static Tensor floats(float... values) {
        return Tensor.of(values, values.length);
    }

    private static Tensor ints(int... values) {
        return Tensor.of(values, values.length);
    }

    private static Tensor longs(long... values) {
        return Tensor.of(values, values.length);
    }

    @Test
    void powersHaveTheTypeOfTheBase() throws IOException {
        Tensor truncated =
                OneNode.of("Pow", 15).input(ints(2, 3)).input(floats(0.5f, 2)).run();
        assertEquals(ints(1, 9), truncated);
        Tensor exact = OneNode.of("Pow", 15).input(longs(3)).input(ints(39)).run();
        assertEquals(longs(4052555153018976267L), exact);
        Tensor real =
                OneNode.of("Pow", 13).input(floats(2, -2)).input(longs(-1, 3)).run();
        assertEquals(floats(0.5f, -8), real);
    }

    @ParameterizedTest
    @CsvSource({"0, 2, -2, 1", "1, -1, 1, 1"})
    void remainders(int fmod, int first, int second, int third) throws IOException {
        Tensor y = OneNode.of("Mod", 13)
                .input(ints(-7, 7, 7))
                .input(ints(3, -3, 3))
                .with("fmod", fmod)
                .run();
        assertEquals(ints(first, second, third), y);
    }

    @Test
    void anyNumberOfOperands() throws IOException {
        for (var expected : List.of(
                List.of("Max", floats(3, NAN)), List.of("Min", floats(-1, NAN)), List.of("Sum", floats(4, NAN)))) {
            Tensor y = OneNode.of((String) expected.get(0), 13)
                    .input(floats(2))
                    .input(floats(3, NAN))
                    .input(floats(-1, 0))
                    .run();
            assertEquals(expected.get(1), y, (String) expected.get(0));
        }
        Tensor mean = OneNode.of("Mean", 13)
                .input(floats(1, 2))
                .input(floats(2, 4))
                .input(floats(6, 0))
                .run();
        assertEquals(floats(3, 2), mean);
        assertEquals(floats(5), OneNode.of("Max", 8).input(floats(5)).run());
    }

    @Test
    void shiftsLoseBits() throws IOException {
        Tensor bytes = Tensor.wrap(TensorSpec.of(UINT8, 3), new byte[] {(byte) 0x81, 3, 4});
        Tensor places = Tensor.wrap(TensorSpec.of(UINT8, 3), new byte[] {1, 7, 8});
        Tensor left = OneNode.of("BitShift", 11)
                .input(bytes)
                .input(places)
                .with("direction", "LEFT")
                .run();
        assertEquals(Tensor.wrap(TensorSpec.of(UINT8, 3), new byte[] {2, (byte) 0x80, 0}), left);
        long[] words = {-1, -1, -1, 12};
        Tensor right = OneNode.of("BitShift", 11)
                .input(Tensor.wrap(TensorSpec.of(UINT64, 4), words))
                .input(Tensor.wrap(TensorSpec.of(UINT64, 4), new long[] {0, 1, 63, 2}))
                .with("direction", "RIGHT")
                .run();
        assertEquals(Tensor.wrap(TensorSpec.of(UINT64, 4), new long[] {-1, Long.MAX_VALUE, 1, 3}), right);
    }

    @Test
    void bits() throws IOException {
        Tensor a = ints(0b1100, -1);
        Tensor b = ints(0b1010, 5);
        assertEquals(
                ints(0b1000, 5), OneNode.of("BitwiseAnd", 18).input(a).input(b).run());
        assertEquals(
                ints(0b1110, -1), OneNode.of("BitwiseOr", 18).input(a).input(b).run());
        assertEquals(
                ints(0b0110, -6), OneNode.of("BitwiseXor", 18).input(a).input(b).run());
        Tensor bytes = Tensor.wrap(TensorSpec.of(UINT8, 2), new byte[] {0, (byte) 0xF0});
        assertEquals(
                Tensor.wrap(TensorSpec.of(UINT8, 2), new byte[] {(byte) 0xFF, 0x0F}),
                OneNode.of("BitwiseNot", 18).input(bytes).run());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true, true", "0, 1, false, true", "1, 0, true, false", "0, 0, false, false"})
    void infinities(int negative, int positive, boolean low, boolean high) throws IOException {
        Tensor y = OneNode.of("IsInf", 20)
                .input(floats(-INF, INF, 1, NAN))
                .with("detect_negative", negative)
                .with("detect_positive", positive)
                .run();
        assertEquals(Tensor.of(new boolean[] {low, high, false, false}, 4), y);
    }

    @ParameterizedTest
    @CsvSource({
        "Softplus, 0, 0.6931472",
        "Softplus, 100, 100",
        "Softsign, -3, -0.75",
        "Elu, -1, -0.63212056",
        "Celu, -1, -0.63212056",
        "Selu, -1, -1.1113307",
        "Selu, 2, 2.101402",
        "Gelu, 1, 0.8413447",
        "Mish, 1, 0.8650984",
        "HardSigmoid, 1, 0.7",
        "HardSwish, 1, 0.6666667",
        "Swish, 1, 0.7310586",
        "Shrink, 0.5, 0",
        "Shrink, -2, -2",
        "ThresholdedRelu, 1, 0",
        "ThresholdedRelu, 1.5, 1.5",
        "Atanh, 0.5, 0.54930614",
        "Round, 2.5, 2"
    })
    void activations(String opType, float x, float expected) throws IOException {
        Tensor y = OneNode.of(opType, opType.equals("Swish") ? 24 : 22)
                .input(floats(x))
                .run();
        assertEquals(expected, y.get(0), 1e-6 * Math.max(1, Math.abs(expected)));
    }

    @Test
    void activationsWithSettings() throws IOException {
        Tensor celu =
                OneNode.of("Celu", 12).input(floats(-2, 3)).with("alpha", 2f).run();
        assertEquals(2 * Math.expm1(-1), celu.get(0), 1e-6);
        Tensor selu = OneNode.of("Selu", 6)
                .input(floats(-1, 2))
                .with("alpha", 2f)
                .with("gamma", 3f)
                .run();
        assertEquals(6 * Math.expm1(-1), selu.get(0), 1e-5);
        assertEquals(6, selu.get(1));
        Tensor tanh = OneNode.of("Gelu", 20)
                .input(floats(1))
                .with("approximate", "tanh")
                .run();
        assertEquals(0.841192, tanh.get(0), 1e-6);
        Tensor shrunk = OneNode.of("Shrink", 9)
                .input(ints(-3, -1, 1, 3))
                .with("bias", 1.5f)
                .with("lambd", 1.5f)
                .run();
        assertEquals(ints(-1, 0, 0, 1), shrunk);
        Tensor swish =
                OneNode.of("Swish", 24).input(floats(1)).with("alpha", 2f).run();
        assertEquals(1 / (1 + Math.exp(-2)), swish.get(0), 1e-6);
    }

    @Test
    void slopesPerChannelBeforeVersion7() throws IOException {
        Tensor x = Tensor.of(new float[] {-1, 2, -3, -4}, 1, 2, 2);
        Tensor y = OneNode.of("PRelu", 6).input(x).constant(floats(0.5f, 2)).run();
        assertEquals(Tensor.of(new float[] {-0.5f, 2, -6, -8}, 1, 2, 2), y);
    }

    @Test
    void clipsToBoundsOfEveryKind() throws IOException {
        Tensor x = longs(-5, 0, Long.MAX_VALUE);
        Tensor odd = Tensor.scalar((1L << 60) + 1);
        assertEquals(
                longs(-1, 0, (1L << 60) + 1),
                OneNode.of("Clip", 12)
                        .input(x)
                        .constant(Tensor.scalar(-1L))
                        .constant(odd)
                        .run());
        Tensor crossed = OneNode.of("Clip", 6)
                .input(floats(-1, 5))
                .with("min", 3f)
                .with("max", 2f)
                .run();
        assertEquals(floats(2, 2), crossed);
        assertEquals(
                floats(-3, 1),
                OneNode.of("Clip", 11)
                        .input(floats(-3, 5))
                        .none()
                        .input(Tensor.scalar(1f))
                        .run());
    }

    @Test
    void softmaxTakesAxesTogetherBeforeVersion13() throws IOException {
        Tensor x = Tensor.of(new float[] {0, 0, 0, 0}, 1, 2, 2);
        assertEquals(0.25, OneNode.of("Softmax", 12).input(x).run().get(3), 1e-7);
        assertEquals(0.5, OneNode.of("Softmax", 13).input(x).run().get(3), 1e-7);
        Tensor y = Tensor.of(new float[] {1, 3, 3, 0}, 1, 2, 2);
        assertEquals(
                Tensor.of(new float[] {0, 1, 0, 0}, 1, 2, 2),
                OneNode.of("Hardmax", 11).input(y).run());
        assertEquals(
                Tensor.of(new float[] {0, 1, 1, 0}, 1, 2, 2),
                OneNode.of("Hardmax", 13).input(y).run());
    }

    @Test
    void runningSumsAndProducts() throws IOException {
        Tensor sums = OneNode.of("CumSum", 14)
                .input(floats(1, 2, 3))
                .constant(Tensor.scalar(0))
                .with("exclusive", 1)
                .with("reverse", 1)
                .run();
        assertEquals(floats(5, 3, 0), sums);
        Tensor products = OneNode.of("CumProd", 26)
                .input(ints(2, 3, 4))
                .constant(Tensor.scalar(-1))
                .run();
        assertEquals(ints(2, 6, 24), products);
    }

    @Test
    void largestAndSmallest() throws IOException {
        List<Tensor> largest = OneNode.of("TopK", 11)
                .input(Tensor.wrap(TensorSpec.of(UINT8, 4), new byte[] {3, (byte) 200, 7, 7}))
                .constant(longs(2))
                .run(2);
        assertEquals(Tensor.wrap(TensorSpec.of(UINT8, 2), new byte[] {(byte) 200, 7}), largest.get(0));
        assertEquals(longs(1, 2), largest.get(1));
        List<Tensor> old = OneNode.of("TopK", 1)
                .input(Tensor.of(new float[] {1, 4, 3, 2}, 2, 2))
                .with("k", 1)
                .with("axis", 0)
                .run(2);
        assertEquals(Tensor.of(new float[] {3, 4}, 1, 2), old.get(0));
        assertEquals(Tensor.of(new long[] {1, 0}, 1, 2), old.get(1));
    }

    @Test
    void storedTypesAreComputedInFloat32() throws IOException {
        Tensor halves = Tensor.wrap(TensorSpec.of(BFLOAT16, 2), new short[] {0x3F80, (short) 0xC000});
        assertEquals(halves.spec(), OneNode.of("Elu", 22).input(halves).run().spec());
    }

    @Test
    void lossesWeighClasses() throws IOException {
        Tensor scores = Tensor.of(new float[] {-1, -2, -3, -4, -5, -6}, 3, 2);
        Tensor classes = longs(0, 1, 1);
        OneNode mean = OneNode.of("NegativeLogLikelihoodLoss", 13)
                .input(scores)
                .input(classes)
                .input(floats(2, 1));
        assertEquals((2 * 1 + 4 + 6) / 4.0, mean.run().get(0), 1e-6);
        Tensor each = OneNode.of("NegativeLogLikelihoodLoss", 13)
                .input(scores)
                .input(classes)
                .with("ignore_index", 1)
                .with("reduction", "none")
                .run();
        assertEquals(floats(1, 0, 0), each);
        List<Tensor> crossEntropy = OneNode.of("SoftmaxCrossEntropyLoss", 13)
                .input(Tensor.of(new float[] {1, 1}, 1, 2))
                .input(longs(1))
                .run(2);
        assertEquals(Math.log(2), crossEntropy.get(0).get(0), 1e-6);
        assertEquals(-Math.log(2), crossEntropy.get(1).get(0), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"HannWindow, 0, 0.5, 1", "HammingWindow, 0.0869565, 0.5434783, 1", "BlackmanWindow, 0, 0.34, 1"})
    void windows(String opType, float first, float second, float third) throws IOException {
        Tensor y = OneNode.of(opType, 17).constant(Tensor.scalar(4)).run();
        float[] expected = {first, second, third, second};
        assertArrayEquals(expected, y.floats(), 1e-6f);
        Tensor symmetric = OneNode.of(opType, 17)
                .constant(Tensor.scalar(5))
                .with("periodic", 0)
                .run();
        assertEquals(first, symmetric.get(4), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"RandomNormal, random numbers", "DFT, spectra", "ImageDecoder, files within a model"})
    void refusalsSayWhy(String opType, String reason) {
        OneNode node = OneNode.of(opType, 20).input(floats(1));
        ImportException e = assertThrows(ImportException.class, node::run);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }
}
