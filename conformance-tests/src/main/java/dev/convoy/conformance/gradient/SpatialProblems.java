package dev.convoy.conformance.gradient;

import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Problems of {@link SpatialOp}. */
final class SpatialProblems {

    /** Of the windows drawn, so many that enough are left when those are taken away that lie beside the data. */
    private static final int SEEDS = 2 * Geometry.COMBINATIONS;

    private SpatialProblems() {}

    static void add(GradientProblems problems) {
        problems.generate(
                "MaxPool",
                SEEDS,
                seed -> pooling(seed, c -> {
                    MaxPool op = new MaxPool(c.window(), ceil(seed), c.layout());
                    return GradientProblem.of(op, seed, List.of(Draws.distinct(new Random(seed), c.data(c.groups()))));
                }));
        problems.generate(
                "MaxPoolGrad",
                SEEDS,
                seed -> pooling(seed, c -> {
                    Shape shape = c.data(c.groups(), c.output(ceil(seed)));
                    Random random = new Random(seed);
                    int plane = c.size().stream().reduce(1, Math::multiplyExact);
                    Tensor indices = Draws.indices(random, shape, plane);
                    Tensor gradient = Draws.uniform(random, shape, -1, 1);
                    return GradientProblem.of(new MaxPoolGrad(c.layout(), c.size()), seed, List.of(gradient, indices));
                }));
        problems.generate(
                "AvgPool",
                SEEDS,
                seed -> pooling(seed, c -> {
                    Tensor x = Draws.uniform(new Random(seed), c.data(c.groups()), -1, 1);
                    return GradientProblem.of(average(c, seed), seed, List.of(x));
                }));
        problems.generate(
                "AvgPoolGrad",
                SEEDS,
                seed -> pooling(seed, c -> {
                    Tensor dy = Draws.uniform(new Random(seed), c.data(c.groups(), c.output(ceil(seed))), -1, 1);
                    return GradientProblem.of(new AvgPoolGrad(average(c, seed), c.size()), seed, List.of(dy));
                }));
    }

    private static List<GradientProblem> pooling(long seed, Function<Geometry, GradientProblem> problem) {
        Geometry geometry = Geometry.of(seed);
        return geometry.meets(ceil(seed)) ? List.of(problem.apply(geometry)) : List.of();
    }

    private static AvgPool average(Geometry c, long seed) {
        Random random = new Random(seed);
        return new AvgPool(c.window(), ceil(seed), random.nextBoolean(), random.nextInt(3) == 0 ? 5 : 0, c.layout());
    }

    /** Decided by the seed, and not in step with what {@link Geometry} makes of it. */
    private static boolean ceil(long seed) {
        return new Random(seed + 1000).nextBoolean();
    }
}
