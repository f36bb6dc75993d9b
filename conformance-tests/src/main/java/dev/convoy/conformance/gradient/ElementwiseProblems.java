package dev.convoy.conformance.gradient;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Problems of {@link ElementwiseOp}, but for Cast, which rounds. */
final class ElementwiseProblems {

    /** Operand shapes that broadcast in every way. */
    private static final List<List<Shape>> PAIRS = List.of(
            List.of(Shape.of(2, 3), Shape.of(2, 3)),
            List.of(Shape.of(2, 3), Shape.of(3)),
            List.of(Shape.of(3), Shape.of(2, 3)),
            List.of(Shape.of(2, 1, 3), Shape.of(4, 1)),
            List.of(Shape.SCALAR, Shape.of(2, 3)),
            List.of(Shape.of(1, 2), Shape.of(3, 1)),
            List.of(Shape.of(1, 1, 2), Shape.of(2)),
            List.of(Shape.of(5), Shape.SCALAR));

    private ElementwiseProblems() {}

    static void add(GradientProblems problems) {
        for (UnaryFn fn : UnaryFn.values()) {
            problems.generate("unary." + fn, 32, seed -> unary(fn, seed));
        }
        for (BinaryFn fn : BinaryFn.values()) {
            problems.generate("binary." + fn, 32, seed -> binary(fn, seed));
        }
        problems.generate("Select", 32, ElementwiseProblems::select);
    }

    private static List<GradientProblem> unary(UnaryFn fn, long seed) {
        Random random = new Random(seed);
        Shape shape = Draws.shape(random, random.nextInt(4), 1, 3);
        return problems(
                new ElementwiseOp.Unary(fn),
                seed,
                switch (fn) {
                    case ABS, RELU, SIGN, RECIPROCAL -> List.of(Draws.signed(random, shape, 0.2, 2));
                    case FLOOR, CEIL, ROUND -> List.of(Draws.betweenHalves(random, shape));
                    case LOG, SQRT -> List.of(Draws.uniform(random, shape, 0.2, 3));
                    case LOG1P -> List.of(Draws.uniform(random, shape, -0.7, 3));
                    case ACOSH -> List.of(Draws.uniform(random, shape, 1.2, 4));
                    case ASIN, ACOS, ATANH -> List.of(Draws.uniform(random, shape, -0.9, 0.9));
                    case TAN -> List.of(Draws.uniform(random, shape, -1.2, 1.2));
                    case NEG, EXP, EXPM1, SIGMOID, TANH, ERF, SIN, COS, ATAN, SINH, COSH, ASINH ->
                        List.of(Draws.uniform(random, shape, -2, 2));
                    case IS_NAN, IS_INF, NOT -> List.of();
                });
    }

    /** One problem, and for some seeds its derivative; none without operands, which says that nothing real comes out. */
    private static List<GradientProblem> problems(ElementwiseOp op, long seed, List<Tensor> operands) {
        if (operands.isEmpty()) {
            return List.of();
        }
        GradientProblem problem = GradientProblem.of(op, seed, operands);
        return seed % 4 == 0 ? List.of(problem, problem.derivative()) : List.of(problem);
    }

    private static List<GradientProblem> binary(BinaryFn fn, long seed) {
        Random random = new Random(seed);
        List<Shape> shapes = PAIRS.get((int) (seed % PAIRS.size()));
        return problems(
                new ElementwiseOp.Binary(fn),
                seed,
                switch (fn) {
                    case ADD, SUB, MUL ->
                        List.of(
                                Draws.uniform(random, shapes.getFirst(), -2, 2),
                                Draws.uniform(random, shapes.getLast(), -2, 2));
                    case DIV ->
                        List.of(
                                Draws.uniform(random, shapes.getFirst(), -2, 2),
                                Draws.signed(random, shapes.getLast(), 0.4, 2));
                    case POW ->
                        List.of(
                                Draws.uniform(random, shapes.getFirst(), 0.3, 2),
                                Draws.signed(random, shapes.getLast(), 0.2, 3));
                    // one is an odd, the other an even multiple of 0.1, give or take
                    case MAX, MIN -> List.of(apart(random, shapes.getFirst(), 0.1), apart(random, shapes.getLast(), 0));
                    // a quotient between 2.1 and 2.9 has no jump near it
                    case MOD, REM ->
                        List.of(
                                Draws.signed(random, shapes.getFirst(), 2.1 * 3, 2.9 * 2.8),
                                Draws.signed(random, shapes.getLast(), 2.8, 3));
                    case AND, OR, XOR -> List.of();
                });
    }

    private static Tensor apart(Random random, Shape shape, double offset) {
        Tensor tensor = Draws.uniform(random, shape, -8, 8);
        float[] values = new float[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.round(tensor.get(i)) * 0.2 + offset);
        }
        return Tensor.of(values, shape.sizes());
    }

    private static List<GradientProblem> select(long seed) {
        Random random = new Random(seed);
        List<Shape> shapes = PAIRS.get((int) (seed % PAIRS.size()));
        List<Tensor> operands = List.of(
                Draws.bools(random, shapes.get(random.nextInt(2))),
                Draws.uniform(random, shapes.getFirst(), -2, 2),
                Draws.uniform(random, shapes.getLast(), -2, 2));
        return List.of(GradientProblem.of(new ElementwiseOp.Select(), seed, operands));
    }
}
