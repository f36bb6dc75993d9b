package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.spi.Purpose;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The first predictions of a JVM, which plain loops compute, have the bits of later ones, which loops with vectors compute.
 * In a JVM of its own, in which nothing is warm.
 */
class EarlyCallsTest {

    private static final TensorSpec INPUT = TensorSpec.float32(1, 20, 20, 3);

    /** Prints which of the results are equal to the first. */
    static final class Program {

        private Program() {}

        public static void main(String[] args) {
            Simd.Chosen lazy = new Simd.Chosen(true, false, "");
            Map<String, Tensor> inputs = Map.of("x", Cpu.random(9, INPUT.shape().sizes()));
            Graph net = net();
            Map<String, Tensor> first = Cpu.run(Cpu.vectors(lazy, Purpose.PREDICT), 1, net, inputs);
            Map<String, Tensor> waited = Cpu.run(Cpu.vectors(lazy, Purpose.TRAIN), 1, net, inputs);
            Map<String, Tensor> later = Cpu.run(Cpu.vectors(lazy, Purpose.PREDICT), 2, net, inputs);
            System.out.println(waited.equals(first) + " " + later.equals(first));
        }
    }

    /** A net with every kind of kernel that warms up in prediction. */
    private static Graph net() {
        GraphBuilder g = new GraphBuilder();
        Window same = Window.of(3, 3).withPads(1, 1);
        Value x = g.input("x", INPUT);
        Value y = g.add(new Convolution(same, 1, Layout.CHANNELS_LAST), x, g.constant(Cpu.random(1, 3, 3, 3, 32)));
        y = g.unary(UnaryFn.RELU, g.add(y, g.constant(Cpu.random(2, 32))));
        y = g.add(new Convolution(same, 32, Layout.CHANNELS_LAST), y, g.constant(Cpu.random(3, 3, 3, 1, 32)));
        y = g.add(new Convolution(same, 1, Layout.CHANNELS_LAST), y, g.constant(Cpu.random(4, 3, 3, 32, 48)));
        y = g.add(
                new Convolution(Window.of(1, 1), 1, Layout.CHANNELS_LAST), y, g.constant(Cpu.random(5, 1, 1, 48, 70)));
        y = g.add(new MaxPool(Window.of(2, 2).withStrides(2, 2), false, Layout.CHANNELS_LAST), y);
        y = g.add(new AvgPool(same, false, true, 0, Layout.CHANNELS_LAST), y);
        Value flat = g.reshape(y, Shape.of(1, 7000));
        g.output("features", y);
        g.output("probabilities", g.add(new Softmax(1), g.matMul(flat, g.constant(Cpu.random(6, 7000, 50)))));
        return g.build();
    }

    @Test
    void haveTheBitsOfLaterOnes() throws Exception {
        assumeTrue(Simd.choose().chosen().vector(), "The Vector API is not to be had");
        assertEquals(
                "true true",
                SimdTest.run(Program.class, "--add-modules", "jdk.incubator.vector")
                        .lines()
                        .filter(line -> !line.startsWith("WARNING"))
                        .reduce("", String::concat));
    }
}
