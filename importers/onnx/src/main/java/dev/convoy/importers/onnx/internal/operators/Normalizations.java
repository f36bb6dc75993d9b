package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.importers.onnx.internal.node.Known;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/** Normalisations, and dropout. */
final class Normalizations {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.several("BatchNormalization", Normalizations::batchNormalization)
                    .inputs("X", "scale", "B", "input_mean", "input_var")
                    .weights("scale", "B", "input_mean", "input_var")
                    .statistics("input_mean", "input_var"),
            OnnxOperator.several("Dropout", Normalizations::dropout)
                    .inputs("data", "ratio", "training_mode")
                    .known("ratio", "training_mode"));

    private Normalizations() {}

    /** Training takes the batch's statistics and moves the stored ones, whatever the file was exported for. */
    private static List<Value> batchNormalization(NodeScope s) {
        GraphBuilder g = s.graph();
        s.ignore("is_test");
        if (s.integer("spatial", 1) != 1) {
            throw s.refuse("statistics per element (spatial = 0) are not supported", "");
        }
        double epsilon = s.real("epsilon", 1e-5);
        double momentum = s.real("momentum", 0.9);
        boolean ofBatch = s.flag("training_mode", false) || s.trains();
        Value mean = s.operand(3);
        Value variance = s.operand(4);
        if (!ofBatch) {
            return List.of(g.add(
                    new BatchNormInference(epsilon, 1), s.operand(0), s.operand(1), s.operand(2), mean, variance));
        }
        List<Value> results =
                g.add(new BatchNormTraining(epsilon, 1), List.of(s.operand(0), s.operand(1), s.operand(2)));
        Value nextMean = moved(g, mean, results.get(1), momentum);
        Value nextVariance = moved(g, variance, results.get(2), momentum);
        if (s.trains()) {
            s.update(3, nextMean);
            s.update(4, nextVariance);
        }
        return List.of(results.getFirst(), nextMean, nextVariance);
    }

    private static Value moved(GraphBuilder g, Value moving, Value batch, double momentum) {
        return g.add(g.mul(moving, momentum), g.mul(batch, 1 - momentum));
    }

    /** Drops in training and nowhere else; a file that was exported while training predicts all the same. */
    private static List<Value> dropout(NodeScope s) {
        GraphBuilder g = s.graph();
        s.ignore("is_test", "seed");
        double byAttribute = s.real("ratio", 0.5);
        double ratio = s.whenKnown(1).map(Known::real).orElse(byAttribute);
        Value x = s.operand(0);
        if (!s.training() || ratio == 0) {
            return List.of(x, mask(s, g.broadcast(g.constant(TRUE), x.shape())));
        }
        Value kept = s.noise(x.shape(), new Noise.Bernoulli(1 - ratio));
        Value y = g.select(kept, g.mul(x, 1 / (1 - ratio)), g.scalar(0, x.spec().type()));
        return List.of(y, mask(s, kept));
    }

    private static final Tensor TRUE = Tensor.full(TensorSpec.of(DataType.BOOL), 1);

    /** Before version 10 the mask has the type of the data. */
    private static Value mask(NodeScope s, Value kept) {
        return s.opset() < 10 ? s.graph().cast(kept, s.stored(0).spec().type()) : kept;
    }
}
