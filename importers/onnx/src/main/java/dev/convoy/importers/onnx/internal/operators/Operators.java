package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.OperatorTable;
import java.util.List;
import java.util.Optional;

/** Every operator that is read, by name. */
public final class Operators implements OperatorTable {

    /** The newest version of ONNX's operators whose changes are known here. */
    public static final int NEWEST_OPSET = 25;

    @Override
    public OnnxOperator of(NodeDescription node) {
        OnnxOperator operator = find(node).orElseThrow(() -> Refusals.of(node));
        if (node.opset() == 0) {
            throw new NodeProblem("the file does not say which version of ONNX's operators it uses", "");
        }
        return operator;
    }

    @Override
    public Optional<OnnxOperator> find(NodeDescription node) {
        if (!node.domain().isEmpty()) {
            return Optional.empty();
        }
        for (OnnxOperator operator : family(node.opType())) {
            if (operator.opType().equals(node.opType())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    /** The operators among which one is found; a family is loaded when a file has one of its operators. */
    private static List<OnnxOperator> family(String opType) {
        return switch (opType) {
            case "CumSum", "CumProd", "TopK" -> Accumulations.ALL;
            case "Relu",
                    "Sigmoid",
                    "Tanh",
                    "LeakyRelu",
                    "Elu",
                    "Celu",
                    "Mish",
                    "Softplus",
                    "Softsign",
                    "HardSwish",
                    "HardSigmoid",
                    "ThresholdedRelu",
                    "Gelu",
                    "Selu",
                    "Swish",
                    "Shrink",
                    "PRelu",
                    "Clip",
                    "Softmax",
                    "LogSoftmax",
                    "Hardmax" -> Activations.ALL;
            case "Pow",
                    "Mod",
                    "Sum",
                    "Mean",
                    "Max",
                    "Min",
                    "BitwiseAnd",
                    "BitwiseOr",
                    "BitwiseXor",
                    "BitwiseNot",
                    "BitShift",
                    "IsNaN",
                    "IsInf" -> Arithmetic.ALL;
            case "DepthToSpace", "SpaceToDepth", "Col2Im" -> Blocks.ALL;
            case "Cast", "CastLike" -> Casts.ALL;
            case "Gemm", "MatMul" -> Contractions.ALL;
            case "If" -> ControlFlow.ALL;
            case "Conv", "ConvTranspose" -> Convolutions.ALL;
            case "Einsum" -> Einsum.ALL;
            case "Abs",
                    "Neg",
                    "Sign",
                    "Exp",
                    "Log",
                    "Sqrt",
                    "Reciprocal",
                    "Floor",
                    "Ceil",
                    "Round",
                    "Erf",
                    "Sin",
                    "Cos",
                    "Tan",
                    "Asin",
                    "Acos",
                    "Atan",
                    "Sinh",
                    "Cosh",
                    "Asinh",
                    "Acosh",
                    "Atanh",
                    "Not",
                    "Add",
                    "Sub",
                    "Mul",
                    "Div",
                    "And",
                    "Or",
                    "Xor",
                    "Equal",
                    "Less",
                    "LessOrEqual",
                    "Greater",
                    "GreaterOrEqual",
                    "Where" -> Elementwise.ALL;
            case "InstanceNormalization",
                    "GroupNormalization",
                    "LayerNormalization",
                    "RMSNormalization",
                    "MeanVarianceNormalization",
                    "LpNormalization",
                    "LRN",
                    "ImageScaler" -> ExampleNormalizations.ALL;
            case "ConstantOfShape", "Range", "EyeLike", "OneHot", "Trilu" -> Generators.ALL;
            case "Gather", "GatherElements", "GatherND", "Scatter", "ScatterElements", "ScatterND" -> Indexing.ALL;
            case "Scan", "Loop" -> Loops.ALL;
            case "NegativeLogLikelihoodLoss", "SoftmaxCrossEntropyLoss" -> Losses.ALL;
            case "Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "Concat", "Slice", "Expand" ->
                Movements.ALL;
            case "BatchNormalization", "Dropout" -> Normalizations.ALL;
            case "Pad", "CenterCropPad", "Crop" -> Padding.ALL;
            case "MaxPool",
                    "AveragePool",
                    "LpPool",
                    "MaxUnpool",
                    "GlobalLpPool",
                    "GlobalMaxPool",
                    "GlobalAveragePool" -> Pooling.ALL;
            case "QuantizeLinear",
                    "DequantizeLinear",
                    "DynamicQuantizeLinear",
                    "ConvInteger",
                    "MatMulInteger",
                    "QLinearConv",
                    "QLinearMatMul" -> Quantized.ALL;
            case "Split", "Tile", "ReverseSequence", "Compress", "NonZero" -> Rearrangements.ALL;
            case "RNN", "GRU", "LSTM" -> Recurrent.ALL;
            case "ReduceSum",
                    "ReduceMean",
                    "ReduceProd",
                    "ReduceMax",
                    "ReduceMin",
                    "ReduceL1",
                    "ReduceSumSquare",
                    "ReduceL2",
                    "ReduceLogSum",
                    "ReduceLogSumExp",
                    "ArgMax",
                    "ArgMin" -> Reductions.ALL;
            case "RoiAlign", "MaxRoiPool" -> Regions.ALL;
            case "Resize", "Upsample" -> Resizing.ALL;
            case "GridSample", "AffineGrid", "DeformConv" -> Sampling.ALL;
            case "Shape", "Size" -> Shapes.ALL;
            case "HannWindow", "HammingWindow", "BlackmanWindow" -> SignalWindows.ALL;
            default -> List.of();
        };
    }
}
