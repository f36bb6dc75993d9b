package dev.convoy.graph.pass.host;

import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@link ReductionOp} on host tensors. NaN counts as larger and smaller than all else. */
final class HostReduction {

    private HostReduction() {}

    static List<Tensor> evaluate(ReductionOp op, Tensor x, List<TensorSpec> results) {
        TensorSpec first = results.getFirst();
        return switch (op) {
            case ReductionOp.Reduce(ReduceFn fn, List<Integer> axes, boolean _) -> List.of(reduce(fn, x, axes, first));
            case ReductionOp.ArgReduce arg -> {
                Lines lines = new Lines(x.shape(), arg.axis());
                Comparator<Integer> best = byValue(x, arg.largest());
                Comparator<Integer> order = arg.lastOnTie() ? best.thenComparing(Comparator.reverseOrder()) : best;
                yield List.of(Elements.ofIntegers(
                        first,
                        line -> lines.at(line)
                                .boxed()
                                .min(order)
                                .map(position -> lines.along(position))
                                .orElseThrow()));
            }
            case ReductionOp.Cumulative cumulative -> List.of(cumulate(cumulative, x));
            case ReductionOp.TopK(int k, int axis, boolean largest) -> {
                Lines lines = new Lines(x.shape(), axis);
                Lines kept = new Lines(first.shape(), axis);
                Comparator<Integer> best = byValue(x, largest);
                int[] source = new int[Math.toIntExact(first.shape().elements())];
                for (int line = 0; k > 0 && line < lines.count(); line++) {
                    int[] sorted =
                            lines.at(line).boxed().sorted(best).mapToInt(i -> i).toArray();
                    int[] targets = kept.at(line).toArray();
                    for (int i = 0; i < k; i++) {
                        source[targets[i]] = sorted[i];
                    }
                }
                yield List.of(pick(x, source, first), Elements.ofIntegers(results.get(1), i -> lines.along(source[i])));
            }
        };
    }

    /** The positions along one axis, for every position along all other axes. */
    private record Lines(int size, int inner, int count) {
        Lines(Shape shape, int axis) {
            int size = shape.size(axis);
            int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
            this(size, inner, Math.toIntExact(shape.slice(0, axis).elements() * inner));
        }

        IntStream at(int line) {
            int start = line / inner * size * inner + line % inner;
            return IntStream.range(0, size).map(i -> start + i * inner);
        }

        int along(int position) {
            return position / inner % size;
        }
    }

    private static Comparator<Integer> byValue(Tensor x, boolean largest) {
        if (!x.type().isReal()) {
            IntToLongFunction value = Elements.integers(x);
            Comparator<Integer> ascending = Comparator.comparingLong(value::applyAsLong);
            return largest ? ascending.reversed() : ascending;
        }
        IntToDoubleFunction value = Elements.reals(x);
        Comparator<Integer> numbersLast = Comparator.comparing(i -> !Double.isNaN(value.applyAsDouble(i)));
        Comparator<Integer> ascending = Comparator.comparingDouble(i -> value.applyAsDouble(i) + 0.0);
        return numbersLast.thenComparing(largest ? ascending.reversed() : ascending);
    }

    private static Tensor pick(Tensor x, int[] source, TensorSpec result) {
        if (x.type().isReal()) {
            IntToDoubleFunction value = Elements.reals(x);
            return Elements.ofReals(result, i -> value.applyAsDouble(source[i]));
        }
        IntToLongFunction value = Elements.integers(x);
        return Elements.ofIntegers(result, i -> value.applyAsLong(source[i]));
    }

    private static Tensor reduce(ReduceFn fn, Tensor x, List<Integer> axes, TensorSpec result) {
        int rank = x.shape().rank();
        List<Integer> reducedLast = Stream.concat(
                        IntStream.range(0, rank).boxed().filter(axis -> !axes.contains(axis)), axes.stream())
                .toList();
        Tensor rows = HostMovement.transpose(x, reducedLast);
        int length = Math.toIntExact(x.shape().permute(axes).elements());
        if (x.type().isReal()) {
            IntToDoubleFunction value = Elements.reals(rows);
            return Elements.ofReals(result, row -> {
                double sum = identity(fn);
                for (int i = 0; i < length; i++) {
                    sum = combine(fn, sum, value.applyAsDouble(row * length + i));
                }
                return fn == ReduceFn.MEAN ? sum / length : sum;
            });
        }
        IntToLongFunction value = Elements.integers(rows);
        return Elements.ofIntegers(result, row -> {
            long sum = wholeIdentity(fn);
            for (int i = 0; i < length; i++) {
                sum = combine(fn, sum, value.applyAsLong(row * length + i));
            }
            return fn == ReduceFn.MEAN ? sum / length : sum;
        });
    }

    private static double identity(ReduceFn fn) {
        return switch (fn) {
            case SUM, MEAN -> 0;
            case PROD -> 1;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
        };
    }

    private static long wholeIdentity(ReduceFn fn) {
        return switch (fn) {
            case SUM, MEAN -> 0;
            case PROD -> 1;
            case MAX -> Long.MIN_VALUE;
            case MIN -> Long.MAX_VALUE;
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

    private static Tensor cumulate(ReductionOp.Cumulative op, Tensor x) {
        Lines lines = new Lines(x.shape(), op.axis());
        double[] reals = new double[x.type().isReal() ? x.size() : 0];
        long[] integers = new long[x.type().isReal() ? 0 : x.size()];
        for (int line = 0; line < lines.count(); line++) {
            int[] positions = lines.at(line).toArray();
            double real = identity(op.fn());
            long integer = wholeIdentity(op.fn());
            for (int i = 0; i < positions.length; i++) {
                int position = positions[op.reverse() ? positions.length - 1 - i : i];
                if (reals.length > 0) {
                    double next = combine(op.fn(), real, Elements.reals(x).applyAsDouble(position));
                    reals[position] = op.exclusive() ? real : next;
                    real = next;
                } else {
                    long next = combine(op.fn(), integer, Elements.integers(x).applyAsLong(position));
                    integers[position] = op.exclusive() ? integer : next;
                    integer = next;
                }
            }
        }
        return x.type().isReal()
                ? Elements.ofReals(x.spec(), i -> reals[i])
                : Elements.ofIntegers(x.spec(), i -> integers[i]);
    }
}
