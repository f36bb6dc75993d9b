package dev.convoy.graph.pass.host;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;

/** Reads and writes the elements of arithmetic tensors by their position. */
final class Elements {

    private Elements() {}

    /** The elements of a real tensor, exactly. */
    static IntToDoubleFunction reals(Tensor x) {
        return x.type() == DataType.FLOAT32 ? i -> x.floats()[i] : i -> x.doubles()[i];
    }

    /** The elements of an int32, int64 or bool tensor, exactly. */
    static IntToLongFunction integers(Tensor x) {
        return switch (x.array()) {
            case int[] a -> i -> a[i];
            case long[] a -> i -> a[i];
            case boolean[] a -> i -> a[i] ? 1 : 0;
            default -> throw new IllegalArgumentException("Not an integer tensor: " + x.spec());
        };
    }

    /** A float32 or float64 tensor, each element rounded to nearest. */
    static Tensor ofReals(TensorSpec spec, IntToDoubleFunction element) {
        int size = Math.toIntExact(spec.shape().elements());
        if (spec.type() == DataType.FLOAT64) {
            double[] array = new double[size];
            for (int i = 0; i < size; i++) {
                array[i] = element.applyAsDouble(i);
            }
            return Tensor.wrap(spec, array);
        }
        float[] array = new float[size];
        for (int i = 0; i < size; i++) {
            array[i] = (float) element.applyAsDouble(i);
        }
        return Tensor.wrap(spec, array);
    }

    /** An int64, int32 (low bits) or bool (not zero) tensor. */
    static Tensor ofIntegers(TensorSpec spec, IntToLongFunction element) {
        int size = Math.toIntExact(spec.shape().elements());
        Object array = spec.type().storage().newArray(size);
        for (int i = 0; i < size; i++) {
            long value = element.applyAsLong(i);
            switch (array) {
                case int[] a -> a[i] = (int) value;
                case long[] a -> a[i] = value;
                case boolean[] a -> a[i] = value != 0;
                default -> throw new IllegalArgumentException("Not an integer type: " + spec);
            }
        }
        return Tensor.wrap(spec, array);
    }
}
