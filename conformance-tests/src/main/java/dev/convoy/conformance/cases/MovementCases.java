package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.Broadcast;
import dev.convoy.graph.MovementOp.Concat;
import dev.convoy.graph.MovementOp.Reshape;
import dev.convoy.graph.MovementOp.Reverse;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.MovementOp.Transpose;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Random;

/** Cases of {@link MovementOp}, but for padding. */
public final class MovementCases {

    private final CaseList cases = new CaseList();

    private MovementCases() {}

    public static List<OpCase> all() {
        MovementCases table = new MovementCases();
        table.reshape();
        table.transpose();
        table.broadcast();
        table.slice();
        table.reverse();
        table.concat();
        table.everyType();
        return table.cases.all();
    }

    private void reshape() {
        Tensor x = counted(shape(2, 3));
        exact("C1", "row-major-order", new Reshape(shape(3, 2)), x, counted(shape(3, 2)));
        exact("C1", "to-a-vector", new Reshape(shape(6)), x, counted(shape(6)));
        exact("C1", "to-rank-4", new Reshape(shape(1, 2, 1, 3)), x, counted(shape(1, 2, 1, 3)));
        exact("C1", "one-element-to-a-scalar", new Reshape(shape()), floats(shape(1, 1), 5), Tensor.scalar(5f));
        exact("C1", "empty", new Reshape(shape(3, 0)), floats(shape(0, 2)), floats(shape(3, 0)));
    }

    private void transpose() {
        exact(
                "C1",
                "matrix",
                new Transpose(List.of(1, 0)),
                counted(shape(2, 3)),
                floats(shape(3, 2), 1, 4, 2, 5, 3, 6));
        Tensor x = counted(shape(1, 2, 2, 2));
        Transpose toFirst = new Transpose(List.of(0, 3, 1, 2));
        exact("C1", "channels-last-to-first", toFirst, x, floats(shape(1, 2, 2, 2), 1, 3, 5, 7, 2, 4, 6, 8));
        Transpose toLast = new Transpose(List.of(0, 2, 3, 1));
        exact("C1", "channels-first-to-last", toLast, x, floats(shape(1, 2, 2, 2), 1, 5, 2, 6, 3, 7, 4, 8));
        exact("C1", "identity", new Transpose(List.of(0, 1)), counted(shape(2, 3)), counted(shape(2, 3)));
        exact("C1", "scalar", new Transpose(List.of()), Tensor.scalar(3f), Tensor.scalar(3f));
        exact("C1", "empty", new Transpose(List.of(1, 0)), floats(shape(0, 3)), floats(shape(3, 0)));
        Shape shape = shape(3, 1, 5, 2, 4);
        for (List<Integer> order : List.of(
                List.of(4, 3, 2, 1, 0), List.of(2, 0, 4, 1, 3), List.of(0, 1, 2, 4, 3), List.of(1, 0, 3, 2, 4))) {
            String name = "order-" + Operands.text(Shape.of(order));
            cases.reference("C1", name, Tolerance.EXACT, new Transpose(order), List.of(counted(shape)));
        }
        for (Shape sides : List.of(shape(33, 17), shape(1, 65), shape(64, 64))) {
            Tensor matrix = Operands.random(new Random(1), sides);
            cases.reference(
                    "C1",
                    "sides-" + Operands.text(sides),
                    Tolerance.EXACT,
                    new Transpose(List.of(1, 0)),
                    List.of(matrix));
        }
    }

    private void broadcast() {
        exact(
                "C1",
                "row",
                new Broadcast(shape(2, 3)),
                floats(shape(3), 1, 2, 3),
                floats(shape(2, 3), 1, 2, 3, 1, 2, 3));
        exact(
                "C1",
                "column",
                new Broadcast(shape(2, 3)),
                floats(shape(2, 1), 1, 2),
                floats(shape(2, 3), 1, 1, 1, 2, 2, 2));
        exact("C1", "scalar", new Broadcast(shape(2, 2)), Tensor.scalar(7f), floats(shape(2, 2), 7, 7, 7, 7));
        exact("C1", "same-shape", new Broadcast(shape(2, 3)), counted(shape(2, 3)), counted(shape(2, 3)));
        exact("C1", "to-empty", new Broadcast(shape(0, 2)), floats(shape(1, 2), 1, 2), floats(shape(0, 2)));
        cases.reference(
                "C1",
                "middle-axes",
                Tolerance.EXACT,
                new Broadcast(shape(2, 3, 4, 5)),
                List.of(counted(shape(3, 1, 5))));
    }

