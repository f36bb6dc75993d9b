package dev.convoy.conformance.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.graph.pass.Passes;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A training step – two convolutions with batch normalisation, ReLU and max pooling, Flatten, Dense, cross-entropy,
 * gradients, plain descent – in the layout of the other side.
 */
class TrainingLayoutTest {

    private final GraphBuilder g = new GraphBuilder();
    private final List<Value> weights = new ArrayList<>();

    /**
     * Activations are transposed three times: the images, and before Flatten the features and behind it their gradient,
     * as the rows of a matrix that is trained cannot be permuted. Each kernel is transposed once on its way in and its
     * gradient once on its way out: four times.
     */
    @ParameterizedTest
    @EnumSource
    void transposesSevenTimes(Layout layout) {
        Graph graph = write(layout == Layout.CHANNELS_LAST ? Layout.CHANNELS_FIRST : Layout.CHANNELS_LAST);
        Graph prepared = Passes.prepare(graph, layout, composite -> false);
        Equivalence.assertSame(graph, prepared, 1e-9);
        List<String> transposes = prepared.nodes().stream()
                .filter(node -> node.op() instanceof MovementOp.Transpose)
                .map(Object::toString)
                .toList();
        assertEquals(7, transposes.size(), () -> String.join("\n", transposes));
    }

    private Graph write(Layout layout) {
        Shape images = Shape.of(3, 8, 8, 2).permute(Layout.CHANNELS_LAST.permutationTo(layout, 4));
        Value x = g.input("images", TensorSpec.float32(images.sizes()));
        x = block(block(x, layout, 2, 3), layout, 3, 4);
        Value flat = g.reshape(x, Shape.of(3, 16));
        Value logits = g.add(g.matMul(flat, weight("dense", 16, 5)), weight("bias", 5));
        Value target = g.input("target", TensorSpec.float32(3, 5));
        Value likelihood = g.mul(g.add(new LogSoftmax(-1), logits), target);
        Value loss = g.unary(UnaryFn.NEG, g.reduce(ReduceFn.SUM, likelihood, List.of(0, 1), false));
        List<Value> gradients = Gradients.of(g, loss, weights);
        for (int i = 0; i < weights.size(); i++) {
            Value weight = weights.get(i);
            g.update(weight.name().orElseThrow(), g.sub(weight, g.mul(gradients.get(i), 0.1)));
        }
        g.output("loss", loss);
        return g.build();
    }

    private Value block(Value x, Layout layout, int inputs, int outputs) {
        Shape kernel = Shape.of(3, 3, inputs, outputs).permute(Layout.CHANNELS_LAST.kernelPermutationTo(layout, 4));
        String name = "kernel" + outputs;
        Value w = weight(name, kernel.sizes());
        Value y = g.add(new ContractionOp.Convolution(Window.of(3, 3).withPads(1, 1), 1, layout), x, w);
        Value scale = weight("scale" + outputs, outputs);
        Value offset = weight("offset" + outputs, outputs);
        Value normal = g.add(new BatchNormTraining(0.1, layout.channelAxis(4)), y, scale, offset);
        Window halves = Window.of(2, 2).withStrides(2, 2);
        return g.add(new SpatialOp.MaxPool(halves, false, layout), g.unary(UnaryFn.RELU, normal));
    }

    private Value weight(String name, int... sizes) {
        Value weight = g.parameter(name, TensorSpec.float32(sizes));
        weights.add(weight);
        return weight;
    }
}
