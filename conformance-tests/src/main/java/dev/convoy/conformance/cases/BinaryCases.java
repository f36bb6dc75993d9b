package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.conformance.cases.Operands.text;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ElementwiseOp.Binary;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Cases of {@link Binary}. */
public final class BinaryCases {

    private static final int LOW = Integer.MIN_VALUE;
    private static final int HIGH = Integer.MAX_VALUE;

    private final CaseList cases = new CaseList();

    private BinaryCases() {}

    public static List<OpCase> all() {
        BinaryCases table = new BinaryCases();
        table.reals();
        table.int32();
        table.int64();
        table.logical();
        table.broadcasting();
        for (BinaryFn fn : BinaryFn.values()) {
            table.generated(fn);
        }
        return table.cases.all();
    }

    private void reals() {
        Tensor a = floats(1.5, -2, INF, INF, NAN, 0);
        Tensor b = floats(2, -0.5, 1, -INF, 1, NAN);
        exact(BinaryFn.ADD, "special-values", a, b, floats(3.5, -2.5, INF, NAN, NAN, NAN));
        exact(BinaryFn.SUB, "special-values", a, b, floats(-0.5, -1.5, INF, INF, NAN, NAN));
        exact(BinaryFn.MUL, "special-values", a, b, floats(3, 1, INF, -INF, NAN, NAN));
        exact(BinaryFn.MAX, "nan-wins", a, b, floats(2, -0.5, INF, INF, NAN, NAN));
        exact(BinaryFn.MIN, "nan-wins", a, b, floats(1.5, -2, 1, -INF, NAN, NAN));
        exact(
                BinaryFn.DIV,
                "special-values",
                floats(3, 1, -1, 0, NAN, 1),
                floats(2, 0, 0, 0, 1, INF),
                floats(1.5, INF, -INF, NAN, NAN, 0));
        exact(
                BinaryFn.POW,
                "special-values",
                floats(2, -2, 0, 4, -8, 3),
                floats(-1, 3, 0, 0.5, 1.0 / 3, 2),
                floats(0.5, -8, 1, 2, NAN, 9));
        exact(
                BinaryFn.MOD,
                "sign-of-the-divisor",
                floats(7, -7, 7, -7, 5.5, 6),
                floats(3, 3, -3, -3, 2, 3),
                floats(1, 2, -2, -1, 1.5, 0));
        exact(
                BinaryFn.REM,
                "sign-of-the-dividend",
                floats(7, -7, 7, -7, 5.5, 6),
                floats(3, 3, -3, -3, 2, 3),
                floats(1, -1, 1, -1, 1.5, 0));
    }

    private void int32() {
        Tensor a = ints(7, -7, 7, -7, HIGH, LOW);
        Tensor b = ints(3, 3, -3, -3, 2, -1);
        exact(BinaryFn.ADD, "int32-wraps", a, b, ints(10, -4, 4, -10, LOW + 1, HIGH));
        exact(BinaryFn.SUB, "int32-wraps", a, b, ints(4, -10, 10, -4, HIGH - 2, LOW + 1));
        exact(BinaryFn.MUL, "int32-wraps", a, b, ints(21, -21, -21, 21, -2, LOW));
        exact(BinaryFn.DIV, "int32-truncates", a, b, ints(2, -2, -2, 2, HIGH / 2, LOW));
        exact(BinaryFn.MOD, "int32", a, b, ints(1, 2, -2, -1, 1, 0));
        exact(BinaryFn.REM, "int32", a, b, ints(1, -1, 1, -1, 1, 0));
        exact(BinaryFn.MAX, "int32", a, b, ints(7, 3, 7, -3, HIGH, -1));
        exact(BinaryFn.MIN, "int32", a, b, ints(3, -7, -3, -7, 2, LOW));
        exact(
                BinaryFn.POW,
                "int32",
                ints(2, -3, 0, 2, 1, -1, -1, 3),
                ints(10, 3, 0, -1, -5, -3, -2, 21),
                ints(1024, -27, 1, 0, 1, -1, 1, 1870418611));
        // beyond the 24 bits that float32 holds
        exact(BinaryFn.ADD, "int32-is-not-float", ints(16777217, 123456789), ints(1, 1), ints(16777218, 123456790));
    }

    private void int64() {
        long big = (1L << 53) + 1;
        Tensor a = longs(big, -7, 7, Long.MAX_VALUE);
        Tensor b = longs(1, 3, -3, 2);
        exact(BinaryFn.ADD, "int64-wraps", a, b, longs(big + 1, -4, 4, Long.MIN_VALUE + 1));
        exact(BinaryFn.SUB, "int64-wraps", a, b, longs(1L << 53, -10, 10, Long.MAX_VALUE - 2));
        exact(BinaryFn.MUL, "int64-wraps", a, b, longs(big, -21, -21, -2));
        exact(BinaryFn.DIV, "int64-truncates", a, b, longs(big, -2, -2, Long.MAX_VALUE / 2));
        exact(BinaryFn.MOD, "int64", a, b, longs(0, 2, -2, 1));
        exact(BinaryFn.REM, "int64", a, b, longs(0, -1, 1, 1));
        exact(BinaryFn.MAX, "int64", a, b, longs(big, 3, 7, Long.MAX_VALUE));
        exact(BinaryFn.MIN, "int64", a, b, longs(1, -7, -3, 2));
        exact(
                BinaryFn.POW,
                "int64",
                longs(2, -3, 10),
                longs(40, 3, 18),
                longs(1L << 40, -27, 1_000_000_000_000_000_000L));
    }

