package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.Shape;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reduction of any axes. Blocks of the reduced elements are combined in double (integers: in long) in order, then the
 * blocks in order; the blocks depend on the shape alone. Axes that do not lie together are brought together first.
 */
final class ReduceKernel implements Kernel {

    private static final int BLOCK = 1 << 16;

    /** The width of the widest vectors. */
    private static final int LANES = 16;

    private final ReduceFn fn;
    private final Lanes lanes;
    private final @Nullable Gathering arranged;
    private final Node node;
    private final int rows;
    private final int blocks;
    /** Rows of a sum that are taken as one, so that they fill whole vectors. */
    private final int joined;

    private final Threads threads;
    private final FlatLoops loops;

    ReduceKernel(Reduce op, Node node, Engine engine) {
        this.node = node;
        threads = engine.threads();
        loops = engine.loops();
        fn = op.fn();
        Shape x = node.input(0).shape();
        List<Integer> axes = op.axes().stream().filter(a -> x.size(a) != 1).toList();
        boolean together = axes.isEmpty() || axes.getLast() - axes.getFirst() == axes.size() - 1;
        arranged = together ? null : reducedLast(x, axes);
        int length = axes.stream().mapToInt(x::size).reduce(1, Math::multiplyExact);
        int inner = !together || axes.isEmpty()
                ? 1
                : Math.toIntExact(x.slice(axes.getLast() + 1, x.rank()).elements());
        int outputs = Math.toIntExact(node.output().shape().elements());
        lanes = new Lanes(inner == 0 ? 0 : outputs / inner, length, inner);
        rows = Math.max(1, BLOCK / Math.max(1, inner) / LANES * LANES);
        blocks = Math.max(1, Math.ceilDiv(length, rows));
        int some = inner == 0
                ? 1
                : LANES
                        / BigInteger.valueOf(inner)
                                .gcd(BigInteger.valueOf(LANES))
                                .intValue();
        joined = rows % some == 0 ? some : 1;
    }

    private static Gathering reducedLast(Shape x, List<Integer> axes) {
        List<Integer> order = new ArrayList<>();
        for (int axis = 0; axis < x.rank(); axis++) {
            if (!axes.contains(axis)) {
                order.add(axis);
            }
        }
        order.addAll(axes);
        int[] strides = x.strides();
        return Gathering.of(order.stream()
                .map(axis -> new OffsetAxis.Even(x.size(axis), 0, strides[axis]))
                .toList());
    }

    @Override
    public @Nullable Object newWorkspace() {
        return arranged == null ? null : node.input(0).spec().type().storage().newArray(arranged.size());
    }

    @Override
    public void run(Arguments arguments) {
        Object x = arguments.input(0);
        if (arranged != null) {
            Object copy = arguments.workspace();
            Object source = x;
            threads.range(arranged.size(), BLOCK, (from, to) -> arranged.copy(source, copy, from, from, to));
            x = copy;
        }
        if (x instanceof float[] floats) {
            reals(floats, arguments.result());
        } else {
            integers(IntegerArray.of(x), arguments.output(0), x instanceof int[]);
        }
    }

    private int grain() {
        long work = (long) Math.min(lanes.length(), rows) * lanes.inner();
        return (int) Math.max(1, (1 << 15) / Math.max(1, work));
    }

    private void reals(float[] x, float[] y) {
        int inner = lanes.inner();
        double[] partial = new double[lanes.outer() * blocks * inner];
        threads.range(lanes.outer() * blocks, grain(), (from, to) -> {
            for (int item = from; item < to; item++) {
                int first = item % blocks * rows;
                int last = Math.min(lanes.length(), first + rows);
                int base = item / blocks * lanes.length() * inner;
                boolean sums = fn == ReduceFn.SUM || fn == ReduceFn.MEAN;
                if (inner > 1 && sums) {
                    sumRows(x, base + first * inner, last - first, partial, item * inner);
                } else if (inner == 1) {
                    partial[item] = RealBlocks.run(fn, x, base + first, base + last);
                } else {
                    RealBlocks.rows(fn, x, base + first * inner, last - first, inner, partial, item * inner);
                }
            }
        });
        for (int i = 0; i < lanes.count(); i++) {
            double value = RealBlocks.identity(fn);
            for (int block = 0; block < blocks; block++) {
                value = RealBlocks.combine(fn, value, partial[(i / inner * blocks + block) * inner + i % inner]);
            }
            y[i] = (float) (fn == ReduceFn.MEAN ? value / lanes.length() : value);
        }
    }