    private void slice() {
        Tensor x = counted(shape(3, 4));
        exact(
                "C2",
                "a-block",
                slice(List.of(1, 1), List.of(3, 3), List.of(1, 1)),
                x,
                floats(shape(2, 2), 6, 7, 10, 11));
        exact("C2", "steps", slice(List.of(0, 1), List.of(3, 4), List.of(2, 2)), x, floats(shape(2, 2), 2, 4, 10, 12));
        exact(
                "C2",
                "step-beyond-the-end",
                slice(List.of(0, 0), List.of(3, 4), List.of(5, 3)),
                x,
                floats(shape(1, 2), 1, 4));
        exact(
                "C2",
                "to-the-end",
                slice(List.of(2, 0), List.of(Slice.TO_END, Slice.TO_END), List.of(1, 1)),
                x,
                floats(shape(1, 4), 9, 10, 11, 12));
        exact("C2", "nothing", slice(List.of(1, 0), List.of(1, 4), List.of(1, 1)), x, floats(shape(0, 4)));
        exact("C2", "start-at-the-size", slice(List.of(3, 0), List.of(3, 4), List.of(1, 1)), x, floats(shape(0, 4)));
        exact("C1", "scalar", slice(List.of(), List.of(), List.of()), Tensor.scalar(4f), Tensor.scalar(4f));
        Slice odd = slice(List.of(1, 0, 2), List.of(4, 5, 16), List.of(1, 2, 3));
        cases.reference("C2", "odd-sizes", Tolerance.EXACT, odd, List.of(counted(shape(5, 6, 17))));
    }

    private void reverse() {
        Tensor x = counted(shape(2, 3));
        exact("C1", "axis-0", new Reverse(List.of(0)), x, floats(shape(2, 3), 4, 5, 6, 1, 2, 3));
        exact("C1", "axis-1", new Reverse(List.of(1)), x, floats(shape(2, 3), 3, 2, 1, 6, 5, 4));
        exact("C1", "both-axes", new Reverse(List.of(0, 1)), x, floats(shape(2, 3), 6, 5, 4, 3, 2, 1));
        exact("C1", "no-axes", new Reverse(List.of()), x, x);
        exact("C1", "empty", new Reverse(List.of(0)), floats(shape(0, 3)), floats(shape(0, 3)));
        cases.reference(
                "C1", "middle-axis", Tolerance.EXACT, new Reverse(List.of(1)), List.of(counted(shape(3, 5, 7))));
    }

    private void concat() {
        Tensor a = counted(shape(1, 2));
        Tensor b = floats(shape(2, 2), 3, 4, 5, 6);
        cases.exact("meaning", "axis-0", new Concat(0), List.of(a, b), counted(shape(3, 2)));
        Tensor c = floats(shape(2, 1), 8, 9);
        cases.exact("meaning", "axis-1", new Concat(1), List.of(b, c), floats(shape(2, 3), 3, 4, 8, 5, 6, 9));
        cases.exact("C1", "one-operand", new Concat(0), List.of(a), a);
        cases.exact("C1", "the-same-operand-twice", new Concat(1), List.of(c, c), floats(shape(2, 2), 8, 8, 9, 9));
        cases.exact("C2", "an-empty-operand", new Concat(0), List.of(floats(shape(0, 2)), a), a);
        List<Tensor> many = List.of(counted(shape(2, 1, 3)), counted(shape(2, 4, 3)), counted(shape(2, 2, 3)));
        cases.reference("C2", "three-operands-middle-axis", Tolerance.EXACT, new Concat(1), many);
    }

    /** Elements are moved, whatever they mean. */
    private void everyType() {
        for (DataType type : DataType.values()) {
            if (type.storage() == DataType.Storage.NONE || type == DataType.FLOAT64) {
                continue;
            }
            Tensor x = filled(type, shape(2, 3));
            List<MovementOp> ops = List.of(
                    new Reshape(shape(3, 2)),
                    new Transpose(List.of(1, 0)),
                    new Broadcast(shape(2, 2, 3)),
                    slice(List.of(0, 1), List.of(2, 3), List.of(1, 1)),
                    new Reverse(List.of(1)),
                    new Concat(0));
            for (MovementOp op : ops) {
                if (type.isArithmetic()) {
                    cases.reference("type", type.label(), Tolerance.EXACT, op, List.of(x));
                } else {
                    cases.optionalReference("type", type.label(), op, List.of(x));
                }
            }
        }
        exact("type", "nan", new Reverse(List.of(0)), floats(NAN, 1), floats(1, NAN));
        exact("type", "int32-is-not-float", new Reverse(List.of(0)), ints(16777217, 1), ints(1, 16777217));
        exact(
                "type",
                "int64-is-not-float",
                new Reverse(List.of(0)),
                longs(Long.MAX_VALUE, 1),
                longs(1, Long.MAX_VALUE));
        exact("type", "bool-values", new Reverse(List.of(0)), bools(true, false), bools(false, true));
    }

    private static Tensor filled(DataType type, Shape shape) {
        Tensor x = Tensor.zeros(new TensorSpec(type, shape));
        for (int i = 0; i < x.size(); i++) {
            switch (x.array()) {
                case float[] a -> a[i] = i + 0.5f;
                case byte[] a -> a[i] = (byte) i;
                case short[] a -> a[i] = (short) (i * 1000);
                case int[] a -> a[i] = i * 1_000_003;
                case long[] a -> a[i] = i * 1_000_000_000_003L;
                case boolean[] a -> a[i] = i % 2 == 0;
                default -> throw new IllegalStateException(type + " cannot be filled");
            }
        }
        return x;
    }

    private static Slice slice(List<Integer> starts, List<Integer> ends, List<Integer> steps) {
        return new Slice(starts, ends, steps);
    }

    private void exact(String rule, String name, MovementOp op, Tensor x, Tensor y) {
        cases.exact(rule, name, op, List.of(x), y);
    }
}
