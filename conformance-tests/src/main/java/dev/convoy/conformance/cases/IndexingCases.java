package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Cases of {@link IndexingOp}. */
public final class IndexingCases {

    private final CaseList cases = new CaseList();

    private IndexingCases() {}

    public static List<OpCase> all() {
        IndexingCases table = new IndexingCases();
        table.gather();
        table.scatter();
        table.scatterFunctions();
        table.iota();
        table.constant();
        return table.cases.all();
    }

    private void gather() {
        Tensor data = counted(shape(3, 2));
        cases.exact(
                "meaning", "rows", new Gather(0), List.of(data, ints(2, 0, 2)), floats(shape(3, 2), 5, 6, 1, 2, 5, 6));
        cases.exact("meaning", "columns", new Gather(1), List.of(data, longs(1)), floats(shape(3, 1), 2, 4, 6));
        cases.exact(
                "meaning", "scalar-index-drops-the-axis", new Gather(0), List.of(data, ints(shape(), 1)), floats(3, 4));
        cases.exact(
                "meaning",
                "matrix-of-indices",
                new Gather(0),
                List.of(floats(10, 20, 30), ints(shape(2, 2), 0, 1, 2, 0)),
                floats(shape(2, 2), 10, 20, 30, 10));
        cases.exact("meaning", "no-indices", new Gather(0), List.of(data, ints(shape(0))), floats(shape(0, 2)));
        cases.exact("C1", "int64-data", new Gather(0), List.of(longs(1L << 60, 5), ints(1, 0)), longs(5, 1L << 60));
        cases.exact("C1", "int32-data", new Gather(0), List.of(ints(16777217, 5), longs(1, 0)), ints(5, 16777217));
        cases.exact("C1", "bool-data", new Gather(0), List.of(bools(true, false), longs(1, 0)), bools(false, true));
        List<Tensor> middle = List.of(counted(shape(3, 5, 4)), ints(shape(2, 3), 4, 0, 1, 2, 2, 3));
        cases.reference("C2", "middle-axis", Tolerance.EXACT, new Gather(1), middle);
        cases.fails("C3", "index-behind-the-end", new Gather(0), List.of(data, ints(3)));
        cases.fails("C3", "negative-index", new Gather(0), List.of(data, longs(-1)));
    }

    private void scatter() {
        Tensor data = counted(shape(3, 2));
        Tensor updates = floats(shape(2, 2), 10, 20, 30, 40);
        Scatter set = new Scatter(0, ScatterFn.SET);
        cases.exact("set", "rows", set, List.of(data, ints(2, 0), updates), floats(shape(3, 2), 30, 40, 3, 4, 10, 20));
        cases.exact(
                "set",
                "the-last-wins",
                set,
                List.of(data, longs(1, 1), updates),
                floats(shape(3, 2), 1, 2, 30, 40, 5, 6));
        cases.exact(
                "set", "bool", set, List.of(bools(true, true, true), ints(1), bools(false)), bools(true, false, true));
        cases.exact(
                "C3",
                "columns",
                new Scatter(1, ScatterFn.SET),
                List.of(data, ints(1), floats(shape(3, 1), 7, 8, 9)),
                floats(shape(3, 2), 1, 7, 3, 8, 5, 9));
        cases.exact("C3", "no-indices", set, List.of(data, ints(shape(0)), floats(shape(0, 2))), data);
        cases.fails("C4", "index-behind-the-end", set, List.of(data, ints(3, 0), updates));
        cases.fails("C4", "negative-index", set, List.of(data, ints(0, -1), updates));
    }

    private void scatterFunctions() {
        Tensor data = floats(2, 3, 4, NAN);
        Tensor indices = ints(0, 0, 2, 3);
        Tensor updates = floats(5, -1, 0.5, 1);
        combined(ScatterFn.ADD, "repeated-indices", data, indices, updates, floats(6, 3, 4.5, NAN));
        combined(ScatterFn.MUL, "repeated-indices", data, indices, updates, floats(-10, 3, 2, NAN));
        combined(ScatterFn.MAX, "repeated-indices", data, indices, updates, floats(5, 3, 4, NAN));
        combined(ScatterFn.MIN, "repeated-indices", data, indices, updates, floats(-1, 3, 0.5, NAN));
        Tensor exact = ints(16777217, Integer.MAX_VALUE, -3);
        Tensor every = ints(0, 1, 2);
        combined(ScatterFn.ADD, "int32-wraps", exact, every, ints(1, 1, 1), ints(16777218, Integer.MIN_VALUE, -2));
        combined(ScatterFn.MUL, "int32-wraps", exact, every, ints(1, 2, 3), ints(16777217, -2, -9));
        combined(ScatterFn.MAX, "int32", exact, every, ints(0, 0, 0), ints(16777217, Integer.MAX_VALUE, 0));
        combined(ScatterFn.MIN, "int32", exact, every, ints(0, 0, 0), ints(0, 0, -3));
        combined(ScatterFn.ADD, "int64", longs(1L << 60), ints(0), longs(1), longs((1L << 60) + 1));
        Random random = new Random(3);
        List<Tensor> rows = List.of(
                Operands.random(random, shape(5, 4, 9)),
                ints(random.ints(13, 0, 4).toArray()),
                Operands.random(random, shape(5, 13, 9)));
        for (ScatterFn fn : ScatterFn.values()) {
            Tolerance tolerance =
                    fn == ScatterFn.ADD || fn == ScatterFn.MUL ? new Tolerance.Summed(14) : Tolerance.EXACT;
            cases.reference(key(fn), "random-middle-axis", tolerance, new Scatter(1, fn), rows);
        }
    }

    private void combined(ScatterFn fn, String name, Tensor data, Tensor indices, Tensor updates, Tensor y) {
        cases.exact(key(fn), name, new Scatter(0, fn), List.of(data, indices, updates), y);
    }

    private static String key(ScatterFn fn) {
        return fn.name().toLowerCase(Locale.ROOT);
    }

    private void iota() {
        cases.exact("meaning", "float32", new Iota(DataType.FLOAT32, shape(4), 0), List.of(), floats(0, 1, 2, 3));
        cases.exact(
                "meaning",
                "int32-axis-0",
                new Iota(DataType.INT32, shape(2, 3), 0),
                List.of(),
                ints(shape(2, 3), 0, 0, 0, 1, 1, 1));
        cases.exact(
                "meaning",
                "int64-axis-1",
                new Iota(DataType.INT64, shape(2, 3), 1),
                List.of(),
                longs(shape(2, 3), 0, 1, 2, 0, 1, 2));
        cases.exact("C1", "empty", new Iota(DataType.FLOAT32, shape(0, 2), 1), List.of(), floats(shape(0, 2)));
    }

    private void constant() {
        constant("float32", floats(shape(2, 2), 1, NAN, -3, 4));
        constant("int32", ints(16777217, -1));
        constant("int64", longs(1L << 60, -1));
        constant("bool", bools(true, false));
        constant("scalar", Tensor.scalar(2.5f));
        constant("empty", floats(shape(0, 3)));
        cases.optional(
                "meaning",
                "uint8",
                new Constant(Tensor.wrap(TensorSpec.of(DataType.UINT8, 2), new byte[] {-1, 1})),
                List.of(),
                Tensor.wrap(TensorSpec.of(DataType.UINT8, 2), new byte[] {-1, 1}));
    }

    private void constant(String name, Tensor value) {
        cases.exact("meaning", name, new Constant(value), List.of(), value);
    }
}
