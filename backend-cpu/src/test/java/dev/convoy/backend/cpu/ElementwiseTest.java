package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.graph.ElementwiseOp.Cast;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.graph.ElementwiseOp.Select;
import dev.convoy.graph.ElementwiseOp.Unary;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Elementwise ops against the functions of Java in double and against published values. */
class ElementwiseTest {

    private static float[] unary(UnaryFn fn, float... x) {
        return Cpu.op(new Unary(fn), Tensor.of(x, x.length)).getFirst().floats();
    }

    @Test
    void unaryFunctionsOfManyElements() {
        Map<UnaryFn, DoubleUnaryOperator> functions = Map.ofEntries(
                Map.entry(UnaryFn.ABS, Math::abs),
                Map.entry(UnaryFn.NEG, x -> -x),
                Map.entry(UnaryFn.SIGN, Math::signum),
                Map.entry(UnaryFn.RELU, x -> Math.max(x, 0)),
                Map.entry(UnaryFn.EXP, StrictMath::exp),
                Map.entry(UnaryFn.EXPM1, StrictMath::expm1),
                Map.entry(UnaryFn.SIGMOID, x -> 1 / (1 + StrictMath.exp(-x))),
                Map.entry(UnaryFn.TANH, StrictMath::tanh),
                Map.entry(UnaryFn.RECIPROCAL, x -> 1 / x),
                Map.entry(UnaryFn.SIN, StrictMath::sin),
                Map.entry(UnaryFn.ATAN, StrictMath::atan),
                Map.entry(UnaryFn.FLOOR, Math::floor),
                Map.entry(UnaryFn.CEIL, Math::ceil),
                Map.entry(UnaryFn.ROUND, Math::rint),
                Map.entry(UnaryFn.ASINH, x -> Math.signum(x) * StrictMath.log(Math.abs(x) + Math.sqrt(x * x + 1))));
        Tensor x = Cpu.random(1, 100_003);
        functions.forEach((fn, expected) -> {
            double[] values = new double[x.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = expected.applyAsDouble(x.floats()[i]);
            }
            Cpu.assertClose(values, Cpu.op(new Unary(fn), x).getFirst(), 1e-6);
        });
    }

    @Test
    void errorFunctionOfPublishedArguments() {
        // Abramowitz and Stegun, table 7.1; erf(1e-5) = 2/√π · 1e-5 to that accuracy.
        float[] y = unary(UnaryFn.ERF, 0, 1e-5f, 0.5f, 1, -1, 1.5f, 2, 3.9f, 10, Float.NEGATIVE_INFINITY);
        double[] expected = {
            0, 1.1283791671e-5, 0.5204998778, 0.8427007929, -0.8427007929, 0.9661051465, 0.9953222650, 1, 1, -1
        };
        for (int i = 0; i < y.length; i++) {
            assertEquals(expected[i], y[i], 1e-7 * Math.abs(expected[i]), "element " + i);
        }
    }

    @Test
    void extremeArguments() {
        float nan = Float.NaN;
        float infinite = Float.POSITIVE_INFINITY;
        assertArrayEquals(new float[] {nan, 0, 3}, unary(UnaryFn.RELU, nan, -3, 3));
        assertArrayEquals(new float[] {nan, 0, 1}, unary(UnaryFn.SIGMOID, nan, -infinite, infinite));
        assertArrayEquals(new float[] {0, 1}, unary(UnaryFn.SIGMOID, -1e30f, 1e30f));
        assertArrayEquals(new float[] {nan, -1, 1}, unary(UnaryFn.SIGN, nan, -infinite, 1e-40f));
        assertArrayEquals(new float[] {2, 2, -2, 0}, unary(UnaryFn.ROUND, 2.5f, 1.5f, -2.5f, 0.5f));
        assertArrayEquals(new float[] {nan, infinite, 0}, unary(UnaryFn.ACOSH, 0.5f, infinite, 1));
        Tensor x = Tensor.of(new float[] {nan, infinite, 1}, 3);
        assertArrayEquals(
                new boolean[] {true, false, false},
                Cpu.op(new Unary(UnaryFn.IS_NAN), x).getFirst().booleans());
        assertArrayEquals(
                new boolean[] {false, true, false},
                Cpu.op(new Unary(UnaryFn.IS_INF), x).getFirst().booleans());
    }

