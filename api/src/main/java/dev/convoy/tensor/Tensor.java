package dev.convoy.tensor;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An immutable multi-dimensional array on the heap: one primitive array in row-major order and its {@link TensorSpec}.
 *
 * <p>The factories named {@code of} copy; {@link #wrap} takes the array over without copying, and {@link #array} lends
 * it without copying. Whoever wraps or borrows must not write to the array afterwards.
 *
 * <p>A {@linkplain #derived derived} tensor lets go of its array while nobody uses it, and makes it again when asked.
 */
public final class Tensor {

    private final TensorSpec spec;
    private final @Nullable Object held;
    private final @Nullable DerivedArray derived;
    private final int size;

    private Tensor(TensorSpec spec, Object array, int size) {
        this.spec = spec;
        this.size = size;
        held = array;
        derived = null;
    }

    private Tensor(TensorSpec spec, DerivedArray array, int size) {
        this.spec = spec;
        this.size = size;
        held = null;
        derived = array;
    }

    /**
     * A tensor over an existing array, which must not be changed afterwards.
     *
     * @param array an array of {@code spec.type().storage()} with exactly as many elements as the shape
     * @throws IllegalArgumentException if the array's type or length does not fit the spec, or a dimension is named
     */
    public static Tensor wrap(TensorSpec spec, Object array) {
        Class<?> wanted = spec.type().storage().arrayType();
        if (!wanted.isInstance(array)) {
            throw new IllegalArgumentException("A tensor of " + spec.type() + " needs a " + wanted.getSimpleName()
                    + ", got a " + array.getClass().getSimpleName());
        }
        if (!spec.shape().isKnown()) {
            throw new IllegalArgumentException("A tensor needs known sizes, got " + spec.shape());
        }
        int length = Array.getLength(array);
        if (spec.shape().elements() != length) {
            throw new IllegalArgumentException(
                    "Shape " + spec.shape() + " has " + spec.shape().elements() + " elements, the array has " + length);
        }
        return new Tensor(spec, array, length);
    }

    /**
     * A tensor that is computed from others, such as weights in another order. Its array is held weakly: once nobody else
     * holds it, it may be collected, and is computed again when it is asked for. So a backend that has packed it does not
     * keep a second copy alive. It is a tensor like any other in all else, and stays the same object throughout.
     *
     * @param first what {@code source} gives, computed already
     * @param source computes a tensor of the same spec and elements each time; any thread may call it
     */
    public static Tensor derived(Tensor first, Supplier<Tensor> source) {
        return new Tensor(first.spec, new DerivedArray(first.array(), source), first.size);
    }

    /** A float32 tensor holding a copy of the values. */
    public static Tensor of(float[] values, int... sizes) {
        return wrap(TensorSpec.of(DataType.FLOAT32, sizes), values.clone());
    }

    /** A float64 tensor holding a copy of the values. */
    public static Tensor of(double[] values, int... sizes) {
        return wrap(TensorSpec.of(DataType.FLOAT64, sizes), values.clone());
    }

    /** An int32 tensor holding a copy of the values. */
    public static Tensor of(int[] values, int... sizes) {
        return wrap(TensorSpec.of(DataType.INT32, sizes), values.clone());
    }

    /** An int64 tensor holding a copy of the values. */
    public static Tensor of(long[] values, int... sizes) {
        return wrap(TensorSpec.of(DataType.INT64, sizes), values.clone());
    }

    /** A bool tensor holding a copy of the values. */
    public static Tensor of(boolean[] values, int... sizes) {
        return wrap(TensorSpec.of(DataType.BOOL, sizes), values.clone());
    }

    /** A float32 scalar. */
    public static Tensor scalar(float value) {
        return of(new float[] {value});
    }

    /** An int64 scalar. */
    public static Tensor scalar(long value) {
        return of(new long[] {value});
    }

    /**
     * A tensor with every element equal to {@code value}, converted to the type as a Java cast does.
     *
     * @throws IllegalArgumentException if the type is not arithmetic
     */
    public static Tensor full(TensorSpec spec, double value) {
        int length = Math.toIntExact(spec.shape().elements());
        Object array = spec.type().storage().newArray(length);
        switch (array) {
            case float[] a -> Arrays.fill(a, (float) value);
            case double[] a -> Arrays.fill(a, value);
            case int[] a when spec.type() == DataType.INT32 -> Arrays.fill(a, (int) value);
            case long[] a when spec.type() == DataType.INT64 -> Arrays.fill(a, (long) value);
            case boolean[] a -> Arrays.fill(a, value != 0);
            default -> throw new IllegalArgumentException("Cannot fill a tensor of " + spec.type());
        }
        return wrap(spec, array);
    }

    /** A tensor of zeros (false for bool) of any type that can be stored. */
    public static Tensor zeros(TensorSpec spec) {
        return wrap(
                spec,
                spec.type().storage().newArray(Math.toIntExact(spec.shape().elements())));
    }

    public TensorSpec spec() {
        return spec;
    }

    public DataType type() {
        return spec.type();
    }

    public Shape shape() {
        return spec.shape();
    }

    /** The number of elements. */
    public int size() {
        return size;
    }

    /** The array itself, not a copy; read only. Its class is {@code type().storage().arrayType()}. */
    public Object array() {
        return held != null ? held : Objects.requireNonNull(derived).get();
    }

    /** The array of a float32 tensor, not a copy; read only. */
    public float[] floats() {
        return (float[]) checked(DataType.FLOAT32);
    }

    /** The array of a float64 tensor, not a copy; read only. */
    public double[] doubles() {
        return (double[]) checked(DataType.FLOAT64);
    }

    /** The array of an int32 tensor, not a copy; read only. */
    public int[] ints() {
        return (int[]) checked(DataType.INT32);
    }

    /** The array of an int64 tensor, not a copy; read only. */
    public long[] longs() {
        return (long[]) checked(DataType.INT64);
    }

    /** The array of a bool tensor, not a copy; read only. */
    public boolean[] booleans() {
        return (boolean[]) checked(DataType.BOOL);
    }

    /**
     * One element of an arithmetic type as a double (bool: 0 or 1; int64 beyond 2^53 is rounded).
     *
     * @param index position in row-major order
     * @throws IllegalStateException if the type is not arithmetic
     */
    public double get(int index) {
        Object array = array();
        return switch (spec.type()) {
            case FLOAT32 -> ((float[]) array)[index];
            case FLOAT64 -> ((double[]) array)[index];
            case INT32 -> ((int[]) array)[index];
            case INT64 -> ((long[]) array)[index];
            case BOOL -> ((boolean[]) array)[index] ? 1 : 0;
            default ->
                throw new IllegalStateException("Elements of " + spec.type() + " have no arithmetic value; cast first");
        };
    }

    /** The same elements under another shape; shares the array. */
    public Tensor reshape(int... sizes) {
        return wrap(spec.withShape(Shape.of(sizes)), array());
    }

    private Object checked(DataType type) {
        if (spec.type() != type) {
            throw new IllegalStateException("Expected a tensor of " + type + ", got " + spec);
        }
        return array();
    }

    /** Equal type, shape and elements; floating-point elements are compared by their bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && spec.equals(tensor.spec)
                && Objects.deepEquals(array(), tensor.array());
    }

    @Override
    public int hashCode() {
        return 31 * spec.hashCode() + Arrays.deepHashCode(new Object[] {array()});
    }

    /** The spec and the first few elements. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(spec.toString()).append(" {");
        Object array = array();
        int shown = Math.min(size, 8);
        for (int i = 0; i < shown; i++) {
            text.append(i == 0 ? "" : ", ").append(Array.get(array, i));
        }
        return text.append(shown < size ? ", …}" : "}").toString();
    }
}
