package dev.convoy.onnx.lowering;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.TensorSpec;
import java.util.Optional;
import java.util.stream.Stream;

/** What cannot be written in opset 20, or has no kernel in ONNX Runtime. */
final class Refusals {

    private Refusals() {}

    static Optional<String> of(Node node) {
        if (layout(node.op()) == Layout.CHANNELS_LAST) {
            return Optional.of("its layout is channels last. Remedy: prepare the graph for channels first");
        }
        return Stream.concat(node.inputs().stream(), node.outputs().stream())
                .map(v -> v.spec())
                .flatMap(spec -> type(spec, node.op()).stream())
                .findFirst();
    }

    /** The layout of a spatial op; other ops fit any. */
    private static Layout layout(Op op) {
        return switch (op) {
            case ContractionOp.MatMul m -> Layout.CHANNELS_FIRST;
            case ContractionOp.Convolution c -> c.layout();
            case ContractionOp.ConvInputGrad c -> c.layout();
            case ContractionOp.ConvFilterGrad c -> c.layout();
            case SpatialOp.MaxPool p -> p.layout();
            case SpatialOp.MaxPoolGrad p -> p.layout();
            case SpatialOp.AvgPool p -> p.layout();
            case SpatialOp.AvgPoolGrad p -> p.pool().layout();
            case ElementwiseOp e -> Layout.CHANNELS_FIRST;
            case ReductionOp r -> Layout.CHANNELS_FIRST;
            case MovementOp m -> Layout.CHANNELS_FIRST;
            case IndexingOp i -> Layout.CHANNELS_FIRST;
            case ControlOp c -> Layout.CHANNELS_FIRST;
            case CompositeOp c -> Layout.CHANNELS_FIRST;
        };
    }

    private static Optional<String> type(TensorSpec spec, Op op) {
        DataType type = spec.type();
        boolean isNew = type == DataType.UINT4
                || type == DataType.INT4
                || type == DataType.FLOAT4E2M1
                || type == DataType.FLOAT8E8M0;
        if (isNew) {
            return Optional.of(type + " is no type of operator set " + OnnxLowering.OPSET);
        }
        boolean computes = op instanceof ContractionOp || op instanceof SpatialOp;
        return computes && type == DataType.FLOAT64 && !(op instanceof IndexingOp)
                ? Optional.of("ONNX Runtime computes it in float32, not in float64")
                : Optional.empty();
    }
}
