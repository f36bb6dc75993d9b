package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules of {@link ElementwiseOp}. */
final class ElementwiseShapes {

    private ElementwiseShapes() {}

    static TensorSpec infer(ElementwiseOp op, List<TensorSpec> inputs, Check check) {
        return switch (op) {
            case ElementwiseOp.Unary(UnaryFn fn) -> {
                ShapeInference.arity(check, inputs, 1);
                TensorSpec x = inputs.getFirst();
                check.that(
                        fn.accepts(x.type()),
                        "C1",
                        fn + " is defined on the operand's type",
                        "a type for " + fn,
                        x.type());
                yield x.withType(fn.result(x.type()));
            }
            case ElementwiseOp.Binary(BinaryFn fn) -> {
                ShapeInference.arity(check, inputs, 2);
                TensorSpec a = inputs.getFirst();
                ShapeInference.sameType(check, a, inputs.get(1));
                check.that(
                        fn.accepts(a.type()),
                        "C1",
                        fn + " is defined on the operands' type",
                        "a type for " + fn,
                        a.type());
                yield a.withShape(broadcast(check, inputs));
            }
            case ElementwiseOp.Compare(CompareFn fn) -> {
                ShapeInference.arity(check, inputs, 2);
                DataType type = inputs.getFirst().type();
                ShapeInference.sameType(check, inputs.getFirst(), inputs.get(1));
                boolean ordered = type.isReal() || type.isInteger();
                boolean equality = fn == CompareFn.EQ || fn == CompareFn.NE;
                check.that(
                        ordered || type == DataType.BOOL && equality,
                        "C1",
                        fn + " is defined on the operands' type",
                        equality ? "an arithmetic type" : "a real or integer type",
                        type);
                yield new TensorSpec(DataType.BOOL, broadcast(check, inputs));
            }
            case ElementwiseOp.Select() -> {
                ShapeInference.arity(check, inputs, 3);
                DataType condition = inputs.getFirst().type();
                check.that(condition == DataType.BOOL, "C1", "the condition is bool", DataType.BOOL, condition);
                ShapeInference.sameType(check, inputs.get(1), inputs.get(2));
                check.that(
                        inputs.get(1).type().isArithmetic(),
                        "C1",
                        "the choices have an arithmetic type",
                        "an arithmetic type",
                        inputs.get(1).type());
                yield new TensorSpec(inputs.get(1).type(), broadcast(check, inputs));
            }
            case ElementwiseOp.Cast(DataType to) -> {
                ShapeInference.arity(check, inputs, 1);
                TensorSpec x = inputs.getFirst();
                for (DataType type : List.of(x.type(), to)) {
                    check.that(
                            type.storage() != DataType.Storage.NONE,
                            "C1",
                            "neither type is string or complex",
                            "a number or bool",
                            type);
                }
                yield x.withType(to);
            }
        };
    }

    private static Shape broadcast(Check check, List<TensorSpec> inputs) {
        return broadcast(check, "C2", inputs.stream().map(TensorSpec::shape).toList());
    }

    /** The shape to which all shapes stretch, aligned at their last axes. */
    static Shape broadcast(Check check, String rule, List<Shape> shapes) {
        int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
        List<Dim> dims = new ArrayList<>();
        for (int axis = -rank; axis < 0; axis++) {
            Dim dim = Dim.of(1);
            for (Shape shape : shapes) {
                Dim other = axis < -shape.rank() ? Dim.of(1) : shape.dim(axis);
                if (dim.equals(Dim.of(1))) {
                    dim = other;
                } else if (!other.equals(Dim.of(1)) && !other.equals(dim)) {
                    throw check.broken(
                            rule, "shapes broadcast: axes aligned at the last one are equal or 1", dim, other);
                }
            }
            dims.add(dim);
        }
        return Shape.ofDims(dims);
    }
}
