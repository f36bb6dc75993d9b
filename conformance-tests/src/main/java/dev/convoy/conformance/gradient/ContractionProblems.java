package dev.convoy.conformance.gradient;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;

/** Problems of {@link ContractionOp}. */
final class ContractionProblems {

    private static final List<List<Shape>> OUTER = List.of(
            List.of(Shape.SCALAR, Shape.SCALAR),
            List.of(Shape.of(3), Shape.SCALAR),
            List.of(Shape.SCALAR, Shape.of(2)),
            List.of(Shape.of(2, 1), Shape.of(3)),
            List.of(Shape.of(2), Shape.of(2)));

    private ContractionProblems() {}

    static void add(GradientProblems problems) {
        problems.generate("MatMul", 40, ContractionProblems::matMul);
        problems.generate("Convolution", Geometry.COMBINATIONS, seed -> {
            Geometry c = Geometry.of(seed);
            return problem(
                    new Convolution(c.window(), c.groups(), c.layout()), seed, c.data(c.inputChannels()), c.kernel());
        });
        problems.generate("ConvInputGrad", Geometry.COMBINATIONS, seed -> {
            Geometry c = Geometry.of(seed);
            ContractionOp op = new ConvInputGrad(c.window(), c.groups(), c.layout(), c.size());
            return problem(op, seed, c.data(c.outputChannels(), c.output(false)), c.kernel());
        });
        problems.generate("ConvFilterGrad", Geometry.COMBINATIONS, seed -> {
            Geometry c = Geometry.of(seed);
            ContractionOp op = new ConvFilterGrad(c.window(), c.groups(), c.layout());
            return problem(op, seed, c.data(c.inputChannels()), c.data(c.outputChannels(), c.output(false)));
        });
    }

    private static List<GradientProblem> matMul(long seed) {
        Random random = new Random(seed);
        int m = 1 + random.nextInt(3);
        int k = 1 + random.nextInt(4);
        int n = 1 + random.nextInt(3);
        boolean ta = seed % 2 == 0;
        boolean tb = seed % 4 < 2;
        List<Shape> outer = OUTER.get((int) (seed % OUTER.size()));
        Shape a = outer.getFirst().concat(ta ? Shape.of(k, m) : Shape.of(m, k));
        Shape b = outer.getLast().concat(tb ? Shape.of(n, k) : Shape.of(k, n));
        return problem(new MatMul(ta, tb), seed, a, b);
    }

    private static List<GradientProblem> problem(ContractionOp op, long seed, Shape a, Shape b) {
        Random random = new Random(seed);
        List<Tensor> operands = List.of(Draws.uniform(random, a, -1, 1), Draws.uniform(random, b, -1, 1));
        return List.of(GradientProblem.of(op, seed, operands));
    }
}
