package dev.convoy.conformance.gradient;

import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Problems of {@link IndexingOp}; indices come twice and not at all. */
final class IndexingProblems {

    private IndexingProblems() {}

    static void add(GradientProblems problems) {
        problems.generate("Gather", 40, seed -> {
            Random random = new Random(seed);
            Shape shape = Draws.shape(random, 1 + random.nextInt(3), 1, 4);
            int axis = random.nextInt(shape.rank());
            Tensor indices = Draws.indices(random, Draws.shape(random, random.nextInt(3), 1, 4), shape.size(axis));
            Tensor data = Draws.uniform(random, shape, -1, 1);
            return List.of(GradientProblem.of(new IndexingOp.Gather(axis), seed, List.of(data, indices)));
        });
        for (ScatterFn fn : ScatterFn.values()) {
            problems.generate("Scatter." + fn, 40, seed -> scatter(fn, seed));
        }
    }

    private static List<GradientProblem> scatter(ScatterFn fn, long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, 1 + random.nextInt(3), 1, 4);
        int axis = random.nextInt(shape.rank());
        int count = random.nextInt(6);
        Tensor indices = Draws.indices(random, Shape.of(count), shape.size(axis));
        int places = shape.size(axis);
        // data and updates from one shuffle, so that no two of them are nearly equal
        Tensor all = Draws.distinct(random, shape.with(axis, places + count));
        Tensor data = part(all, axis, 0, places);
        Tensor updates = part(all, axis, places, places + count);
        return List.of(GradientProblem.of(
                new IndexingOp.Scatter(axis, fn), seed, List.of(data, indices, zeroed(fn, random, updates))));
    }

    /** For products, some exact zeros. */
    private static Tensor zeroed(ScatterFn fn, Random random, Tensor updates) {
        if (fn != ScatterFn.MUL) {
            return updates;
        }
        float[] values = updates.floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(4) == 0 ? 0 : values[i];
        }
        return Tensor.of(values, updates.shape().sizes());
    }

    private static Tensor part(Tensor all, int axis, int from, int to) {
        Shape shape = all.shape();
        Shape target = shape.with(axis, to - from);
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        int row = shape.size(axis) * inner;
        float[] values = new float[Math.toIntExact(target.elements())];
        int width = (to - from) * inner;
        for (int outer = 0; outer * row < all.size(); outer++) {
            System.arraycopy(all.floats(), outer * row + from * inner, values, outer * width, width);
        }
        return Tensor.of(values, target.sizes());
    }
}
