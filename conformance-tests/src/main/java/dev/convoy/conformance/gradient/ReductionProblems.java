package dev.convoy.conformance.gradient;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Problems of {@link ReductionOp}. */
final class ReductionProblems {

    private ReductionProblems() {}

    static void add(GradientProblems problems) {
        for (ReduceFn fn : ReduceFn.values()) {
            problems.generate("Reduce." + fn, 40, seed -> reduce(fn, seed));
        }
        problems.generate("Cumulative.SUM", 40, seed -> cumulative(ReduceFn.SUM, seed));
        problems.generate("Cumulative.PROD", 40, seed -> cumulative(ReduceFn.PROD, seed));
        problems.generate("TopK", 40, ReductionProblems::topK);
    }

    private static List<GradientProblem> reduce(ReduceFn fn, long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, random.nextInt(4), 1, 4);
        List<Integer> axes = IntStream.range(0, shape.rank())
                .filter(axis -> random.nextInt(3) > 0)
                .boxed()
                .toList();
        ReductionOp op = new ReductionOp.Reduce(fn, axes, random.nextBoolean());
        Tensor x = switch (fn) {
            case SUM, MEAN -> Draws.uniform(random, shape, -2, 2);
            case PROD -> withZeros(random, shape);
            case MAX, MIN -> Draws.distinct(random, shape);
        };
        return List.of(GradientProblem.of(op, seed, List.of(x)));
    }

    /** Of magnitude 0.5 to 1.5, and an exact zero here and there. */
    private static Tensor withZeros(Random random, Shape shape) {
        float[] values = Draws.signed(random, shape, 0.5, 1.5).floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(6) == 0 ? 0 : values[i];
        }
        return Tensor.of(values, shape.sizes());
    }

    private static List<GradientProblem> cumulative(ReduceFn fn, long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, 1 + random.nextInt(3), 1, 4);
        int axis = random.nextInt(shape.rank());
        ReductionOp op = new ReductionOp.Cumulative(fn, axis, seed % 2 == 0, seed % 4 < 2);
        GradientProblem problem = GradientProblem.of(op, seed, List.of(withZeros(random, shape)));
        return seed % 8 == 0 ? List.of(problem, problem.derivative()) : List.of(problem);
    }

    private static List<GradientProblem> topK(long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, 1 + random.nextInt(4), 1, 4);
        int axis = random.nextInt(shape.rank());
        int k = 1 + random.nextInt(shape.size(axis));
        ReductionOp op = new ReductionOp.TopK(k, axis, seed % 2 == 0);
        return List.of(GradientProblem.of(op, seed, List.of(Draws.distinct(random, shape))));
    }
}
