package dev.convoy.conformance.gradient;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Random;

/** Problems of {@link ControlOp}. */
final class ControlProblems {

    private ControlProblems() {}

    static void add(GradientProblems problems) {
        problems.generate("Scan", 32, seed -> {
            Random random = new Random(seed);
            int length = (int) (seed % 5);
            int n = 1 + random.nextInt(3);
            List<Tensor> operands = List.of(
                    Draws.uniform(random, Shape.of(n), -1, 1),
                    Draws.uniform(random, Shape.of(length, n), -1, 1),
                    Draws.uniform(random, Shape.of(n, n), -1, 1));
            return List.of(GradientProblem.of(
                    "recurrent cell, length " + length,
                    (g, x) -> g.add(new ControlOp.Scan(cell(n, type(x)), 1, 1, length, seed % 2 == 0), x),
                    seed,
                    operands));
        });
        problems.generate("Scan without scanned operands", 32, seed -> {
            Random random = new Random(seed);
            List<Tensor> operands =
                    List.of(Draws.uniform(random, Shape.of(2), -1, 1), Draws.uniform(random, Shape.of(2, 2), -1, 1));
            return List.of(GradientProblem.of(
                    "power", (g, x) -> g.add(new ControlOp.Scan(power(type(x)), 1, 0, 3, false), x), seed, operands));
        });
    }

    private static DataType type(List<Value> operands) {
        return operands.getFirst().spec().type();
    }

    /** A recurrent cell: the state goes on as {@code tanh(state · w + x)}; what is stacked is its square. */
    private static Graph cell(int n, DataType type) {
        GraphBuilder g = new GraphBuilder();
        Value state = g.input("state", TensorSpec.of(type, n));
        Value x = g.input("x", TensorSpec.of(type, n));
        Value w = g.input("w", TensorSpec.of(type, n, n));
        Value product = g.reshape(g.matMul(g.reshape(state, Shape.of(1, n)), w), Shape.of(n));
        Value next = g.unary(UnaryFn.TANH, g.add(product, x));
        g.output("state", next);
        g.output("square", g.mul(next, next));
        return g.build();
    }

    private static Graph power(DataType type) {
        GraphBuilder g = new GraphBuilder();
        Value state = g.input("state", TensorSpec.of(type, 2));
        Value w = g.input("w", TensorSpec.of(type, 2, 2));
        g.output("state", g.reshape(g.matMul(g.reshape(state, Shape.of(1, 2)), w), Shape.of(2)));
        return g.build();
    }
}