    /** Sums of rows: of some that are taken as one, then of these; a last few one by one. */
    private void sumRows(float[] x, int start, int count, double[] y, int at) {
        int inner = lanes.inner();
        int whole = count / joined;
        if (joined == 1 || whole == 0) {
            loops.sumRows(x, start, count, inner, y, at);
            return;
        }
        double[] wide = new double[joined * inner];
        loops.sumRows(x, start, whole, wide.length, wide, 0);
        loops.sumRows(x, start + whole * wide.length, count - whole * joined, inner, y, at);
        for (int i = 0; i < wide.length; i++) {
            y[at + i % inner] += wide[i];
        }
    }

    /** Sums wrap around in the operand's type before they are divided. */
    private void integers(IntegerArray x, Object y, boolean narrow) {
        threads.range(lanes.count(), lanes.grain(), (from, to) -> {
            for (int lane = from; lane < to; lane++) {
                int start = lanes.start(lane, lanes.length());
                long value = switch (fn) {
                    case SUM, MEAN -> 0;
                    case PROD -> 1;
                    case MAX -> Long.MIN_VALUE;
                    case MIN -> Long.MAX_VALUE;
                };
                for (int i = 0; i < lanes.length(); i++) {
                    long element = x.at(start + i * lanes.inner());
                    value = switch (fn) {
                        case SUM, MEAN -> value + element;
                        case PROD -> value * element;
                        case MAX -> Math.max(value, element);
                        case MIN -> Math.min(value, element);
                    };
                }
                long whole = narrow ? (int) value : value;
                IntegerArray.set(y, lane, fn == ReduceFn.MEAN ? whole / lanes.length() : whole);
            }
        });
    }

    /** The loops over blocks of float32. */
    private static final class RealBlocks {

        private RealBlocks() {}

        static double identity(ReduceFn fn) {
            return switch (fn) {
                case SUM, MEAN -> 0;
                case PROD -> 1;
                case MAX -> Double.NEGATIVE_INFINITY;
                case MIN -> Double.POSITIVE_INFINITY;
            };
        }

        static double combine(ReduceFn fn, double a, double b) {
            return switch (fn) {
                case SUM, MEAN -> a + b;
                case PROD -> a * b;
                case MAX -> Math.max(a, b);
                case MIN -> Math.min(a, b);
            };
        }

        /** Combines neighbouring elements; sums in four chains, so that one addition need not wait for the last. */
        static double run(ReduceFn fn, float[] x, int from, int to) {
            if (fn == ReduceFn.SUM || fn == ReduceFn.MEAN) {
                return sum(x, from, to);
            }
            double value = identity(fn);
            for (int i = from; i < to; i++) {
                value = combine(fn, value, x[i]);
            }
            return value;
        }

        private static double sum(float[] x, int from, int to) {
            double a = 0;
            double b = 0;
            double c = 0;
            double d = 0;
            int i = from;
            for (; i <= to - 4; i += 4) {
                a += x[i];
                b += x[i + 1];
                c += x[i + 2];
                d += x[i + 3];
            }
            for (; i < to; i++) {
                a += x[i];
            }
            return (a + b) + (c + d);
        }

        /** Combines rows element by element. */
        static void rows(ReduceFn fn, float[] x, int start, int rows, int inner, double[] y, int at) {
            Arrays.fill(y, at, at + inner, identity(fn));
            for (int row = 0; row < rows; row++) {
                int base = start + row * inner;
                for (int j = 0; j < inner; j++) {
                    y[at + j] = combine(fn, y[at + j], x[base + j]);
                }
            }
        }
    }
}