    @Test
    void binaryFunctionsBroadcast() {
        Map<BinaryFn, DoubleBinaryOperator> functions = Map.of(
                BinaryFn.ADD, (a, b) -> a + b,
                BinaryFn.SUB, (a, b) -> a - b,
                BinaryFn.MUL, (a, b) -> a * b,
                BinaryFn.DIV, (a, b) -> a / b,
                BinaryFn.MAX, Math::max,
                BinaryFn.MIN, Math::min,
                BinaryFn.MOD, (a, b) -> a - Math.floor(a / b) * b,
                BinaryFn.REM, (a, b) -> a % b);
        Tensor a = Cpu.random(1, 40, 1, 50);
        Tensor b = Cpu.random(2, 30, 1);
        functions.forEach((fn, expected) -> {
            Tensor y = Cpu.op(new Binary(fn), a, b).getFirst();
            assertEquals("[40, 30, 50]", y.shape().toString());
            for (int i = 0; i < y.size(); i++) {
                float left = a.floats()[i / 1500 * 50 + i % 50];
                float right = b.floats()[i / 50 % 30];
                double value = expected.applyAsDouble(left, right);
                double error = Math.abs(value - y.floats()[i]);
                // A remainder of nearly zero or nearly the divisor may fall on either side.
                boolean wraps = fn == BinaryFn.MOD && Math.abs(error - Math.abs(right)) < 1e-4;
                assertTrue(error <= 1e-5 * Math.max(1, Math.abs(value)) || wraps, fn + " at " + i);
            }
        });
    }

    @Test
    void remaindersTakeTheSignTheirNameSays() {
        Tensor a = Tensor.of(new float[] {7, -7, 7, -7, 6}, 5);
        Tensor b = Tensor.of(new float[] {3, 3, -3, -3, -3}, 5);
        // Python: 7 % 3 = 1, -7 % 3 = 2, 7 % -3 = -2, -7 % -3 = -1, 6 % -3 = -0.0.
        assertArrayEquals(
                new float[] {1, 2, -2, -1, -0f},
                Cpu.op(new Binary(BinaryFn.MOD), a, b).getFirst().floats());
        assertArrayEquals(
                new float[] {1, -1, 1, -1, 0},
                Cpu.op(new Binary(BinaryFn.REM), a, b).getFirst().floats());
    }

    @Test
    void integersWrapAroundAndDivideTowardsZero() {
        Tensor a = Tensor.of(new int[] {Integer.MAX_VALUE, -7, 3, 2, -1, 5}, 6);
        Tensor b = Tensor.of(new int[] {1, 2, -2, 31, -3, -1}, 6);
        assertArrayEquals(
                new int[] {Integer.MIN_VALUE, -5, 1, 33, -4, 4},
                Cpu.op(new Binary(BinaryFn.ADD), a, b).getFirst().ints());
        assertArrayEquals(
                new int[] {Integer.MAX_VALUE, -3, -1, 0, 0, -5},
                Cpu.op(new Binary(BinaryFn.DIV), a, b).getFirst().ints());
        assertArrayEquals(
                new int[] {Integer.MAX_VALUE, 49, 0, Integer.MIN_VALUE, -1, 0},
                Cpu.op(new Binary(BinaryFn.POW), a, b).getFirst().ints());
        Tensor zero = Tensor.of(new int[1], 1);
        ArithmeticException e =
                assertThrows(ArithmeticException.class, () -> Cpu.op(new Binary(BinaryFn.DIV), a, zero));
        assertTrue(String.valueOf(e.getMessage()).contains("divided by zero"), e.getMessage());
    }

    @Test
    void doublesKeepTheirRangeAndDigits() {
        Tensor a = Tensor.of(new double[] {1e200, 1, -7, 3e-310}, 2, 2);
        Tensor b = Tensor.of(new double[] {1e200, 0x1p-52}, 2);
        assertArrayEquals(
                new double[] {2e200, 1 + 0x1p-52, 1e200, 0x1p-52},
                Cpu.op(new Binary(BinaryFn.ADD), a, b).getFirst().doubles());
        assertArrayEquals(
                new double[] {1, 0x1p52, -7e-200, 3e-310 * 0x1p52},
                Cpu.op(new Binary(BinaryFn.DIV), a, b).getFirst().doubles());
    }

    @Test
    void nanSpreads() {
        Tensor a = Tensor.of(new float[] {Float.NaN, 1, 2}, 3);
        Tensor b = Tensor.of(new float[] {1, Float.NaN, 3}, 3);
        assertArrayEquals(
                new float[] {Float.NaN, Float.NaN, 3},
                Cpu.op(new Binary(BinaryFn.MAX), a, b).getFirst().floats());
        assertArrayEquals(
                new float[] {Float.NaN, Float.NaN, 2},
                Cpu.op(new Binary(BinaryFn.MIN), a, b).getFirst().floats());
        boolean[] no = {false, false};
        for (CompareFn fn : CompareFn.values()) {
            boolean[] y = Cpu.op(new Compare(fn), a, b).getFirst().booleans();
            boolean ordered = fn == CompareFn.LT || fn == CompareFn.LE || fn == CompareFn.NE;
            assertEquals(ordered, y[2], fn + " of 2 and 3");
            assertArrayEquals(
                    fn == CompareFn.NE ? new boolean[] {true, true} : no, Arrays.copyOf(y, 2), fn + " of NaN");
        }
    }

