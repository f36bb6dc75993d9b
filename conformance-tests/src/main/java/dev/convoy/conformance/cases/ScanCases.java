package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Random;

/** Cases of {@link Scan}. */
public final class ScanCases {

    private ScanCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        Graph sums = runningSum();
        Tensor zero = Tensor.scalar(0f);
        Tensor x = floats(1, 2, 3, 4);
        cases.exact(
                "meaning",
                "running-sum",
                new Scan(sums, 1, 1, 4, false),
                List.of(zero, x),
                Tensor.scalar(10f),
                floats(1, 6, 18, 40));
        cases.exact(
                "meaning",
                "reverse",
                new Scan(sums, 1, 1, 4, true),
                List.of(zero, x),
                Tensor.scalar(10f),
                floats(10, 18, 21, 16));
        cases.exact(
                "C2",
                "one-run",
                new Scan(sums, 1, 1, 1, false),
                List.of(Tensor.scalar(5f), floats(2)),
                Tensor.scalar(7f),
                floats(14));
        cases.exact(
                "C2",
                "no-run",
                new Scan(sums, 1, 1, 0, false),
                List.of(Tensor.scalar(5f), floats(shape(0))),
                Tensor.scalar(5f),
                floats(shape(0)));
        cases.exact(
                "C1",
                "nothing-carried",
                new Scan(negation(), 0, 1, 2, false),
                List.of(floats(shape(2, 2), 1, 2, 3, 4)),
                floats(shape(2, 2), -1, -2, -3, -4));
        cases.exact(
                "C1",
                "nothing-scanned",
                new Scan(doubling(), 1, 0, 5, false),
                List.of(longs(shape(), 3)),
                longs(shape(), 96));
        cases.exact(
                "C3",
                "a-value-every-run-sees",
                new Scan(scaledSum(), 1, 1, 3, false),
                List.of(floats(0, 0), counted(shape(3, 2)), floats(10, 100)),
                floats(90, 1200));
        cases.exact(
                "C4",
                "carried-values-may-swap",
                new Scan(swap(), 2, 0, 3, false),
                List.of(floats(1), floats(2)),
                floats(2),
                floats(1));
        Random random = new Random(8);
        List<Tensor> operands = List.of(
                Operands.random(random, shape(2, 5)),
                Operands.random(random, shape(6, 2, 3)),
                Operands.random(random, shape(3, 5)),
                Operands.random(random, shape(5, 5)));
        for (boolean reverse : new boolean[] {false, true}) {
            String name = "recurrent-cell" + (reverse ? "-reverse" : "");
            cases.reference(
                    "meaning", name, new Tolerance.Within(1e-5), new Scan(recurrent(), 1, 1, 6, reverse), operands);
        }
        return cases.all();
    }

    /** {@code sum += x; y = sum · x}. */
    private static Graph runningSum() {
        GraphBuilder g = new GraphBuilder();
        Value sum = g.input("sum", TensorSpec.float32());
        Value x = g.input("x", TensorSpec.float32());
        Value next = g.add(sum, x);
        g.output("sum", next);
        g.output("y", g.mul(next, x));
        return g.build();
    }

    private static Graph negation() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.unary(UnaryFn.NEG, g.input("x", TensorSpec.float32(2))));
        return g.build();
    }

    private static Graph doubling() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.of(DataType.INT64));
        g.output("x", g.add(x, x));
        return g.build();
    }

    /** {@code sum += x · factor}, the factor being the same in every run. */
    private static Graph scaledSum() {
        GraphBuilder g = new GraphBuilder();
        Value sum = g.input("sum", TensorSpec.float32(2));
        Value x = g.input("x", TensorSpec.float32(2));
        Value factor = g.input("factor", TensorSpec.float32(2));
        g.output("sum", g.add(sum, g.mul(x, factor)));
        return g.build();
    }

    private static Graph swap() {
        GraphBuilder g = new GraphBuilder();
        Value a = g.input("a", TensorSpec.float32(1));
        Value b = g.input("b", TensorSpec.float32(1));
        g.output("a", b);
        g.output("b", a);
        return g.build();
    }

    /** {@code h = tanh(x · W + h · U)}, the simple recurrent cell. */
    private static Graph recurrent() {
        GraphBuilder g = new GraphBuilder();
        Value h = g.input("h", TensorSpec.float32(2, 5));
        Value x = g.input("x", TensorSpec.float32(2, 3));
        Value w = g.input("w", TensorSpec.float32(3, 5));
        Value u = g.input("u", TensorSpec.float32(5, 5));
        Value next = g.unary(UnaryFn.TANH, g.add(g.matMul(x, w), g.matMul(h, u)));
        g.output("h", next);
        g.output("y", next);
        return g.build();
    }
}
