package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.INF;
import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.bools;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.longs;
import static dev.convoy.conformance.cases.Operands.shape;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ElementwiseOp.Compare;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Cases of {@link Compare}. */
public final class CompareCases {

    private CompareCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        for (CompareFn fn : CompareFn.values()) {
            String key = fn.name().toLowerCase(Locale.ROOT);
            Compare op = new Compare(fn);
            cases.exact(
                    key,
                    "float32-and-nan",
                    op,
                    List.of(floats(1, 2, 3, 0, INF, NAN, 1, NAN), floats(2, 2, 2, -0.0, INF, 1, NAN, NAN)),
                    ordered(fn, new int[] {-1, 0, 1, 0, 0}, 3));
            cases.exact(
                    key,
                    "int32",
                    op,
                    List.of(ints(1, 2, 3, Integer.MIN_VALUE, 16777217), ints(2, 2, 2, Integer.MAX_VALUE, 16777216)),
                    ordered(fn, new int[] {-1, 0, 1, -1, 1}, 0));
            cases.exact(
                    key,
                    "int64",
                    op,
                    List.of(longs(1, 2, 3, (1L << 53) + 1), longs(2, 2, 2, 1L << 53)),
                    ordered(fn, new int[] {-1, 0, 1, 1}, 0));
            cases.reference(
                    "C2",
                    key + "-broadcast",
                    Tolerance.EXACT,
                    op,
                    List.of(
                            Operands.randomTies(new Random(5), shape(3, 1, 5)),
                            Operands.randomTies(new Random(6), shape(4, 1))));
            for (int size : new int[] {1, 7, 64, 129}) {
                Random random = new Random(size);
                List<Tensor> ties =
                        List.of(Operands.randomTies(random, shape(size)), Operands.randomTies(random, shape(size)));
                cases.reference(key, "random-ties-" + size, Tolerance.EXACT, op, ties);
            }
        }
        Tensor a = bools(true, true, false, false);
        Tensor b = bools(true, false, true, false);
        cases.exact("eq", "bool", new Compare(CompareFn.EQ), List.of(a, b), bools(true, false, false, true));
        cases.exact("ne", "bool", new Compare(CompareFn.NE), List.of(a, b), bools(false, true, true, false));
        return cases.all();
    }

    /** What a relation gives for pairs that are below (-1), equal (0) or above (1), then for unordered pairs (NaN). */
    private static Tensor ordered(CompareFn fn, int[] signs, int unordered) {
        boolean[] holds = new boolean[signs.length + unordered];
        for (int i = 0; i < holds.length; i++) {
            int sign = i < signs.length ? signs[i] : 2;
            holds[i] = switch (fn) {
                case EQ -> sign == 0;
                case NE -> sign != 0;
                case LT -> sign == -1;
                case LE -> sign == -1 || sign == 0;
                case GT -> sign == 1;
                case GE -> sign == 1 || sign == 0;
            };
        }
        return bools(holds);
    }
}