    @Test
    void selectBroadcastsAllThree() {
        Tensor condition = Tensor.of(new boolean[] {true, false}, 2, 1);
        Tensor a = Tensor.of(new long[] {1, 2, 3}, 3);
        Tensor b = Tensor.of(new long[] {-1}, 1, 1);
        assertArrayEquals(
                new long[] {1, 2, 3, -1, -1, -1},
                Cpu.op(new Select(), condition, a, b).getFirst().longs());
    }

    @Test
    void castsAsJavaDoes() {
        Tensor x = Tensor.of(new float[] {2.9f, -2.9f, 1e20f, Float.NaN, 300, -0f}, 6);
        assertArrayEquals(
                new int[] {2, -2, Integer.MAX_VALUE, 0, 300, 0},
                Cpu.op(new Cast(DataType.INT32), x).getFirst().ints());
        assertArrayEquals(
                new long[] {2, -2, Long.MAX_VALUE, 0, 300, 0},
                Cpu.op(new Cast(DataType.INT64), x).getFirst().longs());
        assertArrayEquals(
                new boolean[] {true, true, true, true, true, false},
                Cpu.op(new Cast(DataType.BOOL), x).getFirst().booleans());
        assertArrayEquals(new byte[] {2, -2, -1, 0, 44, 0}, (byte[])
                Cpu.op(new Cast(DataType.UINT8), x).getFirst().array());
        Tensor bytes = Tensor.wrap(TensorSpec.of(DataType.UINT8, 2), new byte[] {-1, 127});
        assertArrayEquals(
                new float[] {255, 127},
                Cpu.op(new Cast(DataType.FLOAT32), bytes).getFirst().floats());
    }

    @Test
    void castsToAndFromHalfPrecisionAsTheJdk() {
        Tensor x = Cpu.random(3, 1000);
        float[] values = x.floats();
        values[0] = 65520;
        values[1] = Float.NEGATIVE_INFINITY;
        values[2] = 6e-8f;
        values[3] = 65519;
        values[4] = Float.NaN;
        Tensor half = Cpu.op(new Cast(DataType.FLOAT16), x).getFirst();
        Tensor brain = Cpu.op(new Cast(DataType.BFLOAT16), x).getFirst();
        float[] back = Cpu.op(new Cast(DataType.FLOAT32), half).getFirst().floats();
        float[] brainBack = Cpu.op(new Cast(DataType.FLOAT32), brain).getFirst().floats();
        for (int i = 0; i < values.length; i++) {
            short bits = Float.floatToFloat16(values[i]);
            assertEquals(bits, ((short[]) half.array())[i], "float16 of " + values[i]);
            assertEquals(Float.float16ToFloat(bits), back[i]);
            // A bfloat16 is the upper half of a float, rounded to even.
            int word = Float.floatToIntBits(values[i]);
            int rounded = Float.isNaN(values[i]) ? word : word + 0x7FFF + (word >>> 16 & 1);
            assertEquals(Float.intBitsToFloat(rounded & 0xFFFF0000), brainBack[i], "bfloat16 of " + values[i]);
        }
    }

    @Test
    void castsToEightBitFloats() {
        // OCP 8-bit floating point: E4M3 has 448 as its largest and 2^-9 as its smallest number, E5M2 57344 and 2^-16.
        Tensor x = Tensor.of(new float[] {448, 500, 0x1p-9f, 0.4f * 0x1p-9f, 1.0625f, -1.1875f}, 6);
        assertArrayEquals(new byte[] {0x7E, 0x7E, 1, 0, 0x38, (byte) 0xBA}, (byte[])
                Cpu.op(new Cast(DataType.FLOAT8E4M3FN), x).getFirst().array());
        Tensor wide = Tensor.of(new float[] {57344, 70000, 0x1p-16f, 1}, 4);
        Tensor stored = Cpu.op(new Cast(DataType.FLOAT8E5M2), wide).getFirst();
        assertArrayEquals(new byte[] {0x7B, 0x7C, 1, 0x3C}, (byte[]) stored.array());
        assertArrayEquals(
                new float[] {57344, Float.POSITIVE_INFINITY, 0x1p-16f, 1},
                Cpu.op(new Cast(DataType.FLOAT32), stored).getFirst().floats());
    }
}
