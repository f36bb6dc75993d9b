package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Kernels of {@link ReductionOp}. */
public final class ReductionKernels {

    private ReductionKernels() {}

    public static Kernel of(ReductionOp op, Node node, Engine engine) {
        Threads threads = engine.threads();
        return switch (op) {
            case Reduce reduce -> new ReduceKernel(reduce, node, engine);
            case ArgReduce arg -> argReduce(arg, Lanes.of(node.input(0).shape(), arg.axis()), threads);
            case Cumulative c -> cumulative(c, Lanes.of(node.input(0).shape(), c.axis()), threads);
            case TopK top -> topK(top, Lanes.of(node.input(0).shape(), top.axis()), threads);
        };
    }

    private static Kernel argReduce(ArgReduce op, Lanes lanes, Threads threads) {
        return arguments -> {
            Object x = arguments.input(0);
            long[] y = (long[]) arguments.output(0);
            threads.range(lanes.count(), lanes.grain(), (from, to) -> {
                for (int lane = from; lane < to; lane++) {
                    int start = lanes.start(lane, lanes.length());
                    y[lane] = x instanceof float[] reals
                            ? argReal(op, reals, start, lanes)
                            : argInteger(op, IntegerArray.of(x), start, lanes);
                }
            });
        };
    }

    private static int argReal(ArgReduce op, float[] x, int start, Lanes lanes) {
        int best = 0;
        for (int i = 0; i < lanes.length(); i++) {
            float value = x[start + i * lanes.inner()];
            if (Float.isNaN(value)) {
                return i;
            }
            float champion = x[start + best * lanes.inner()];
            boolean better = op.largest() ? value > champion : value < champion;
            if (better || op.lastOnTie() && value == champion) {
                best = i;
            }
        }
        return best;
    }

    private static int argInteger(ArgReduce op, IntegerArray x, int start, Lanes lanes) {
        int best = 0;
        for (int i = 0; i < lanes.length(); i++) {
            long value = x.at(start + i * lanes.inner());
            long champion = x.at(start + best * lanes.inner());
            boolean better = op.largest() ? value > champion : value < champion;
            if (better || op.lastOnTie() && value == champion) {
                best = i;
            }
        }
        return best;
    }

    private static Kernel cumulative(Cumulative op, Lanes lanes, Threads threads) {
        boolean product = op.fn() == ReduceFn.PROD;
        return arguments -> {
            Object x = arguments.input(0);
            Object y = arguments.output(0);
            threads.range(lanes.count(), lanes.grain(), (from, to) -> {
                for (int lane = from; lane < to; lane++) {
                    int start = lanes.start(lane, lanes.length());
                    if (x instanceof float[] reals) {
                        runReal(op, product, reals, (float[]) y, start, lanes);
                    } else {
                        runInteger(op, product, IntegerArray.of(x), y, start, lanes);
                    }
                }
            });
        };
    }

    private static int position(Cumulative op, int turn, Lanes lanes) {
        return (op.reverse() ? lanes.length() - 1 - turn : turn) * lanes.inner();
    }

    private static void runReal(Cumulative op, boolean product, float[] x, float[] y, int start, Lanes lanes) {
        double running = product ? 1 : 0;
        for (int turn = 0; turn < lanes.length(); turn++) {
            int at = start + position(op, turn, lanes);
            double next = product ? running * x[at] : running + x[at];
            y[at] = (float) (op.exclusive() ? running : next);
            running = next;
        }
    }

    private static void runInteger(Cumulative op, boolean product, IntegerArray x, Object y, int start, Lanes lanes) {
        long running = product ? 1 : 0;
        for (int turn = 0; turn < lanes.length(); turn++) {
            int at = start + position(op, turn, lanes);
            long next = product ? running * x.at(at) : running + x.at(at);
            IntegerArray.set(y, at, op.exclusive() ? running : next);
            running = next;
        }
    }

    private static Kernel topK(TopK op, Lanes lanes, Threads threads) {
        return arguments -> {
            Object x = arguments.input(0);
            threads.range(lanes.count(), lanes.grain(), (from, to) -> {
                for (int lane = from; lane < to; lane++) {
                    int start = lanes.start(lane, lanes.length());
                    int[] order =
                            x instanceof long[] longs ? order(op, longs, start, lanes) : order(op, x, start, lanes);
                    int target = lanes.start(lane, op.k());
                    for (int rank = 0; rank < op.k(); rank++) {
                        int at = target + rank * lanes.inner();
                        if (arguments.wants(0)) {
                            int source = start + order[rank] * lanes.inner();
                            System.arraycopy(x, source, arguments.output(0), at, 1);
                        }
                        if (arguments.wants(1)) {
                            ((long[]) arguments.output(1))[at] = order[rank];
                        }
                    }
                }
            });
        };
    }

    /** The positions of a lane sorted as keys of value, then position; NaN counts as larger than all else. */
    private static int[] order(TopK op, Object x, int start, Lanes lanes) {
        long[] keys = new long[lanes.length()];
        for (int i = 0; i < keys.length; i++) {
            int at = start + i * lanes.inner();
            int key = x instanceof float[] reals ? ascending(reals[at]) : ((int[]) x)[at];
            keys[i] = (long) (op.largest() ? ~key : key) << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).limit(op.k()).mapToInt(k -> (int) k).toArray();
    }

    private static int[] order(TopK op, long[] x, int start, Lanes lanes) {
        Comparator<Integer> ascending = Comparator.comparingLong(i -> x[start + i * lanes.inner()]);
        return IntStream.range(0, lanes.length())
                .boxed()
                .sorted(op.largest() ? ascending.reversed() : ascending)
                .limit(op.k())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** An int that orders as the float does; -0 equals 0. */
    private static int ascending(float value) {
        int bits = Float.floatToIntBits(value + 0f);
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
