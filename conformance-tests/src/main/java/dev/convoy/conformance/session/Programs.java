package dev.convoy.conformance.session;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small graphs that the rules of sessions and states are checked on. */
final class Programs {

    static final TensorSpec PICTURES = TensorSpec.float32(3, 13, 11, 5);

    private Programs() {}

    /** {@code y = 2 · x}, of the given length. */
    static Graph doubling(int length) {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(length));
        g.output("y", g.add(x, x));
        return g.build();
    }

    /** A small network with constant weights: {@code pictures} in; {@code classes} and {@code features} out. */
    static Graph network() {
        Random random = new Random(20);
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("pictures", PICTURES);
        Convolution conv = new Convolution(Window.of(3, 3).withPads(1, 1), 1, Layout.CHANNELS_LAST);
        Value y = g.add(conv, x, g.constant(random(random, Shape.of(3, 3, 5, 19))));
        Value features = g.unary(UnaryFn.RELU, g.add(y, g.constant(random(random, Shape.of(19)))));
        Value pooled = g.reduce(ReduceFn.MEAN, features, List.of(1, 2), false);
        Value classes = g.matMul(pooled, g.constant(random(random, Shape.of(19, 10))));
        g.output("classes", g.add(new Softmax(-1), classes));
        g.output("features", features);
        return g.build();
    }

    static Map<String, Tensor> pictures(long seed) {
        return Map.of("pictures", random(new Random(seed), PICTURES.shape()));
    }

    /** {@code y = weight · x; weight += x}, elementwise: the output is made with the weight before the update. */
    static Graph accumulating() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(3));
        Value weight = g.parameter("weight", TensorSpec.float32(3));
        g.output("y", g.mul(weight, x));
        g.update("weight", g.add(weight, x));
        return g.build();
    }

    /** {@code y = weight · x}, on the parameter of {@link #accumulating}. */
    static Graph reading() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(3));
        g.output("y", g.mul(g.parameter("weight", TensorSpec.float32(3)), x));
        return g.build();
    }

    /** Two parameters change places. */
    static Graph swapping() {
        GraphBuilder g = new GraphBuilder();
        Value a = g.parameter("a", TensorSpec.float32(2));
        Value b = g.parameter("b", TensorSpec.float32(2));
        g.output("sum", g.add(a, b));
        g.update("a", b);
        g.update("b", a);
        return g.build();
    }

    /**
     * One step of gradient descent on the kernel of a convolution that an evaluation shares: parameters that several
     * kernels read, in layouts of their own.
     */
    static Graph convolutionStep() {
        GraphBuilder g = new GraphBuilder();
        Value x = g.input("x", TensorSpec.float32(2, 6, 6, 3));
        Value kernel = g.parameter("kernel", TensorSpec.float32(3, 3, 3, 4));
        Value step = g.input("step", TensorSpec.float32(3, 3, 3, 4));
        Convolution conv = new Convolution(Window.of(3, 3), 1, Layout.CHANNELS_LAST);
        g.output("y", g.add(conv, x, kernel));
        g.update("kernel", g.sub(kernel, step));
        return g.build();
    }

    static Parameters weight(float... values) {
        return Parameters.of(Map.of("weight", Tensor.of(values, values.length)));
    }

    static Tensor vector(float... values) {
        return Tensor.of(values, values.length);
    }

    static Tensor random(Random random, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), values);
    }
}
