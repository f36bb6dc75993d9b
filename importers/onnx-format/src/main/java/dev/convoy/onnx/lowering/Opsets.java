package dev.convoy.onnx.lowering;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.composite.Gelu;
import dev.convoy.graph.composite.Mish;
import dev.convoy.tensor.DataType;
import java.util.stream.Stream;

/** Which operator set a file needs: the older one where it says everything, as more programs read it. */
final class Opsets {

    private Opsets() {}

    static int of(Graph graph, Target target) {
        return switch (target) {
            case ONNX_RUNTIME -> OnnxLowering.OPSET;
            case FILE -> graph.nodes().stream().anyMatch(Opsets::isNew) ? OnnxLowering.OPSET : OnnxLowering.OLDER_OPSET;
        };
    }

    /** The IR version that came with an operator set. */
    static int irVersion(int opset) {
        return opset == OnnxLowering.OPSET ? 9 : 8;
    }

    /** Whether the node takes an operator, or a form of one, that came after the older set. */
    private static boolean isNew(Node node) {
        boolean newType = Stream.concat(node.inputs().stream(), node.outputs().stream())
                .anyMatch(v -> v.spec().type().label().startsWith("float8"));
        boolean onIntegers = node.outputs().getFirst().spec().type() != DataType.BOOL
                && !node.outputs().getFirst().spec().type().isReal();
        return newType
                || switch (node.op()) {
                    case CompositeOp composite -> composite instanceof Gelu || composite instanceof Mish;
                    case ElementwiseOp.Unary(UnaryFn fn) -> fn == UnaryFn.NOT && onIntegers;
                    case ElementwiseOp.Binary(BinaryFn fn) -> onIntegers && isBitwise(fn);
                    case ElementwiseOp.Compare compare -> false;
                    case ElementwiseOp.Select select -> false;
                    case ElementwiseOp.Cast cast -> false;
                    case IndexingOp.Scatter(int axis, ScatterFn fn) -> fn == ScatterFn.MAX || fn == ScatterFn.MIN;
                    case IndexingOp.Gather gather -> false;
                    case IndexingOp.Iota iota -> false;
                    case IndexingOp.Constant constant -> false;
                    case ControlOp.Scan scan -> scan.body().nodes().stream().anyMatch(Opsets::isNew);
                    case ReductionOp reduction -> false;
                    case ContractionOp contraction -> false;
                    case SpatialOp spatial -> false;
                    case MovementOp movement -> false;
                };
    }

    private static boolean isBitwise(BinaryFn fn) {
        return switch (fn) {
            case POW, AND, OR, XOR -> true;
            case ADD, SUB, MUL, DIV, MAX, MIN, MOD, REM -> false;
        };
    }
}
