package dev.convoy.conformance.gradient;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** Random float32 operands that stay away from where functions have no derivative. */
final class Draws {

    private Draws() {}

    static Tensor uniform(Random random, Shape shape, double from, double to) {
        return fill(shape, () -> random.nextDouble(from, to));
    }

    /** Uniform in {@code [from, to)}, with either sign. */
    static Tensor signed(Random random, Shape shape, double from, double to) {
        return fill(shape, () -> random.nextDouble(from, to) * (random.nextBoolean() ? 1 : -1));
    }

    /** At least 0.1 from the nearest multiple of a half. */
    static Tensor betweenHalves(Random random, Shape shape) {
        return fill(shape, () -> random.nextInt(-6, 6) * 0.5 + random.nextDouble(0.1, 0.4));
    }

    /** Shuffled numbers, about 0 and 0.05 apart, so that no two are nearly equal. */
    static Tensor distinct(Random random, Shape shape) {
        int count = Math.toIntExact(shape.elements());
        List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(order, random);
        int[] next = {0};
        return fill(shape, () -> (order.get(next[0]++) - count / 2.0) * 0.05 + 0.013);
    }

    static Tensor bools(Random random, Shape shape) {
        boolean[] values = new boolean[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean();
        }
        return Tensor.wrap(new TensorSpec(DataType.BOOL, shape), values);
    }

    /** Whole numbers in {@code [0, bound)}. */
    static Tensor indices(Random random, Shape shape, int bound) {
        long[] values = random.longs(shape.elements(), 0, bound).toArray();
        return Tensor.wrap(new TensorSpec(DataType.INT64, shape), values);
    }

    /** A shape of a rank, of sizes in {@code [from, to]}. */
    static Shape shape(Random random, int rank, int from, int to) {
        return Shape.of(random.ints(rank, from, to + 1).boxed().toList());
    }

    private static Tensor fill(Shape shape, DoubleSupplier next) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) next.getAsDouble();
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), values);
    }
}
