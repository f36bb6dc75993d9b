package dev.convoy.conformance.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.LogSigmoid;
import dev.convoy.graph.composite.Mish;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.graph.composite.Selu;
import dev.convoy.graph.composite.Silu;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Squareplus;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What {@link Gradients} says of points without a derivative, and of graphs. */
class ConventionsTest {

    /** The gradients of the sum of a function's first result with respect to all its operands. */
    private static List<double[]> gradients(GradientProblem.Function function, Tensor... operands) {
        GraphBuilder g = new GraphBuilder();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Tensor operand : operands) {
            inputs.put("x" + inputs.size(), operand);
        }
        List<Value> values = inputs.entrySet().stream()
                .map(e -> g.input(e.getKey(), e.getValue().spec()))
                .toList();
        Value loss = sum(g, function.write(g, values).getFirst());
        List<Value> real = values.stream().filter(v -> v.spec().type().isReal()).toList();
        Gradients.of(g, loss, real).forEach(v -> g.output("d" + v.id(), v));
        return ReferenceInterpreter.run(g.build(), inputs, Parameters.empty()).outputs().values().stream()
                .map(Tensor::doubles)
                .toList();
    }

    private static Value sum(GraphBuilder g, Value x) {
        return g.reduce(
                ReduceFn.SUM, x, IntStream.range(0, x.shape().rank()).boxed().toList(), false);
    }

    private static Tensor doubles(double... values) {
        return Tensor.of(values, values.length);
    }

    private static double[] unary(UnaryFn fn, double... x) {
        return gradients((g, v) -> List.of(g.unary(fn, v.getFirst())), doubles(x))
                .getFirst();
    }

    private static List<double[]> binary(BinaryFn fn, double a, double b) {
        return gradients((g, v) -> List.of(g.binary(fn, v.getFirst(), v.getLast())), doubles(a), doubles(b));
    }

    private static void assertGradients(List<double[]> actual, double[]... expected) {
        assertArrayEquals(expected, actual.toArray(double[][]::new));
    }

    @Test
    void reluAndAbsHaveGradientZeroAtZeroG1() {
        assertArrayEquals(new double[] {0, 0, 1}, unary(UnaryFn.RELU, -1, 0, 2));
        assertArrayEquals(new double[] {-1, 0, 1}, unary(UnaryFn.ABS, -1, 0, 2));
    }

    @Test
    void stepsHaveGradientZeroG2() {
        for (UnaryFn fn : List.of(UnaryFn.SIGN, UnaryFn.FLOOR, UnaryFn.CEIL, UnaryFn.ROUND)) {
            assertArrayEquals(new double[] {0, 0, 0}, unary(fn, -1.5, 0, 2));
        }
        assertGradients(
                gradients(
                        (g, v) -> List.of(g.cast(g.cast(v.getFirst(), DataType.INT32), DataType.FLOAT64)),
                        doubles(1.5)),
                new double[] {0});
    }

    @Test
    void castsBetweenRealTypesPassTheGradientOn() {
        GradientProblem.Function cast = (g, v) -> List.of(g.mul(g.cast(v.getFirst(), DataType.FLOAT32), 3));
        assertGradients(gradients(cast, doubles(1.5)), new double[] {3});
    }

    @Test
    void sqrtHasAnInfiniteGradientAtZeroG3() {
        assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 0.25}, unary(UnaryFn.SQRT, 0, 4));
    }

    @Test
    void theFirstOperandWinsATieG4() {
        assertGradients(binary(BinaryFn.MAX, 2, 2), new double[] {1}, new double[] {0});
        assertGradients(binary(BinaryFn.MIN, 2, 2), new double[] {1}, new double[] {0});
    }

    @Test
    void reductionsShareATieG5() {
        for (ReduceFn fn : List.of(ReduceFn.MAX, ReduceFn.MIN)) {
            double third = fn == ReduceFn.MAX ? 1 : 3;
            assertGradients(
                    gradients((g, v) -> List.of(g.reduce(fn, v.getFirst(), List.of(0), false)), doubles(2, 2, third)),
                    new double[] {0.5, 0.5, 0});
        }
    }

    @Test
    void scatterSharesATieG5() {
        assertGradients(
                scatter(ScatterFn.MAX, doubles(1, 2), new long[] {1, 1, 0}, doubles(2, 2, 5)),
                new double[] {0, 1.0 / 3},
                new double[] {1.0 / 3, 1.0 / 3, 1});
    }

    private static List<double[]> scatter(ScatterFn fn, Tensor data, long[] indices, Tensor updates) {
        Tensor places = Tensor.of(indices, indices.length);
        return gradients((g, v) -> g.add(new IndexingOp.Scatter(0, fn), v), data, places, updates);
    }

    @Test
    void powerHasGradientZeroWhereALogarithmHasNoneG6() {
        assertGradients(binary(BinaryFn.POW, 0, 0), new double[] {0}, new double[] {0});
        assertGradients(binary(BinaryFn.POW, -2, 2), new double[] {-4}, new double[] {0});
        assertGradients(binary(BinaryFn.POW, 0, 1), new double[] {1}, new double[] {0});
    }

    @Test
    void remaindersHaveAConstantQuotientG7() {
        assertGradients(binary(BinaryFn.MOD, -7, 3), new double[] {1}, new double[] {3});
        assertGradients(binary(BinaryFn.REM, -7, 3), new double[] {1}, new double[] {2});
        assertGradients(binary(BinaryFn.MOD, 6, 3), new double[] {1}, new double[] {-2});
    }

    @Test
    void maxPoolGivesATieToTheFirstG8() {
        Tensor x = Tensor.of(new double[] {3, 3, 1, 3}, 1, 2, 2, 1);
        assertGradients(
                gradients((g, v) -> g.add(new SpatialOp.MaxPool(Window.of(2, 2), false, Layout.CHANNELS_LAST), v), x),
                new double[] {1, 0, 0, 0});
    }

    @Test
    void theLastUpdateOfAPlaceGetsItsGradientG9() {
        assertGradients(
                scatter(ScatterFn.SET, doubles(1, 2, 3), new long[] {2, 0, 2}, doubles(7, 8, 9)),
                new double[] {0, 1, 0},
                new double[] {0, 1, 1});
    }

    @Test
    void flattenedGradientsNeedKnownSizesG10() {
        GraphBuilder g = new GraphBuilder();
        Shape shape = Shape.ofDims(List.of(Dim.named("batch"), Dim.of(2), Dim.of(3)));
        Value table = g.input("table", TensorSpec.of(DataType.FLOAT32, 5, 4));
        Value indices = g.input("indices", new TensorSpec(DataType.INT64, shape));
        Value loss = sum(g, g.in("embedding", () -> g.add(new IndexingOp.Gather(0), table, indices)));
        GraphException e = assertThrows(GraphException.class, () -> Gradients.of(g, loss, List.of(table)));
        assertEquals(
                "Gather in layer 'embedding': its gradient needs known sizes; expected a number, got 'batch'. Remedy: "
                        + "bind the graph's named dimensions before taking gradients. [gradients.G10]",
                e.getMessage());
    }

    /** At 0, where the terms of a decomposition may have kinks, and far out, where they may overflow. */
    @Test
    void smoothActivationsHaveTheirDerivativeEverywhere() {
        Map<CompositeOp, double[]> derivatives = new LinkedHashMap<>();
        derivatives.put(new Softplus(), new double[] {0, 0.5, 1});
        derivatives.put(new LogSigmoid(), new double[] {1, 0.5, 0});
        derivatives.put(new Silu(), new double[] {0, 0.5, 1});
        derivatives.put(new Mish(), new double[] {0, 0.6, 1});
        derivatives.put(new Gelu(false), new double[] {0, 0.5, 1});
        derivatives.put(new Gelu(true), new double[] {0, 0.5, 1});
        derivatives.put(new Squareplus(4), new double[] {0, 0.5, 1});
        derivatives.put(new Elu(1), new double[] {0, 1, 1});
        derivatives.put(new Celu(1), new double[] {0, 1, 1});
        derivatives.put(new Selu(), new double[] {0, 1.0507009873554805 * 1.6732632423543772, 1.0507009873554805});
        derivatives.forEach((op, expected) -> assertArrayEquals(
                expected,
                gradients((g, v) -> g.add(op, v), doubles(-1e6, 0, 1e6)).getFirst(),
                1e-7,
                op::toString));
    }

    @Test
    void operandsThatComeTwiceGetBothGradients() {
        assertGradients(gradients((g, v) -> List.of(g.mul(v.getFirst(), v.getFirst())), doubles(3)), new double[] {6});
        assertGradients(
                gradients((g, v) -> g.add(new PRelu(), List.of(v.getFirst(), v.getFirst())), doubles(-3, 3)),
                new double[] {-6, 1});
        assertGradients(
                gradients((g, v) -> List.of(g.concat(List.of(v.getFirst(), v.getFirst()), 0)), doubles(3)),
                new double[] {2});
    }

    @Test
    void gradientsPassThroughValuesThatAreAskedForThemselves() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.of(DataType.FLOAT64));
        Value unused = g.input("unused", TensorSpec.of(DataType.FLOAT64, 2));
        Value y = g.mul(x, x);
        Value loss = g.mul(y, 5);
        List<Value> gradients = Gradients.of(g, loss, List.of(x, y, loss, unused));
        for (int i = 0; i < gradients.size(); i++) {
            g.output("d" + i, gradients.get(i));
        }
        Map<String, Tensor> inputs = Map.of("x", Tensor.of(new double[] {3}), "unused", doubles(1, 2));
        ReferenceInterpreter.Results results = ReferenceInterpreter.run(g.build(), inputs, Parameters.empty());
        assertEquals(30, results.output("d0").get(0));
        assertEquals(5, results.output("d1").get(0));
        assertEquals(1, results.output("d2").get(0));
        assertArrayEquals(new double[] {0, 0}, results.output("d3").doubles());
    }

    @Test
    void onlyWhatIsAskedForIsWritten() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(2, 3));
        Value w = g.input("w", TensorSpec.float32(3, 4));
        Gradients.of(g, sum(g, g.matMul(x, w)), List.of(w));
        long products = g.build().nodes().stream()
                .filter(n -> n.op() instanceof ContractionOp)
                .count();
        assertEquals(2, products);
    }

    @Test
    void aLossIsOneRealNumber() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(2));
        Value labels = g.input("labels", TensorSpec.of(DataType.INT64, 2));
        assertRefused("A loss is a single real number, got float32[2]", () -> Gradients.of(g, x, List.of(x)));
        assertRefused(
                "There is no gradient with respect to %labels int64[2]",
                () -> Gradients.of(g, sum(g, x), List.of(labels)));
    }

    private static void assertRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
