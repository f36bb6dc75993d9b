package dev.convoy.conformance.cases;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Random;

/** Tensors for cases: values written out, or drawn from a seed. */
final class Operands {

    static final float NAN = Float.NaN;
    static final float INF = Float.POSITIVE_INFINITY;

    private Operands() {}

    static Shape shape(int... sizes) {
        return Shape.of(sizes);
    }

    /** A shape as part of a name: {@code 2x3x4}. */
    static String text(Shape shape) {
        return shape.toString().replaceAll("[\\[\\] ]", "").replace(',', 'x');
    }

    static Tensor floats(Shape shape, double... values) {
        float[] elements = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            elements[i] = (float) values[i];
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), elements);
    }

    /** A float32 vector. */
    static Tensor floats(double... values) {
        return floats(shape(values.length), values);
    }

    static Tensor ints(Shape shape, int... values) {
        return Tensor.wrap(new TensorSpec(DataType.INT32, shape), values);
    }

    /** An int32 vector. */
    static Tensor ints(int... values) {
        return ints(shape(values.length), values);
    }

    static Tensor longs(Shape shape, long... values) {
        return Tensor.wrap(new TensorSpec(DataType.INT64, shape), values);
    }

    /** An int64 vector. */
    static Tensor longs(long... values) {
        return longs(shape(values.length), values);
    }

    static Tensor bools(Shape shape, boolean... values) {
        return Tensor.wrap(new TensorSpec(DataType.BOOL, shape), values);
    }

    /** A bool vector. */
    static Tensor bools(boolean... values) {
        return bools(shape(values.length), values);
    }

    /** 1, 2, 3, … as float32. */
    static Tensor counted(Shape shape) {
        float[] elements = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = i + 1;
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), elements);
    }

    /** Float32 from a uniform distribution over [-1, 1). */
    static Tensor random(Random random, Shape shape) {
        return random(random, shape, -1, 1);
    }

    static Tensor random(Random random, Shape shape, double from, double to) {
        float[] elements = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) random.nextDouble(from, to);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), elements);
    }

    /** Any int32, so that products and sums wrap around. */
    static Tensor randomInts(Random random, Shape shape) {
        return Tensor.wrap(
                new TensorSpec(DataType.INT32, shape),
                random.ints(shape.elements()).toArray());
    }

    /** A few small float32 integers, so that equal elements are frequent. */
    static Tensor randomTies(Random random, Shape shape) {
        float[] elements = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = random.nextInt(-2, 3);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), elements);
    }
}
