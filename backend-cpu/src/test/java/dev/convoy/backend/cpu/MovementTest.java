package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.GraphException;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp.Broadcast;
import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.MovementOp.Reshape;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.MovementOp.Transpose;
import dev.convoy.graph.Op;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.lang.reflect.Array;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Movement and indexing on every type that can be stored. */
class MovementTest {

    /** Elements 0, 1, 0, 1, … of a type, told apart by their bits. */
    private static Tensor pattern(DataType type, int... sizes) {
        Tensor tensor = Tensor.zeros(TensorSpec.of(type, sizes));
        for (int i = 0; i < tensor.size(); i++) {
            switch (tensor.array()) {
                case float[] a -> a[i] = i;
                case double[] a -> a[i] = i;
                case int[] a -> a[i] = i;
                case long[] a -> a[i] = i;
                case short[] a -> a[i] = (short) i;
                case byte[] a -> a[i] = (byte) (i % 8);
                case boolean[] a -> a[i] = i % 3 == 0;
                default -> throw new IllegalStateException(type + " has no array");
            }
        }
        return tensor;
    }

    private static void assertElements(Op op, Tensor x, String shape, int... sources) {
        Tensor y = Cpu.op(op, x).getFirst();
        assertEquals(shape, y.shape().toString(), op.name());
        assertEquals(sources.length, y.size());
        for (int i = 0; i < sources.length; i++) {
            Object expected = sources[i] < 0 ? Array.get(zero(x), 0) : Array.get(x.array(), sources[i]);
            assertEquals(expected, Array.get(y.array(), i), op + " of " + x.type() + " at " + i);
        }
    }

