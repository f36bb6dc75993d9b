package dev.convoy.graph;

import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks the operands of an op against its numbered rules and says what specs its results have. One file per op family
 * holds the rules; this class finds it.
 */
public final class ShapeInference {

    private ShapeInference() {}

    /**
     * @param layer path of the layer that writes the node, named in errors; may be empty
     * @throws GraphException if a rule of the op is broken
     */
    public static List<TensorSpec> infer(Op op, List<Value> operands, String layer) {
        return inferSpecs(op, Value.specs(operands), layer);
    }

    /** The same from specs alone. */
    public static List<TensorSpec> inferSpecs(Op op, List<TensorSpec> inputs, String layer) {
        Check check = Check.of(op, layer, inputs);
        return switch (op) {
            case ElementwiseOp elementwise -> List.of(ElementwiseShapes.infer(elementwise, inputs, check));
            case ReductionOp reduction -> ReductionShapes.infer(reduction, inputs, check);
            case ContractionOp contraction -> List.of(ContractionShapes.infer(contraction, inputs, check));
            case SpatialOp spatial -> SpatialShapes.infer(spatial, inputs, check);
            case MovementOp movement -> List.of(MovementShapes.infer(movement, inputs, check));
            case IndexingOp indexing -> List.of(IndexingShapes.infer(indexing, inputs, check));
            case ControlOp control -> ControlShapes.infer(control, inputs, check);
            case CompositeOp composite -> composite.infer(inputs);
        };
    }

    static String describe(Op op, List<TensorSpec> inputs) {
        String operands = inputs.stream().map(TensorSpec::toString).collect(Collectors.joining(", ", "input ", ""));
        String attributes =
                op instanceof IndexingOp.Constant || op instanceof ControlOp.Scan ? op.name() : op.toString();
        return inputs.isEmpty() ? attributes : operands + "; " + attributes;
    }

    static void arity(Check check, List<TensorSpec> inputs, int count) {
        check.that(
                inputs.size() == count,
                "C1",
                "the op has " + count + (count == 1 ? " operand" : " operands"),
                count,
                inputs.size());
    }

    static void sameType(Check check, TensorSpec a, TensorSpec b) {
        check.that(a.type() == b.type(), "C1", "operands have the same type", a.type(), b.type());
    }

    static void axisInside(Check check, int axis, TensorSpec x) {
        check.that(
                axis >= 0 && axis < x.shape().rank(),
                "C2",
                "the axis is an axis of the operand",
                "0 <= axis < " + x.shape().rank(),
                axis);
    }
}
