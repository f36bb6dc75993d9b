package dev.convoy.conformance.gradient;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Clip;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.Glu;
import dev.convoy.graph.composite.GroupNorm;
import dev.convoy.graph.composite.HardShrink;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.HardSwish;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.graph.composite.LayerNorm;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.LogSigmoid;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Lrn;
import dev.convoy.graph.composite.Mish;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.graph.composite.Resize;
import dev.convoy.graph.composite.RmsNorm;
import dev.convoy.graph.composite.Selu;
import dev.convoy.graph.composite.Silu;
import dev.convoy.graph.composite.SoftShrink;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Softsign;
import dev.convoy.graph.composite.SparsePlus;
import dev.convoy.graph.composite.Sparsemax;
import dev.convoy.graph.composite.Squareplus;
import dev.convoy.graph.composite.TanhShrink;
import dev.convoy.graph.composite.Threshold;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Problems of the composites that Convoy brings. */
final class CompositeProblems {

    private static final int SEEDS = 32;

    /** Of one operand, element by element; where they have a kink, it is at a multiple of a half. */
    private static final List<CompositeOp> ELEMENTWISE = List.of(
            new Celu(1.5),
            new Clip(-1, 2),
            new Elu(1.2),
            new Gelu(false),
            new Gelu(true),
            new HardShrink(0.5),
            new HardSigmoid(1.0 / 6, 0.5),
            new HardSwish(),
            new LeakyRelu(0.3),
            new LogSigmoid(),
            new Mish(),
            new Selu(),
            new Silu(),
            new SoftShrink(0.5),
            new Softplus(),
            new Softsign(),
            new SparsePlus(),
            new Squareplus(4),
            new TanhShrink(),
            new Threshold(0.5, -1));

    private CompositeProblems() {}

    static void add(GradientProblems problems) {
        for (CompositeOp op : ELEMENTWISE) {
            String name = op instanceof Gelu(boolean approximate) && approximate ? "Gelu.approximate" : op.name();
            problems.generate(name, SEEDS, seed -> {
                Random random = new Random(seed);
                Shape shape = Draws.shape(random, random.nextInt(3), 1, 4);
                return List.of(GradientProblem.of(op, seed, List.of(Draws.betweenHalves(random, shape))));
            });
        }
        problems.generate("PRelu", SEEDS, seed -> {
            Random random = new Random(seed);
            Shape shape = Draws.shape(random, 3, 1, 3);
            Tensor slope = Draws.uniform(random, seed % 2 == 0 ? shape : shape.slice(2, 3), -1, 1);
            return List.of(GradientProblem.of(new PRelu(), seed, List.of(Draws.betweenHalves(random, shape), slope)));
        });
        along(problems, "Softmax", (axis, random) -> new Softmax(axis));
        along(problems, "LogSoftmax", (axis, random) -> new LogSoftmax(axis));
        along(problems, "Glu", (axis, random) -> new Glu(axis));
        along(
                problems,
                "Lrn",
                (axis, random) -> new Lrn(1 + random.nextInt(4), 0.2, 0.75, 1 + random.nextDouble(), axis));
        problems.generate("Resize", SEEDS, seed -> {
            Random random = new Random(seed);
            Interpolation[] methods = Interpolation.values();
            List<Integer> sizes = List.of(1 + random.nextInt(4), 1 + random.nextInt(4));
            Resize op = new Resize(List.of(1, 2), sizes, methods[(int) seed % methods.length], seed % 3 == 0);
            Tensor x = Draws.uniform(random, Draws.shape(random, 4, 1, 3), -2, 2);
            return List.of(GradientProblem.of(op, seed, List.of(x)));
        });
        problems.generate("Sparsemax", SEEDS, seed -> {
            Random random = new Random(seed);
            Tensor x = Draws.uniform(random, Draws.shape(random, 2, 2, 4), -1, 1);
            return List.of(GradientProblem.of(new Sparsemax((int) (seed % 2)), seed, List.of(x)));
        });
        perChannel(problems, "BatchNormInference", 4, (axis, _) -> new BatchNormInference(1e-3, axis));
        perChannel(problems, "BatchNormTraining", 2, (axis, _) -> new BatchNormTraining(1e-3, axis));
        perChannel(problems, "GroupNorm", 2, (axis, random) -> new GroupNorm(1 + random.nextInt(2), 1e-3, axis));
        overAxes(problems, "LayerNorm", 2, axes -> new LayerNorm(axes, 1e-3));
        overAxes(problems, "RmsNorm", 1, axes -> new RmsNorm(axes, 1e-3));
    }

    private static void along(GradientProblems problems, String name, BiFunction<Integer, Random, CompositeOp> op) {
        problems.generate(name, SEEDS, seed -> {
            Random random = new Random(seed);
            Shape shape = Draws.shape(random, 1 + random.nextInt(3), 1, 4);
            int axis = random.nextInt(shape.rank());
            Tensor x = Draws.uniform(random, shape.with(axis, 2 * (1 + random.nextInt(2))), -2, 2);
            return List.of(GradientProblem.of(op.apply(axis, random), seed, List.of(x)));
        });
    }

    private static void perChannel(
            GradientProblems problems, String name, int vectors, BiFunction<Integer, Random, CompositeOp> op) {
        problems.generate(name, SEEDS, seed -> {
            Random random = new Random(seed);
            int axis = seed % 2 == 0 ? 1 : 3;
            Shape shape = Draws.shape(random, 4, 2, 3).with(axis, 2);
            Tensor[] operands = new Tensor[1 + vectors];
            operands[0] = Draws.uniform(random, shape, -2, 2);
            for (int i = 1; i < operands.length; i++) {
                operands[i] = Draws.uniform(random, Shape.of(2), 0.5, 1.5);
            }
            return List.of(GradientProblem.of(op.apply(axis, random), seed, List.of(operands)));
        });
    }

    private static void overAxes(
            GradientProblems problems, String name, int vectors, Function<List<Integer>, CompositeOp> op) {
        problems.generate(name, SEEDS, seed -> {
            Random random = new Random(seed);
            Shape shape = Draws.shape(random, 3, 2, 3);
            List<Integer> axes =
                    IntStream.range(1 + (int) (seed % 2), 3).boxed().toList();
            Tensor[] operands = new Tensor[1 + random.nextInt(vectors + 1)];
            operands[0] = Draws.uniform(random, shape, -2, 2);
            for (int i = 1; i < operands.length; i++) {
                operands[i] = Draws.uniform(random, shape.permute(axes), 0.5, 1.5);
            }
            return List.of(GradientProblem.of(op.apply(axes), seed, List.of(operands)));
        });
    }
}
