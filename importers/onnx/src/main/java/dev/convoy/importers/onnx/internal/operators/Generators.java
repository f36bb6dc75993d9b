package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.node.NodeScope;
import dev.convoy.importers.onnx.internal.node.OnnxOperator;
import dev.convoy.importers.onnx.internal.node.Types;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Operators that make tensors of numbers and shapes, and those that compare places. */
final class Generators {

    static final List<OnnxOperator> ALL = List.of(
            OnnxOperator.one("ConstantOfShape", Generators::constantOfShape).known("input"),
            OnnxOperator.one("Range", Generators::range)
                    .inputs("start", "limit", "delta")
                    .known("start", "limit", "delta"),
            OnnxOperator.one("EyeLike", Generators::eyeLike).specs("input"),
            OnnxOperator.one("OneHot", Generators::oneHot)
                    .inputs("indices", "depth", "values")
                    .known("depth"),
            OnnxOperator.one("Trilu", Generators::trilu).inputs("input", "k"));

    private Generators() {}

    private static Value constantOfShape(NodeScope s) {
        Tensor value = Optional.ofNullable(s.tensor("value")).orElseGet(() -> Tensor.zeros(TensorSpec.float32(1)));
        if (value.size() != 1) {
            throw s.refuse("its value is one number, got " + value.spec(), "");
        }
        Value scalar = s.graph().reshape(s.graph().constant(value), Shape.SCALAR);
        return s.graph().broadcast(scalar, Shape.ofDims(s.known(0).dims()));
    }

    /** {@code start + i · delta}, as many as come before the limit. */
    private static Value range(NodeScope s) {
        DataType type = s.known(0).type();
        DataType computing = Types.computing(type);
        boolean isReal = Types.isReal(type);
        double steps = isReal
                ? Math.ceil((s.known(1).real() - s.known(0).real()) / s.known(2).real())
                : integerSteps(s);
        if (!(steps <= Integer.MAX_VALUE)) {
            throw s.refuse("a range of " + steps + " numbers is too long", "");
        }
        GraphBuilder g = s.graph();
        DataType counting = isReal ? computing : DataType.INT64;
        Value count = g.add(new Iota(counting, Shape.of((int) Math.max(0, steps)), 0));
        Value start = g.cast(g.constant(s.known(0).tensor()), counting);
        Value delta = g.cast(g.constant(s.known(2).tensor()), counting);
        Value scalarStart = g.reshape(start, Shape.SCALAR);
        Value scalarDelta = g.reshape(delta, Shape.SCALAR);
        return g.cast(g.add(scalarStart, g.mul(count, scalarDelta)), type);
    }

    private static double integerSteps(NodeScope s) {
        long delta = s.known(2).integer();
        if (delta == 0) {
            throw s.refuse("the delta of a range is not 0", "");
        }
        return Math.ceilDiv(Math.subtractExact(s.known(1).integer(), s.known(0).integer()), delta);
    }

    private static Value eyeLike(NodeScope s) {
        TensorSpec like = s.stored(0).spec();
        int number = s.number("dtype", ElementTypes.number(like.type()));
        DataType type = ElementTypes.type(number)
                .filter(t -> t.storage() != DataType.Storage.NONE)
                .orElseThrow(() -> s.refuse("element type number " + number + " is not supported", ""));
        if (like.shape().rank() != 2) {
            throw s.refuse("it takes a matrix, got " + like, "");
        }
        GraphBuilder g = s.graph();
        return g.cast(g.compare(CompareFn.EQ, diagonals(g, like.shape()), s.integer("k", 0)), type);
    }

    /** The upper or lower triangle of matrices {@code […, n, m]}, from the k-th diagonal on; the rest is 0. */
    private static Value trilu(NodeScope s) {
        GraphBuilder g = s.graph();
        Value x = s.operand(0);
        Value k =
                s.has(1) ? g.reshape(g.cast(s.stored(1), DataType.INT64), Shape.SCALAR) : g.constant(Tensor.scalar(0L));
        CompareFn kept = s.flag("upper", true) ? CompareFn.GE : CompareFn.LE;
        Value zero = g.constant(Tensor.zeros(x.spec().withShape(Shape.SCALAR)));
        return g.select(g.compare(kept, diagonals(g, x.shape()), k), x, zero);
    }

    /** The number of the diagonal on which each element of a matrix lies: its column minus its row. */
    private static Value diagonals(GraphBuilder g, Shape shape) {
        Shape matrix = shape.slice(shape.rank() - 2, shape.rank());
        Value rows = g.add(new Iota(DataType.INT64, matrix.with(1, 1), 0));
        Value columns = g.add(new Iota(DataType.INT64, matrix.with(0, 1), 1));
        return g.sub(columns, rows);
    }

    /** Indices outside {@code [-depth, depth)} give rows that are off everywhere. */
    private static Value oneHot(NodeScope s) {
        GraphBuilder g = s.graph();
        Value indices = g.cast(s.stored(0), DataType.INT64);
        int depth = Math.toIntExact(s.known(1).integer());
        Value values = s.operand(2);
        Value off = g.reshape(g.slice(values, 0, 0, 1), Shape.SCALAR);
        Value on = g.reshape(g.slice(values, 0, 1, 2), Shape.SCALAR);
        int rank = indices.shape().rank() + 1;
        int given = s.number("axis", -1);
        int axis = given < 0 ? given + rank : given;
        if (axis < 0 || axis >= rank) {
            throw s.refuse("the axis is one of " + rank + " axes of its result, got " + given, "");
        }
        List<Dim> front = indices.shape().dims().subList(0, axis);
        List<Dim> back = indices.shape().dims().subList(axis, rank - 1);
        Shape column = Shape.ofDims(front).concat(Shape.of(1)).concat(Shape.ofDims(back));
        Shape line = Shape.of(Collections.nCopies(rank, 1)).with(axis, depth);
        Value place = g.reshape(Indexing.fromFront(g, indices, depth), column);
        Value hot = g.compare(CompareFn.EQ, place, g.add(new Iota(DataType.INT64, line, axis)));
        return g.select(hot, on, off);
    }
}
