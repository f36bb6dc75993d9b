package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import java.util.List;

/**
 * {@code y = (x - zeroPoint) · scale}, in the scale's type (ONNX 25 DequantizeLinear). Operands: x, scale, and optionally the
 * zero point, which has the scale's shape. One number is for all of x, a vector for the places along the axis, and with
 * blocks each number for {@code blockSize} places along the axis.
 *
 * <ul>
 *   <li>C1: x an integer of at most 16 bits, int32, or a float of at most 8 bits but float8e8m0, scale real, zero point of x's type.
 *   <li>C2: the axis is an axis of x.
 *   <li>C3: scale and zero point are one number, a vector along the axis, or blocks of x.
 *   <li>C4: blockSize is at least 0.
 * </ul>
 *
 * @param axis may be negative; of no meaning for one number
 * @param blockSize 0 for none
 */
public record DequantizeLinear(int axis, int blockSize) implements CompositeOp {

    public DequantizeLinear {
        Check.of("DequantizeLinear").that(blockSize >= 0, "C4", "blockSize is at least 0", ">= 0", blockSize);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 2, 3);
        Value x = inputs.getFirst();
        DataType from = x.spec().type();
        boolean isQuantised = from == DataType.INT32 || Quantization.largest(from) > 0;
        check.that(isQuantised, "C1", "the operand's type is int32 or small", "int8, uint8, …", from);
        Value scale = Operands.real(check, inputs.get(1));
        boolean isInteger = from == DataType.INT32 || Quantization.isInteger(from);
        DataType computing = isInteger ? DataType.INT32 : scale.spec().type();
        Value steps = g.cast(x, computing);
        if (inputs.size() > 2) {
            DataType given = inputs.get(2).spec().type();
            check.that(given == from, "C1", "the zero point has the operand's type", from, given);
            Value zeroPoint = g.cast(inputs.get(2), computing);
            steps = g.sub(steps, Quantization.spread(check, g, zeroPoint, x.shape(), axis, blockSize));
        }
        Value factor = Quantization.spread(check, g, scale, x.shape(), axis, blockSize);
        return List.of(g.mul(g.cast(steps, scale.spec().type()), factor));
    }
}
