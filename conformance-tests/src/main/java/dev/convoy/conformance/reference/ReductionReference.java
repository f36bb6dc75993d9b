package dev.convoy.conformance.reference;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The meaning of {@link ReductionOp}. */
final class ReductionReference {

    private ReductionReference() {}

    static List<Tensor> run(ReductionOp op, Tensor x, List<TensorSpec> specs) {
        return switch (op) {
            case ReductionOp.Reduce reduce -> List.of(reduce(reduce, x, specs.getFirst()));
            case ReductionOp.ArgReduce arg -> List.of(argReduce(arg, x, specs.getFirst()));
            case ReductionOp.Cumulative cumulative -> List.of(cumulative(cumulative, x));
            case ReductionOp.TopK topK -> topK(topK, x, specs);
        };
    }

    private static Tensor reduce(ReductionOp.Reduce op, Tensor x, TensorSpec spec) {
        int[] target = Grid.collapsed(x.shape(), op.axes());
        int results = Math.toIntExact(spec.shape().elements());
        if (x.type() == DataType.BOOL) {
            boolean any = op.fn() == ReduceFn.MAX;
            boolean[] y = new boolean[results];
            Arrays.fill(y, !any);
            for (int i = 0; i < x.size(); i++) {
                y[target[i]] = any ? y[target[i]] | Numbers.truth(x, i) : y[target[i]] & Numbers.truth(x, i);
            }
            return Tensor.wrap(spec, y);
        }
        int count = results == 0 ? 0 : x.size() / results;
        if (Numbers.isReal(x)) {
            double[] y = new double[results];
            Arrays.fill(y, identity(op.fn()));
            for (int i = 0; i < x.size(); i++) {
                y[target[i]] = combine(op.fn(), y[target[i]], Numbers.real(x, i));
            }
            return Numbers.reals(spec.shape(), i -> op.fn() == ReduceFn.MEAN ? y[i] / count : y[i]);
        }
        boolean narrow = x.type() == DataType.INT32;
        long[] y = new long[results];
        Arrays.fill(y, exactIdentity(op.fn(), narrow));
        for (int i = 0; i < x.size(); i++) {
            long combined = combine(op.fn(), y[target[i]], Numbers.integer(x, i));
            y[target[i]] = narrow ? (int) combined : combined;
        }
        return Numbers.integers(spec, i -> op.fn() == ReduceFn.MEAN ? y[i] / count : y[i]);
    }

    private static double identity(ReduceFn fn) {
        return switch (fn) {
            case SUM, MEAN -> 0;
            case PROD -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private static long exactIdentity(ReduceFn fn, boolean narrow) {
        return switch (fn) {
            case SUM, MEAN -> 0;
            case PROD -> 1;
            case MAX -> narrow ? Integer.MIN_VALUE : Long.MIN_VALUE;
            case MIN -> narrow ? Integer.MAX_VALUE : Long.MAX_VALUE;
        };
    }

    private static double combine(ReduceFn fn, double a, double b) {
        return switch (fn) {
            case SUM, MEAN -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    private static long combine(ReduceFn fn, long a, long b) {
        return switch (fn) {
            case SUM, MEAN -> a + b;
            case PROD -> a * b;
            case MAX -> Math.max(a, b);
            case MIN -> Math.min(a, b);
        };
    }

    private static Tensor argReduce(ReductionOp.ArgReduce op, Tensor x, TensorSpec spec) {
        int[][] lines = Grid.lines(x.shape(), op.axis());
        Comparator<Integer> order = op.largest() ? ascending(x) : ascending(x).reversed();
        return Numbers.integers(spec, line -> {
            int[] positions = lines[line];
            int best = 0;
            for (int i = 0; i < positions.length; i++) {
                if (isNaN(x, positions[i])) {
                    return i;
                }
                int compared = order.compare(positions[i], positions[best]);
                if (compared > 0 || compared == 0 && op.lastOnTie()) {
                    best = i;
                }
            }
            return best;
        });
    }

    private static Tensor cumulative(ReductionOp.Cumulative op, Tensor x) {
        double[] reals = new double[x.size()];
        long[] integers = new long[x.size()];
        for (int[] line : Grid.lines(x.shape(), op.axis())) {
            double real = identity(op.fn());
            long integer = op.fn() == ReduceFn.SUM ? 0 : 1;
            for (int i = 0; i < line.length; i++) {
                int position = line[op.reverse() ? line.length - 1 - i : i];
                double nextReal = Numbers.isReal(x) ? combine(op.fn(), real, Numbers.real(x, position)) : 0;
                long nextInteger = Numbers.isReal(x) ? 0 : combine(op.fn(), integer, Numbers.integer(x, position));
                reals[position] = op.exclusive() ? real : nextReal;
                integers[position] = op.exclusive() ? integer : nextInteger;
                real = nextReal;
                integer = nextInteger;
            }
        }
        return Numbers.isReal(x)
                ? Numbers.reals(x.shape(), i -> reals[i])
                : Numbers.integers(x.spec(), i -> integers[i]);
    }

    private static List<Tensor> topK(ReductionOp.TopK op, Tensor x, List<TensorSpec> specs) {
        int[][] from = Grid.lines(x.shape(), op.axis());
        int[][] to = Grid.lines(specs.getFirst().shape(), op.axis());
        Comparator<Integer> order = op.largest() ? ascending(x).reversed() : ascending(x);
        int[] chosen = new int[Math.toIntExact(specs.getFirst().shape().elements())];
        long[] indices = new long[chosen.length];
        for (int l = 0; l < to.length; l++) {
            int[] line = from[l];
            // a stable sort: equal elements stay in the order of their positions
            List<Integer> sorted = IntStream.range(0, line.length)
                    .boxed()
                    .sorted(Comparator.comparing(i -> line[i], order))
                    .toList();
            for (int i = 0; i < op.k(); i++) {
                chosen[to[l][i]] = line[sorted.get(i)];
                indices[to[l][i]] = sorted.get(i);
            }
        }
        return List.of(
                Numbers.pick(x, specs.getFirst().shape(), chosen), Numbers.integers(specs.get(1), i -> indices[i]));
    }

    private static boolean isNaN(Tensor x, int position) {
        return Numbers.isReal(x) && Double.isNaN(Numbers.real(x, position));
    }

    /** Orders positions by their elements; zeros of both signs are equal, NaN comes last. */
    private static Comparator<Integer> ascending(Tensor x) {
        return Numbers.isReal(x)
                ? (a, b) -> Double.compare(Numbers.real(x, a) + 0.0, Numbers.real(x, b) + 0.0)
                : (a, b) -> Long.compare(Numbers.integer(x, a), Numbers.integer(x, b));
    }
}