    private static Object zero(Tensor x) {
        return x.type().storage().newArray(1);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"STRING", "COMPLEX64", "COMPLEX128"})
    void moves(DataType type) {
        Tensor x = pattern(type, 2, 3);
        assertElements(new Reshape(Shape.of(3, 2)), x, "[3, 2]", 0, 1, 2, 3, 4, 5);
        assertElements(new Transpose(List.of(1, 0)), x, "[3, 2]", 0, 3, 1, 4, 2, 5);
        assertElements(new Transpose(List.of(1, 2, 0)), pattern(type, 2, 2, 2), "[2, 2, 2]", 0, 4, 1, 5, 2, 6, 3, 7);
        assertElements(new Broadcast(Shape.of(2, 2, 3)), x, "[2, 2, 3]", 0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5);
        assertElements(new Broadcast(Shape.of(2, 2)), pattern(type, 2, 1), "[2, 2]", 0, 0, 1, 1);
        assertElements(new Slice(List.of(1, 0), List.of(2, Slice.TO_END), List.of(1, 2)), x, "[1, 2]", 3, 5);
        assertElements(new Reverse(List.of(0, 1)), x, "[2, 3]", 5, 4, 3, 2, 1, 0);
        assertElements(new Reverse(List.of(1)), x, "[2, 3]", 2, 1, 0, 5, 4, 3);
        Tensor line = pattern(type, 4);
        assertElements(new Pad(PadMode.CONSTANT, List.of(1), List.of(2), 0), line, "[7]", -1, 0, 1, 2, 3, -1, -1);
        assertElements(new Pad(PadMode.REFLECT, List.of(2), List.of(3), 0), line, "[9]", 2, 1, 0, 1, 2, 3, 2, 1, 0);
        assertElements(new Pad(PadMode.EDGE, List.of(2), List.of(1), 0), line, "[7]", 0, 0, 0, 1, 2, 3, 3);
        assertElements(new Pad(PadMode.WRAP, List.of(2), List.of(1), 0), line, "[7]", 2, 3, 0, 1, 2, 3, 0);
        assertElements(
                new Pad(PadMode.CONSTANT, List.of(0, 1), List.of(1, 0), 0),
                x,
                "[3, 4]",
                -1,
                0,
                1,
                2,
                -1,
                3,
                4,
                5,
                -1,
                -1,
                -1,
                -1);
        Tensor joined = Cpu.op(new Concat(1), x, pattern(type, 2, 1), pattern(type, 2, 0))
                .getFirst();
        int[] fromX = {0, 1, 2, -1, 3, 4, 5, -1};
        for (int i = 0; i < 8; i++) {
            Object expected =
                    fromX[i] < 0 ? Array.get(pattern(type, 2).array(), i / 4) : Array.get(x.array(), fromX[i]);
            assertEquals(expected, Array.get(joined.array(), i));
        }
        Tensor picked = Cpu.op(new Gather(1), x, Tensor.of(new long[] {2, 0, 2, 1}, 2, 2))
                .getFirst();
        assertEquals("[2, 2, 2]", picked.shape().toString());
        int[] sources = {2, 0, 2, 1, 5, 3, 5, 4};
        for (int i = 0; i < 8; i++) {
            assertEquals(Array.get(x.array(), sources[i]), Array.get(picked.array(), i));
        }
    }

    @Test
    void transposesLargeMatrices() {
        Tensor x = Cpu.random(1, 301, 407);
        float[] y = Cpu.op(new Transpose(List.of(1, 0)), x).getFirst().floats();
        for (int i = 0; i < y.length; i++) {
            assertEquals(x.floats()[i % 301 * 407 + i / 301], y[i]);
        }
    }

    @Test
    void padsWithAConstantOfTheType() {
        Tensor x = Tensor.of(new int[] {1}, 1);
        assertArrayEquals(
                new int[] {-2, 1, -2},
                Cpu.op(new Pad(PadMode.CONSTANT, List.of(1), List.of(1), -2.9), x)
                        .getFirst()
                        .ints());
    }

    @Test
    void scatters() {
        Tensor data = Tensor.of(new float[] {1, 1, 1, 1, 1, 1}, 2, 3);
        Tensor indices = Tensor.of(new int[] {2, 0, 2}, 3);
        Tensor updates = Tensor.of(new float[] {2, 3, 4, 5, 6, 7}, 2, 3);
        float[][] expected = {
            {3, 1, 4, 6, 1, 7}, {4, 1, 7, 7, 1, 13}, {3, 1, 8, 6, 1, 35}, {3, 1, 4, 6, 1, 7}, {1, 1, 1, 1, 1, 1}
        };
        for (ScatterFn fn : ScatterFn.values()) {
            assertArrayEquals(
                    expected[fn.ordinal()],
                    Cpu.op(new Scatter(1, fn), data, indices, updates)
                            .getFirst()
                            .floats(),
                    fn.name());
        }
        Tensor numbers = Tensor.of(new long[] {Long.MAX_VALUE, 0}, 2);
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, 0},
                Cpu.op(new Scatter(0, ScatterFn.ADD), numbers, Tensor.of(new long[1], 1), Tensor.of(new long[] {1}, 1))
                        .getFirst()
                        .longs());
    }

    @Test
    void indicesOutsideAreRefused() {
        Tensor x = Cpu.random(1, 3, 2);
        for (long index : new long[] {-1, 3, 1L << 40}) {
            GraphException e = assertThrows(
                    GraphException.class, () -> Cpu.op(new Gather(0), x, Tensor.of(new long[] {0, index}, 2)));
            assertEquals("gather.C3", e.rule());
        }
        GraphException e = assertThrows(
                GraphException.class,
                () -> Cpu.op(new Scatter(1, ScatterFn.SET), x, Tensor.of(new int[] {2}, 1), Cpu.random(2, 3, 1)));
        assertEquals("scatter.C4", e.rule());
    }

    @Test
    void counts() {
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 2, 2, 0, 0, 1, 1, 2, 2},
                Cpu.op(new Iota(DataType.FLOAT32, Shape.of(2, 3, 2), 1))
                        .getFirst()
                        .floats());
        assertArrayEquals(
                new int[] {0, 1, 2},
                Cpu.op(new Iota(DataType.INT32, Shape.of(3), 0)).getFirst().ints());
    }
}
