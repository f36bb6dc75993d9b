package dev.convoy.conformance.gradient;

import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Problems of {@link MovementOp}. */
final class MovementProblems {

    private MovementProblems() {}

    static void add(GradientProblems problems) {
        problems.generate("Reshape", 32, seed -> {
            Shape shape = shape(seed, 1);
            List<Integer> sizes =
                    new ArrayList<>(shape.dims().stream().map(d -> d.size()).toList());
            Collections.shuffle(sizes, new Random(seed));
            sizes.add(new Random(seed).nextInt(sizes.size() + 1), 1);
            return problem(new MovementOp.Reshape(Shape.of(sizes)), seed, shape);
        });
        problems.generate("Transpose", 32, seed -> {
            Shape shape = shape(seed, 1);
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, shape.rank()).boxed().toList());
            Collections.shuffle(order, new Random(seed));
            return problem(new MovementOp.Transpose(order), seed, shape);
        });
        problems.generate("Broadcast", 32, seed -> {
            Random random = new Random(seed);
            Shape target = shape(seed, 1);
            Shape shape = target.slice(random.nextInt(target.rank() + 1), target.rank());
            for (int axis = 0; axis < shape.rank(); axis++) {
                shape = random.nextBoolean() ? shape.with(axis, 1) : shape;
            }
            return problem(new MovementOp.Broadcast(target), seed, shape);
        });
        problems.generate("Slice", 60, MovementProblems::slice);
        problems.generate("Reverse", 32, seed -> {
            Random random = new Random(seed);
            Shape shape = shape(seed, 1);
            List<Integer> axes = IntStream.range(0, shape.rank())
                    .filter(i -> random.nextBoolean())
                    .boxed()
                    .toList();
            return problem(new MovementOp.Reverse(axes), seed, shape);
        });
        for (PadMode mode : PadMode.values()) {
            problems.generate("Pad." + mode, 40, seed -> pad(mode, seed));
        }
        problems.generate("Concat", 32, MovementProblems::concat);
    }

    private static Shape shape(long seed, int least) {
        Random random = new Random(seed);
        return Draws.shape(random, 1 + random.nextInt(4), least, 4);
    }

    private static List<GradientProblem> problem(MovementOp op, long seed, Shape... shapes) {
        Random random = new Random(seed);
        List<Tensor> operands = new ArrayList<>();
        for (Shape shape : shapes) {
            operands.add(Draws.uniform(random, shape, -1, 1));
        }
        return List.of(GradientProblem.of(op, seed, operands));
    }

    /** Empty slices among them. */
    private static List<GradientProblem> slice(long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, 1 + random.nextInt(3), 1, 7);
        List<Integer> starts = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        List<Integer> steps = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            int start = random.nextInt(shape.size(axis));
            starts.add(start);
            ends.add(random.nextInt(4) == 0 ? MovementOp.Slice.TO_END : random.nextInt(start, shape.size(axis) + 1));
            steps.add(1 + random.nextInt(3));
        }
        return problem(new MovementOp.Slice(starts, ends, steps), seed, shape);
    }

    private static List<GradientProblem> pad(PadMode mode, long seed) {
        Random random = new Random(seed);
        Shape shape = shape(seed, 1);
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            int most = switch (mode) {
                case CONSTANT, EDGE -> 3;
                case REFLECT -> shape.size(axis) - 1;
                case WRAP -> shape.size(axis);
            };
            before.add(random.nextInt(most + 1));
            after.add(random.nextInt(most + 1));
        }
        return problem(new MovementOp.Pad(mode, before, after, 0.5), seed, shape);
    }

    private static List<GradientProblem> concat(long seed) {
        Random random = new Random(seed);
        Shape shape = shape(seed, 1);
        int axis = random.nextInt(shape.rank());
        Shape[] shapes = new Shape[1 + random.nextInt(4)];
        for (int i = 0; i < shapes.length; i++) {
            shapes[i] = shape.with(axis, 1 + random.nextInt(3));
        }
        return problem(new MovementOp.Concat(axis), seed, shapes);
    }
}
