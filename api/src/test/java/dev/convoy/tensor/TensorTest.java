package dev.convoy.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.ref.WeakReference;
import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TensorTest {

    @Test
    void ofCopiesAndWrapDoesNot() {
        float[] values = {1, 2, 3, 4};
        Tensor copy = Tensor.of(values, 2, 2);
        Tensor view = Tensor.wrap(TensorSpec.float32(2, 2), values);
        values[0] = 9;
        assertEquals(1, copy.get(0));
        assertSame(values, view.array());
        assertSame(values, view.reshape(4).array());
    }

    @Test
    void aDerivedTensorMakesItsArrayAgainOnceItIsGone() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        Supplier<Tensor> source = () -> {
            made.incrementAndGet();
            return Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
        };
        Tensor tensor = Tensor.derived(source.get(), source);
        Object held = tensor.array();
        System.gc();
        assertSame(held, tensor.array());
        WeakReference<Object> array = new WeakReference<>(held);
        held = null;
        for (int i = 0; i < 100 && array.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(array.get());
        assertEquals(1, made.get());
        assertEquals(Tensor.of(new float[] {1, 2, 3, 4}, 2, 2), tensor);
        assertEquals(Tensor.of(new float[] {1, 2, 3, 4}, 4), tensor.reshape(4));
        assertEquals(3, tensor.get(2));
    }

    @Test
    void theArrayFitsTheSpec() {
        assertThrows(IllegalArgumentException.class, () -> Tensor.of(new float[3], 2, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> Tensor.of(new float[4], 2, 2).reshape(3));
        assertEquals(
                "A tensor of int64 needs a long[], got a int[]",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Tensor.wrap(TensorSpec.of(DataType.INT64, 1), new int[1]))
                        .getMessage());
        TensorSpec named = new TensorSpec(DataType.FLOAT32, Shape.SCALAR.prepend(Dim.named("batch")));
        assertThrows(IllegalArgumentException.class, () -> Tensor.wrap(named, new float[1]));
    }

    @Test
    void elementsComeAsDoubles() {
        assertEquals(0.5, Tensor.scalar(0.5f).get(0));
        assertEquals(1, Tensor.of(new boolean[] {true}, 1).get(0));
        assertEquals(-7, Tensor.scalar(-7L).get(0));
        Tensor half = Tensor.zeros(TensorSpec.of(DataType.FLOAT16, 1));
        assertThrows(IllegalStateException.class, () -> half.get(0));
        assertThrows(IllegalStateException.class, half::floats);
    }

    @Test
    void fullConvertsAsACastDoes() {
        assertArrayEquals(
                new int[] {-2, -2},
                Tensor.full(TensorSpec.of(DataType.INT32, 2), -2.9).ints());
        assertArrayEquals(
                new boolean[] {true},
                Tensor.full(TensorSpec.of(DataType.BOOL, 1), 0.1).booleans());
        assertThrows(IllegalArgumentException.class, () -> Tensor.full(TensorSpec.of(DataType.UINT32, 1), 1));
    }

    @Test
    void equalBySpecAndBits() {
        Tensor nan = Tensor.of(new float[] {Float.NaN, 1}, 2);
        assertEquals(nan, Tensor.of(new float[] {Float.NaN, 1}, 2));
        assertEquals(nan.hashCode(), Tensor.of(new float[] {Float.NaN, 1}, 2).hashCode());
        assertNotEquals(nan, nan.reshape(1, 2));
        assertNotEquals(Tensor.scalar(0f), Tensor.scalar(-0f));
        assertNotEquals(Tensor.of(new int[] {1}, 1), Tensor.of(new long[] {1}, 1));
    }

    @Test
    void printsTheFirstElements() {
        assertEquals("float32[2] {1.0, 2.0}", Tensor.of(new float[] {1, 2}, 2).toString());
        assertEquals(
                "int32[9] {0, 0, 0, 0, 0, 0, 0, 0, …}",
                Tensor.zeros(TensorSpec.of(DataType.INT32, 9)).toString());
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"STRING", "COMPLEX64", "COMPLEX128"})
    void everyStoredTypeHasATensor(DataType type) {
        Tensor zeros = Tensor.zeros(TensorSpec.of(type, 2, 3));
        assertEquals(6, Array.getLength(zeros.array()));
        assertEquals(type.label(), type.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"STRING", "COMPLEX64", "COMPLEX128"})
    void otherTypesHaveNone(DataType type) {
        assertThrows(IllegalArgumentException.class, () -> Tensor.zeros(TensorSpec.of(type, 1)));
    }
}
