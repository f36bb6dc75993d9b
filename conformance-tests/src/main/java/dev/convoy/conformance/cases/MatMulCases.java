package dev.convoy.conformance.cases;

import static dev.convoy.conformance.cases.Operands.NAN;
import static dev.convoy.conformance.cases.Operands.counted;
import static dev.convoy.conformance.cases.Operands.floats;
import static dev.convoy.conformance.cases.Operands.ints;
import static dev.convoy.conformance.cases.Operands.shape;
import static dev.convoy.conformance.cases.Operands.text;

import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Cases of {@link MatMul}. */
public final class MatMulCases {

    /** Sizes on and off the widths of vector units and register tiles. */
    private static final int[][] PROBLEMS = {
        {1, 1, 1}, {1, 17, 1}, {2, 3, 5}, {7, 8, 9}, {16, 16, 16}, {5, 64, 33}, {31, 1, 7}, {65, 13, 3}, {3, 257, 10}
    };

    private MatMulCases() {}

    public static List<OpCase> all() {
        CaseList cases = new CaseList();
        MatMul plain = new MatMul(false, false);
        Tensor a = floats(shape(2, 3), 1, 2, 3, 4, 5, 6);
        Tensor b = floats(shape(3, 2), 7, 8, 9, 10, 11, 12);
        Tensor at = floats(shape(3, 2), 1, 4, 2, 5, 3, 6);
        Tensor bt = floats(shape(2, 3), 7, 9, 11, 8, 10, 12);
        Tensor y = floats(shape(2, 2), 58, 64, 139, 154);
        cases.exact("meaning", "two-by-three", plain, List.of(a, b), y);
        cases.exact("meaning", "first-transposed", new MatMul(true, false), List.of(at, b), y);
        cases.exact("meaning", "second-transposed", new MatMul(false, true), List.of(a, bt), y);
        cases.exact("meaning", "both-transposed", new MatMul(true, true), List.of(at, bt), y);
        cases.exact(
                "meaning",
                "nan-meets-zero",
                plain,
                List.of(floats(shape(1, 2), 0, 1), floats(shape(2, 2), NAN, 1, 2, 3)),
                floats(shape(1, 2), NAN, 3));
        int high = Integer.MAX_VALUE;
        cases.exact(
                "C1",
                "int32-wraps",
                plain,
                List.of(ints(shape(1, 2), high, 3), ints(shape(2, 1), 2, 5)),
                ints(shape(1, 1), 13));
        cases.exact(
                "C1",
                "int32-is-not-float",
                plain,
                List.of(ints(shape(1, 2), 16777217, 1), ints(shape(2, 1), 1, 1)),
                ints(shape(1, 1), 16777218));
        cases.exact(
                "C3",
                "no-inner-elements",
                plain,
                List.of(floats(shape(2, 0)), floats(shape(0, 2))),
                floats(shape(2, 2), 0, 0, 0, 0));
        cases.exact("C3", "no-rows", plain, List.of(floats(shape(0, 3)), b), floats(shape(0, 2)));
        cases.exact(
                "C4",
                "one-matrix-for-a-batch",
                plain,
                List.of(counted(shape(2, 1, 2)), floats(shape(2, 1), 1, 10)),
                floats(shape(2, 1, 1), 21, 43));
        cases.exact(
                "C4",
                "a-batch-for-one-matrix",
                plain,
                List.of(floats(shape(1, 2), 1, 10), counted(shape(2, 2, 1))),
                floats(shape(2, 1, 1), 21, 43));
        List<List<Shape>> batches = List.of(
                List.of(shape(4, 3, 5), shape(4, 5, 2)),
                List.of(shape(2, 1, 3, 5), shape(1, 3, 5, 2)),
                List.of(shape(2, 3, 3, 5), shape(3, 5, 2)),
                List.of(shape(3, 5), shape(2, 2, 5, 7)));
        for (List<Shape> batch : batches) {
            Random random = new Random(batch.hashCode());
            List<Tensor> operands =
                    batch.stream().map(s -> Operands.random(random, s)).toList();
            cases.reference(
                    "C4",
                    "batch-" + text(batch.getFirst()) + "-" + text(batch.getLast()),
                    new Tolerance.Summed(5),
                    plain,
                    operands);
        }
        for (int[] problem : PROBLEMS) {
            for (int kind = 0; kind < 4; kind++) {
                generated(cases, problem, (kind & 1) != 0, (kind & 2) != 0);
            }
        }
        return cases.all();
    }

    private static void generated(CaseList cases, int[] problem, boolean transposeA, boolean transposeB) {
        int m = problem[0];
        int k = problem[1];
        int n = problem[2];
        Random random = new Random(m * 10007L + k * 101L + n);
        Shape a = transposeA ? shape(k, m) : shape(m, k);
        Shape b = transposeB ? shape(n, k) : shape(k, n);
        MatMul op = new MatMul(transposeA, transposeB);
        String name = m + "x" + k + "x" + n + (transposeA ? "-transposed" : "") + (transposeB ? "-by-transposed" : "");
        List<Tensor> operands = List.of(Operands.random(random, a), Operands.random(random, b));
        cases.reference("meaning", name, new Tolerance.Summed(k), op, operands);
        cases.reference("meaning", name + "-constant", new Tolerance.Summed(k), op, operands, Set.of(1));
        List<Tensor> exact = List.of(Operands.randomInts(random, a), Operands.randomInts(random, b));
        cases.reference("C1", "int32-" + name, Tolerance.EXACT, op, exact);
    }
}