    private void logical() {
        Tensor a = bools(true, true, false, false);
        Tensor b = bools(true, false, true, false);
        exact(BinaryFn.AND, "bool", a, b, bools(true, false, false, false));
        exact(BinaryFn.OR, "bool", a, b, bools(true, true, true, false));
        exact(BinaryFn.XOR, "bool", a, b, bools(false, true, true, false));
        exact(BinaryFn.AND, "int32", ints(0b1100, -1), ints(0b1010, 5), ints(0b1000, 5));
        exact(BinaryFn.OR, "int32", ints(0b1100, -1), ints(0b1010, 5), ints(0b1110, -1));
        exact(BinaryFn.XOR, "int32", ints(0b1100, -1), ints(0b1010, 5), ints(0b0110, -6));
        exact(BinaryFn.AND, "int64", longs(3L << 40, -1), longs(5L << 40, 5), longs(1L << 40, 5));
        exact(BinaryFn.OR, "int64", longs(3L << 40, -1), longs(5L << 40, 5), longs(7L << 40, -1));
        exact(BinaryFn.XOR, "int64", longs(3L << 40, -1), longs(5L << 40, 5), longs(6L << 40, -6));
    }

    private void broadcasting() {
        Binary sub = new Binary(BinaryFn.SUB);
        Tensor row = floats(shape(1, 3), 1, 2, 3);
        Tensor column = floats(shape(2, 1), 10, 20);
        cases.exact("C2", "row-and-column", sub, List.of(column, row), floats(shape(2, 3), 9, 8, 7, 19, 18, 17));
        cases.exact(
                "C2",
                "missing-axes",
                sub,
                List.of(floats(1, 2, 3), column),
                floats(shape(2, 3), -9, -8, -7, -19, -18, -17));
        cases.exact("C2", "scalar-first", sub, List.of(Tensor.scalar(1f), floats(1, 2)), floats(0, -1));
        cases.exact("C2", "scalar-second", sub, List.of(floats(1, 2), Tensor.scalar(1f)), floats(0, 1));
        cases.exact("C2", "two-scalars", sub, List.of(Tensor.scalar(3f), Tensor.scalar(1f)), Tensor.scalar(2f));
        cases.exact("C2", "empty", sub, List.of(floats(shape(0, 3)), row), floats(shape(0, 3)));
        cases.exact(
                "C2",
                "size-1-against-empty",
                sub,
                List.of(floats(shape(1, 3), 1, 2, 3), floats(shape(0, 1))),
                floats(shape(0, 3)));
        List<List<Shape>> pairs = List.of(
                List.of(shape(2, 3, 5, 7), shape(7)),
                List.of(shape(2, 3, 5, 7), shape(3, 1, 1)),
                List.of(shape(2, 1, 5, 1), shape(3, 1, 7)),
                List.of(shape(1, 1, 1), shape(4, 5, 6)),
                List.of(shape(4, 1, 6), shape(4, 5, 1)));
        for (List<Shape> pair : pairs) {
            Tensor a = counted(pair.getFirst());
            Tensor b = counted(pair.getLast());
            String name = text(pair.getFirst()) + "-with-" + text(pair.getLast());
            cases.reference("C2", name, Tolerance.EXACT, sub, List.of(a, b));
            cases.reference("C2", name + "-constant", Tolerance.EXACT, sub, List.of(a, b), Set.of(1));
        }
    }

    private void generated(BinaryFn fn) {
        if (fn == BinaryFn.AND || fn == BinaryFn.OR || fn == BinaryFn.XOR) {
            return;
        }
        boolean remainder = fn == BinaryFn.MOD || fn == BinaryFn.REM;
        Tolerance tolerance = fn == BinaryFn.POW ? Tolerance.FUNCTION : Tolerance.ROUNDED;
        for (int size : new int[] {1, 3, 8, 17, 65, 257}) {
            Random random = new Random(97L * fn.ordinal() + size);
            Tensor a = Operands.random(random, shape(size), fn == BinaryFn.POW ? 0.5 : -20, 20);
            Tensor b = Operands.random(random, shape(size), remainder ? 0.5 : -4, 4);
            cases.reference(
                    key(fn),
                    "random-" + size,
                    remainder ? new Tolerance.Within(1e-5) : tolerance,
                    new Binary(fn),
                    List.of(a, b));
        }
    }

    private void exact(BinaryFn fn, String name, Tensor a, Tensor b, Tensor y) {
        Tolerance tolerance = fn == BinaryFn.POW || fn == BinaryFn.DIV ? Tolerance.ROUNDED : Tolerance.EXACT;
        cases.close(key(fn), name, tolerance, new Binary(fn), List.of(a, b), y);
    }

    private static String key(BinaryFn fn) {
        return fn.name().toLowerCase(Locale.ROOT);
    }
}
