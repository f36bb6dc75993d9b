package dev.convoy.conformance.gradient;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Convolution, normalisation, ReLU, pooling, Flatten, Dense and softmax, with the gradients of all weights. */
final class SmallNetwork {

    private SmallNetwork() {}

    /** The inputs x and target, the weights as parameters, and as outputs the loss and a gradient for each weight. */
    static Graph step(Dim batch, Layout layout) {
        GraphBuilder g = new GraphBuilder();
        boolean last = layout == Layout.CHANNELS_LAST;
        Shape image = last ? Shape.of(6, 6, 2) : Shape.of(2, 6, 6);
        Value x = g.input("x", new TensorSpec(DataType.FLOAT32, image.prepend(batch)));
        Value target =
                g.input("target", new TensorSpec(DataType.FLOAT32, Shape.of(5).prepend(batch)));
        Value kernel = g.parameter("kernel", last ? TensorSpec.float32(3, 3, 2, 3) : TensorSpec.float32(3, 2, 3, 3));
        Value scale = g.parameter("scale", TensorSpec.float32(3));
        Value offset = g.parameter("offset", TensorSpec.float32(3));
        Value dense = g.parameter("dense", TensorSpec.float32(12, 5));
        Value c = g.add(new ContractionOp.Convolution(Window.of(3, 3), 1, layout), x, kernel);
        Value n = g.add(new BatchNormTraining(1e-3, layout.channelAxis(4)), c, scale, offset);
        Window half = Window.of(2, 2).withStrides(2, 2);
        Value p = g.add(new SpatialOp.MaxPool(half, false, layout), g.unary(UnaryFn.RELU, n));
        Value flat = g.reshape(p, Shape.of(12).prepend(batch));
        Value y = g.add(new Softmax(-1), g.matMul(flat, dense));
        Value entropy = g.reduce(ReduceFn.SUM, g.mul(target, g.unary(UnaryFn.LOG, y)), List.of(1), false);
        Value loss = g.unary(UnaryFn.NEG, g.reduce(ReduceFn.MEAN, entropy, List.of(0), false));
        g.output("loss", loss);
        List<Value> weights = List.of(kernel, scale, offset, dense);
        List<Value> gradients = Gradients.of(g, loss, weights);
        for (int i = 0; i < weights.size(); i++) {
            g.output(weights.get(i).name().orElseThrow() + " gradient", gradients.get(i));
        }
        return g.build();
    }
}
