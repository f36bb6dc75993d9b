package dev.convoy.onnx.lowering;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.Celu;
import dev.convoy.graph.composite.Elu;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.HardSigmoid;
import dev.convoy.graph.composite.HardSwish;
import dev.convoy.graph.composite.LeakyRelu;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.composite.Mish;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.graph.composite.Selu;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.graph.composite.Softplus;
import dev.convoy.graph.composite.Softsign;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.tensor.DataType;
import java.util.List;

/** Composites that ONNX has as one operator of the same meaning. All others are decomposed before they come here. */
final class Composites {

    private Composites() {}

    /** Whether the node is one of them. */
    static boolean claims(Node node) {
        if (node.input(0).spec().type() != DataType.FLOAT32) {
            return false;
        }
        return switch (node.op()) {
            case BatchNormInference op -> node.input(0).shape().axis(op.axis()) == 1;
            case Softmax op -> true;
            case LogSoftmax op -> true;
            case LeakyRelu op -> true;
            case Elu op -> true;
            case Selu op -> true;
            case Celu op -> true;
            case HardSigmoid op -> true;
            case HardSwish op -> true;
            case Softsign op -> true;
            case Softplus op -> true;
            case Mish op -> true;
            case Gelu op -> true;
            case PRelu op -> true;
            default -> false;
        };
    }

    static String lower(Emitter e, Node node, CompositeOp op) {
        List<String> inputs = node.inputs().stream().map(e::of).toList();
        return switch (op) {
            case Softmax(int axis) -> e.op("Softmax", List.of(Attribute.of("axis", (long) axis)), inputs);
            case LogSoftmax(int axis) -> e.op("LogSoftmax", List.of(Attribute.of("axis", (long) axis)), inputs);
            case BatchNormInference(double epsilon, int axis) ->
                e.op("BatchNormalization", List.of(Attribute.of("epsilon", epsilon)), inputs);
            case LeakyRelu(double slope) -> e.op("LeakyRelu", alpha(slope), inputs);
            case Elu(double alpha) -> e.op("Elu", alpha(alpha), inputs);
            case Celu(double alpha) -> e.op("Celu", alpha(alpha), inputs);
            case Selu() ->
                e.op(
                        "Selu",
                        List.of(Attribute.of("alpha", 1.6732632423543772), Attribute.of("gamma", 1.0507009873554805)),
                        inputs);
            case HardSigmoid(double alpha, double beta) ->
                e.op("HardSigmoid", List.of(Attribute.of("alpha", alpha), Attribute.of("beta", beta)), inputs);
            case HardSwish() -> e.op("HardSwish", List.of(), inputs);
            case Softsign() -> e.op("Softsign", List.of(), inputs);
            case Softplus() -> e.op("Softplus", List.of(), inputs);
            case Mish() -> e.op("Mish", List.of(), inputs);
            case Gelu(boolean approximate) ->
                e.op("Gelu", List.of(Attribute.of("approximate", approximate ? "tanh" : "none")), inputs);
            case PRelu() -> e.op("PRelu", List.of(), inputs);
            default ->
                throw new LoweringException(op.name() + " in layer '" + node.origin()
                        + "' is no operator of ONNX. Remedy: legalise the graph with OnnxLowering.claims");
        };
    }

    private static List<AttributeProto> alpha(double value) {
        return List.of(Attribute.of("alpha", value));
    }
}
