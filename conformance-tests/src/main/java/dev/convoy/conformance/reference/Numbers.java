package dev.convoy.conformance.reference;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/**
 * How the interpreter carries elements: real numbers as double whatever their declared type, integers as long of which
 * the low bits are kept (so that int32 and int64 wrap around), truth values as boolean.
 */
final class Numbers {

    private Numbers() {}

    /** The tensor as the interpreter carries it: float32 becomes float64, all else stays. */
    static Tensor carried(Tensor tensor) {
        return tensor.type() == DataType.FLOAT32 ? reals(tensor.shape(), i -> tensor.floats()[i]) : tensor;
    }

    /** The spec of a carried tensor. */
    static TensorSpec carried(TensorSpec spec) {
        return spec.type() == DataType.FLOAT32 ? spec.withType(DataType.FLOAT64) : spec;
    }

    /** A carried tensor in its declared type again. */
    static Tensor declared(Tensor carried, DataType type) {
        if (type != DataType.FLOAT32 || carried.type() == DataType.FLOAT32) {
            return carried;
        }
        float[] values = new float[carried.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) carried.doubles()[i];
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, carried.shape()), values);
    }

    static boolean isReal(Tensor carried) {
        return carried.type() == DataType.FLOAT64;
    }

    static double real(Tensor x, int index) {
        return x.doubles()[index];
    }

    static long integer(Tensor x, int index) {
        return x.type() == DataType.INT32 ? x.ints()[index] : x.longs()[index];
    }

    static boolean truth(Tensor x, int index) {
        return x.booleans()[index];
    }

    static Tensor reals(Shape shape, IntToDoubleFunction element) {
        double[] values = new double[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.applyAsDouble(i);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT64, shape), values);
    }

    /** Integers of type int32 or int64; only the low bits are kept. */
    static Tensor integers(TensorSpec spec, IntToLongFunction element) {
        int count = Math.toIntExact(spec.shape().elements());
        if (spec.type() == DataType.INT64) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = element.applyAsLong(i);
            }
            return Tensor.wrap(spec, values);
        }
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = (int) element.applyAsLong(i);
        }
        return Tensor.wrap(spec, values);
    }

    static Tensor truths(Shape shape, IntPredicate element) {
        boolean[] values = new boolean[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = element.test(i);
        }
        return Tensor.wrap(new TensorSpec(DataType.BOOL, shape), values);
    }

    /** The elements of {@code x}, of any type, at {@code positions}; zero (false) where a position is negative. */
    static Tensor pick(Tensor x, Shape shape, int[] positions) {
        Object elements = x.type().storage().newArray(positions.length);
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] >= 0) {
                // the one way to copy an element of any primitive array
                System.arraycopy(x.array(), positions[i], elements, i, 1);
            }
        }
        return Tensor.wrap(x.spec().withShape(shape), elements);
    }
}
