package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.DequantizeLinear;
import dev.convoy.graph.composite.QuantizeLinear;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Quantised operators. Sums of products are exact in int32; what scales them is computed in float32. */
final class Quantized {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("QuantizeLinear", Quantized::quantize).inputs("x", "y_scale", "y_zero_point"),
            OnnxOperator.one("DequantizeLinear", Quantized::dequantize).inputs("x", "x_scale", "x_zero_point"),
            OnnxOperator.several("DynamicQuantizeLinear", Quantized::dynamicQuantize)
                    .inputs("x"),
            OnnxOperator.one("ConvInteger", s -> convolution(s, steps(s, 0, 2), weights(s, 1, 3)))
                    .inputs("x", "w", "x_zero_point", "w_zero_point"),
            OnnxOperator.one("MatMulInteger", s -> product(s, 0, 2, 1, 3))
                    .inputs("A", "B", "a_zero_point", "b_zero_point"),
            OnnxOperator.one("QLinearConv", Quantized::qlinearConv)
                    .inputs(
                            "x",
                            "x_scale",
                            "x_zero_point",
                            "w",
                            "w_scale",
                            "w_zero_point",
                            "y_scale",
                            "y_zero_point",
                            "B"),
            OnnxOperator.one("QLinearMatMul", Quantized::qlinearMatMul)
                    .inputs("a", "a_scale", "a_zero_point", "b", "b_scale", "b_zero_point", "y_scale", "y_zero_point"));

    private Quantized() {}

    private static Value quantize(NodeScope s) {
        GraphBuilder g = s.graph();
        s.ignore("precision");
        int given = s.number("output_dtype", 0);
        DataType type = given != 0
                ? Casts.type(s, given)
                : s.has(2) ? s.stored(2).spec().type() : DataType.UINT8;
        if (!s.flag("saturate", true)) {
            throw s.refuse("quantising without saturation (saturate = 0) is not supported", "");
        }
        Value x = g.cast(s.stored(0), DataType.FLOAT32);
        List<Value> operands = new ArrayList<>(List.of(x, g.cast(s.stored(1), DataType.FLOAT32)));
        if (s.has(2)) {
            operands.add(s.stored(2));
        }
        return g.add(new QuantizeLinear(type, s.number("axis", 1), s.number("block_size", 0)), operands)
                .getFirst();
    }

    private static Value dequantize(NodeScope s) {
        GraphBuilder g = s.graph();
        int axis = s.number("axis", 1);
        int blockSize = s.number("block_size", 0);
        int given = s.number("output_dtype", 0);
        DataType type = given != 0 ? Casts.type(s, given) : s.stored(1).spec().type();
        Value scale = g.cast(s.stored(1), DataType.FLOAT32);
        List<Value> operands = new ArrayList<>(List.of(s.stored(0), scale));
        if (s.has(2)) {
            operands.add(s.stored(2));
        }
        return g.cast(g.add(new DequantizeLinear(axis, blockSize), operands).getFirst(), type);
    }

    /** ONNX 11: scale and zero point such that the range of x and 0 are within uint8. */
    private static List<Value> dynamicQuantize(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        List<Integer> all = IntStream.range(0, x.shape().rank()).boxed().toList();
        Value least = g.binary(BinaryFn.MIN, g.reduce(ReduceFn.MIN, x, all, false), 0);
        Value largest = g.binary(BinaryFn.MAX, g.reduce(ReduceFn.MAX, x, all, false), 0);
        Value range = g.sub(largest, least);
        Value isZero = g.compare(CompareFn.EQ, range, 0);
        Value scale = g.div(g.select(isZero, g.scalar(255, DataType.FLOAT32), range), g.scalar(255, DataType.FLOAT32));
        Value zeroPoint = g.add(new QuantizeLinear(DataType.UINT8, 0, 0), g.unary(UnaryFn.NEG, least), scale);
        return List.of(g.add(new QuantizeLinear(DataType.UINT8, 0, 0), x, scale, zeroPoint), scale, zeroPoint);
    }

    private static Value qlinearConv(NodeScope s) {
        GraphBuilder g = s.graph();
        Value sums = convolution(s, steps(s, 0, 2), weights(s, 3, 5));
        int spatial = sums.shape().rank() - 2;
        Value y = s.has(8) ? g.add(sums, Convolutions.perChannel(g, s.stored(8), sums)) : sums;
        Value weightScale = column(g, real(s, 4), spatial);
        return requantized(s, y, g.mul(real(s, 1), weightScale), 6);
    }

    private static Value qlinearMatMul(NodeScope s) {
        GraphBuilder g = s.graph();
        Value sums = product(s, 0, 2, 3, 5);
        return requantized(s, sums, g.mul(column(g, real(s, 1), 1), real(s, 4)), 6);
    }

    /** Sums of products, whose unit is the given scale, in the type and unit of the result. */
    private static Value requantized(NodeScope s, Value sums, Value scale, int resultScale) {
        GraphBuilder g = s.graph();
        Value factor = g.div(scale, g.reshape(real(s, resultScale), Shape.SCALAR));
        Value zeroPoint = s.stored(resultScale + 1);
        Value y = g.mul(g.cast(sums, DataType.FLOAT32), factor);
        QuantizeLinear quantized = new QuantizeLinear(zeroPoint.spec().type(), 0, 0);
        return g.add(quantized, y, g.scalar(1, DataType.FLOAT32), zeroPoint);
    }

    private static Value real(NodeScope s, int index) {
        return s.graph().cast(s.stored(index), DataType.FLOAT32);
    }

    /** An operand less its zero point, in int32. */
    private static Value steps(NodeScope s, int index, int zeroPoint) {
        Value x = s.graph().cast(s.stored(index), DataType.INT32);
        return s.has(zeroPoint) ? s.graph().sub(x, zeroPoint(s, zeroPoint)) : x;
    }

    private static Value zeroPoint(NodeScope s, int index) {
        return s.graph().cast(s.stored(index), DataType.INT32);
    }

    /** Kernels {@code [m, c, s…]} less their zero points, of which there may be one per output channel. */
    private static Value weights(NodeScope s, int index, int zeroPoint) {
        GraphBuilder g = s.graph();
        Value kernel = g.cast(s.stored(index), DataType.INT32);
        return s.has(zeroPoint)
                ? g.sub(
                        kernel,
                        column(g, zeroPoint(s, zeroPoint), kernel.shape().rank() - 1))
                : kernel;
    }

    /** Numbers of which there may be one for each place along an axis, behind which there are so many others. */
    private static Value column(GraphBuilder g, Value numbers, int behind) {
        if (numbers.shape().rank() != 1 || numbers.shape().dim(0).equals(Dim.of(1))) {
            return numbers.shape().rank() == 1 ? g.reshape(numbers, Shape.SCALAR) : numbers;
        }
        return g.reshape(numbers, numbers.shape().concat(Shape.of(Collections.nCopies(behind, 1))));
    }

    private static Value convolution(NodeScope s, Value x, Value kernel) {
        s.ignore("kernel_shape");
        Window window = Windows.of(s, x.shape(), Windows.spatial(kernel.shape()));
        return s.graph().add(new Convolution(window, s.number("group", 1), Layout.CHANNELS_FIRST), x, kernel);
    }

    /** The product of matrices less their zero points, of which a may have one per row and b one per column. */
    private static Value product(NodeScope s, int a, int aZeroPoint, int b, int bZeroPoint) {
        GraphBuilder g = s.graph();
        Value left = g.cast(s.stored(a), DataType.INT32);
        if (s.has(aZeroPoint)) {
            left = g.sub(left, column(g, zeroPoint(s, aZeroPoint), 1));
        }
        return Contractions.matMul(g, left, steps(s, b, bZeroPoint));
    }
}
