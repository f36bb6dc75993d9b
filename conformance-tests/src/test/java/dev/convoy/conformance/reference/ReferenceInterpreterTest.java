package dev.convoy.conformance.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ControlOp.Scan;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Op;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReferenceInterpreterTest {

    private static Tensor run(Graph graph, Map<String, Tensor> inputs) {
        return ReferenceInterpreter.run(graph, inputs, Parameters.empty()).output("y");
    }

    private static Tensor unary(UnaryFn fn, double... x) {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.unary(fn, g.input("x", TensorSpec.of(DataType.FLOAT64, x.length))));
        return run(g.build(), Map.of("x", Tensor.of(x, x.length)));
    }

    /** Values of DLMF and of Abramowitz and Stegun, to the digits printed there. */
    @Test
    void functionsThatJavaLacksHaveTheirTabulatedValues() {
        double[] erf = {0, 0.1124629160182849, 0.5204998778130465, 0.8427007929497149, 0.9953222650189527, 1};
        assertArrayEquals(erf, unary(UnaryFn.ERF, 0, 0.1, 0.5, 1, 2, 7).doubles(), 1e-15);
        assertArrayEquals(
                new double[] {0, 0.881373587019543, -1.4436354751788103},
                unary(UnaryFn.ASINH, 0, 1, -2).doubles(),
                1e-15);
        assertArrayEquals(
                new double[] {0, 1.3169578969248166}, unary(UnaryFn.ACOSH, 1, 2).doubles(), 1e-15);
        assertArrayEquals(
                new double[] {0.5493061443340548, -0.5493061443340548},
                unary(UnaryFn.ATANH, 0.5, -0.5).doubles(),
                1e-15);
    }

    @Test
    void float32IsCarriedUnrounded() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.div(g.input("a", TensorSpec.float32(1)), g.input("b", TensorSpec.float32(1))));
        Tensor y = run(g.build(), Map.of("a", Tensor.of(new float[] {1}, 1), "b", Tensor.of(new float[] {3}, 1)));
        assertEquals(DataType.FLOAT64, y.type());
        assertEquals(1.0 / 3, y.doubles()[0]);
    }

    @Test
    void everyFloat16SurvivesTheWayToRealAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float expected = Float.float16ToFloat((short) bits);
            assertEquals(expected, (float) StoredNumbers.decode(DataType.FLOAT16, bits), 0.0f);
        }
        TensorSpec one = TensorSpec.of(DataType.FLOAT16, 1);
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            float x = Float.intBitsToFloat(random.nextInt());
            if (!Float.isNaN(x)) {
                Tensor encoded = StoredNumbers.encoded(one, j -> x);
                assertEquals(Float.floatToFloat16(x), ((short[]) encoded.array())[0], () -> "float16 of " + x);
            }
        }
    }

    @Test
    void everyNarrowFloatSurvivesTheWayToRealAndBack() {
        for (DataType type : List.of(
                DataType.FLOAT8E4M3FN,
                DataType.FLOAT8E4M3FNUZ,
                DataType.FLOAT8E5M2,
                DataType.FLOAT8E5M2FNUZ,
                DataType.FLOAT8E8M0)) {
            for (int bits = 0; bits < 256; bits++) {
                double value = StoredNumbers.decode(type, bits);
                Tensor encoded = StoredNumbers.encoded(TensorSpec.of(type, 1), i -> value);
                assertEquals(value, StoredNumbers.decode(type, StoredNumbers.bits(encoded, 0)), type + " " + bits);
            }
        }
    }

    @Test
    void softmaxRunsAsItsDecomposition() {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.add(new Softmax(-1), g.input("x", TensorSpec.float32(3))));
        Tensor y = run(g.build(), Map.of("x", Tensor.of(new float[] {1, 2, 3}, 3)));
        assertArrayEquals(
                new double[] {0.09003057317038046, 0.24472847105479767, 0.6652409557748219}, y.doubles(), 1e-15);
    }

    @Test
    void scanCarriesAndStacks() {
        GraphBuilder body = new GraphBuilder();
        Value sum = body.input("sum", TensorSpec.float32());
        Value x = body.input("x", TensorSpec.float32());
        Value next = body.add(sum, x);
        body.output("sum", next);
        body.output("y", body.mul(next, x));
        GraphBuilder g = new GraphBuilder();
        List<Value> results = g.add(
                new Scan(body.build(), 1, 1, 4, true),
                List.of(g.input("zero", TensorSpec.float32()), g.input("x", TensorSpec.float32(4))));
        g.output("sum", results.getFirst());
        g.output("y", results.get(1));
        ReferenceInterpreter.Results run = ReferenceInterpreter.run(
                g.build(),
                Map.of("zero", Tensor.scalar(0f), "x", Tensor.of(new float[] {1, 2, 3, 4}, 4)),
                Parameters.empty());
        assertArrayEquals(new double[] {10}, run.output("sum").doubles());
        assertArrayEquals(new double[] {10, 18, 21, 16}, run.output("y").doubles());
    }

    @Test
    void namedDimensionsAreRefused() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", new TensorSpec(DataType.FLOAT32, Shape.ofDims(List.of(Dim.named("batch")))));
        g.output("y", g.unary(UnaryFn.NEG, x));
        Graph graph = g.build();
        assertThrows(IllegalArgumentException.class, () -> run(graph, Map.of("x", Tensor.of(new float[1], 1))));
    }

    /** The convolution is bilinear, so a central difference is exact up to rounding. */
    @Test
    void convolutionGradientsAreThoseOfFiniteDifferences() {
        Random random = new Random(11);
        for (Layout layout : Layout.values()) {
            Window window = new Window(List.of(3, 2), List.of(2, 1), List.of(1, 2), List.of(1, 0), List.of(2, 1));
            boolean last = layout == Layout.CHANNELS_LAST;
            Shape xs = last ? Shape.of(2, 5, 6, 4) : Shape.of(2, 4, 5, 6);
            Shape ws = last ? Shape.of(3, 2, 2, 6) : Shape.of(6, 2, 3, 2);
            Convolution conv = new Convolution(window, 2, layout);
            Tensor x = random(random, xs);
            Tensor w = random(random, ws);
            Tensor y = apply(conv, x, w);
            Tensor dy = random(random, y.shape());
            Tensor dx = apply(new ConvInputGrad(window, 2, layout, List.of(5, 6)), dy, w);
            Tensor dw = apply(new ConvFilterGrad(window, 2, layout), x, dy);
            for (int i = 0; i < x.size(); i++) {
                double slope = dot(apply(conv, moved(x, i, 0.5), w), dy) - dot(apply(conv, moved(x, i, -0.5), w), dy);
                assertEquals(slope, dx.doubles()[i], 1e-12);
            }
            for (int i = 0; i < w.size(); i++) {
                double slope = dot(apply(conv, x, moved(w, i, 0.5)), dy) - dot(apply(conv, x, moved(w, i, -0.5)), dy);
                assertEquals(slope, dw.doubles()[i], 1e-12);
            }
        }
    }

    private static Tensor apply(Op op, Tensor a, Tensor b) {
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.add(op, g.input("a", a.spec()), g.input("b", b.spec())));
        return run(g.build(), Map.of("a", a, "b", b));
    }

    private static Tensor random(Random random, Shape shape) {
        return Numbers.reals(shape, i -> random.nextGaussian());
    }

    private static Tensor moved(Tensor x, int index, double by) {
        return Numbers.reals(x.shape(), i -> x.doubles()[i] + (i == index ? by : 0));
    }

    private static double dot(Tensor a, Tensor b) {
        return IntStream.range(0, a.size())
                .mapToDouble(i -> a.doubles()[i] * b.doubles()[i])
                .sum();
    }
}
