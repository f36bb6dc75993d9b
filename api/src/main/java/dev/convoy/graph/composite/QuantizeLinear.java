package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import java.util.List;

/**
 * {@code y = saturate(round(x / scale) + zeroPoint)} as a small integer, rounded half to even; NaN becomes 0. As a small
 * float {@code y = saturate(x / scale + zeroPoint)}, rounded once (ONNX 25 QuantizeLinear). Operands: x, scale, and
 * optionally the zero point, which has the scale's shape. One number is for all of x, a vector for the places along the axis, and
 * with blocks each number for {@code blockSize} places along the axis.
 *
 * <ul>
 *   <li>C1: x and scale of the same real type; zero point of the result's type.
 *   <li>C2: the axis is an axis of x.
 *   <li>C3: scale and zero point are one number, a vector along the axis, or blocks of x.
 *   <li>C4: the type is an integer of at most 16 bits, or a float of at most 8 but float8e8m0; blockSize is at least 0.
 * </ul>
 *
 * @param to the type of the result
 * @param axis may be negative; of no meaning for one number
 * @param blockSize 0 for none
 */
public record QuantizeLinear(DataType to, int axis, int blockSize) implements CompositeOp {

    public QuantizeLinear {
        Check check = Check.of("QuantizeLinear");
        check.that(Quantization.largest(to) > 0, "C4", "the result's type is small", "int8, uint8, …", to);
        check.that(blockSize >= 0, "C4", "blockSize is at least 0", ">= 0", blockSize);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 2, 3);
        Operands.allReal(check, inputs.subList(0, 2));
        Value x = inputs.getFirst();
        DataType type = x.spec().type();
        Value scale = Quantization.spread(check, g, inputs.get(1), x.shape(), axis, blockSize);
        boolean isInteger = Quantization.isInteger(to);
        Value steps = g.div(x, scale);
        Value y = isInteger ? g.unary(UnaryFn.ROUND, steps) : steps;
        if (inputs.size() > 2) {
            DataType given = inputs.get(2).spec().type();
            check.that(given == to, "C1", "the zero point has the result's type", to, given);
            Value zeroPoint = g.cast(inputs.get(2), type);
            y = g.add(y, Quantization.spread(check, g, zeroPoint, x.shape(), axis, blockSize));
        }
        Value raised = g.binary(BinaryFn.MAX, y, Quantization.least(to));
        Value bounded = g.binary(BinaryFn.MIN, raised, Quantization.largest(to));
        return List.of(g.cast(isInteger ? g.cast(bounded, DataType.INT32) : bounded, to));
    }
}
