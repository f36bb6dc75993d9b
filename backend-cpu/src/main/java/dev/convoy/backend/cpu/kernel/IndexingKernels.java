package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.GraphException;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.IndexingOp.Constant;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.IndexingOp.Iota;
import dev.convoy.graph.IndexingOp.Scatter;
import dev.convoy.graph.IndexingOp.ScatterFn;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.DataType;

/** Kernels of {@link IndexingOp}. */
public final class IndexingKernels {

    private IndexingKernels() {}

    public static Kernel of(IndexingOp op, Node node, Threads threads) {
        return switch (op) {
            case Gather(int axis) -> gather(node, Lanes.of(node.input(0).shape(), axis), threads);
            case Scatter(int axis, ScatterFn fn) ->
                scatter(node, fn, Lanes.of(node.input(0).shape(), axis));
            case Iota(DataType _, var shape, int axis) -> iota(Lanes.of(shape, axis));
            case Constant _ -> throw new IllegalArgumentException("A constant needs no kernel");
        };
    }

    /** An index, held to the size of its axis. */
    static int index(Node node, IntegerArray indices, int at, int size, String rule) {
        long index = indices.at(at);
        if (index < 0 || index >= size) {
            throw outside(node, index, size, rule);
        }
        return (int) index;
    }

    static GraphException outside(Node node, long index, int size, String rule) {
        return GraphException.of(
                node.op().name(),
                node.origin(),
                "an index is inside its axis; expected 0 <= index < " + size + ", got " + index,
                node.op().key() + "." + rule);
    }

    private static Kernel gather(Node node, Lanes data, Threads threads) {
        int count = Math.toIntExact(node.input(1).shape().elements());
        int inner = data.inner();
        int grain = Math.max(1, (1 << 16) / Math.max(1, inner));
        return arguments -> {
            Object x = arguments.input(0);
            IntegerArray indices = IntegerArray.of(arguments.input(1));
            Object y = arguments.output(0);
            threads.range(data.outer() * count, grain, (from, to) -> {
                for (int row = from; row < to; row++) {
                    int index = index(node, indices, row % count, data.length(), "C3");
                    int source = (row / count * data.length() + index) * inner;
                    System.arraycopy(x, source, y, row * inner, inner);
                }
            });
        };
    }

    private static Kernel scatter(Node node, ScatterFn fn, Lanes data) {
        int count = Math.toIntExact(node.input(1).shape().elements());
        int inner = data.inner();
        return arguments -> {
            Object y = arguments.output(0);
            if (y != arguments.input(0)) {
                System.arraycopy(arguments.input(0), 0, y, 0, data.outer() * data.length() * inner);
            }
            IntegerArray indices = IntegerArray.of(arguments.input(1));
            Object updates = arguments.input(2);
            for (int row = 0; row < data.outer() * count; row++) {
                int index = index(node, indices, row % count, data.length(), "C4");
                int target = (row / count * data.length() + index) * inner;
                combine(fn, updates, row * inner, y, target, inner);
            }
        };
    }

    private static void combine(ScatterFn fn, Object updates, int from, Object y, int at, int length) {
        if (fn == ScatterFn.SET) {
            System.arraycopy(updates, from, y, at, length);
        } else if (y instanceof float[] reals) {
            combine(fn, (float[]) updates, from, reals, at, length);
        } else {
            IntegerArray source = IntegerArray.of(updates);
            IntegerArray target = IntegerArray.of(y);
            for (int i = 0; i < length; i++) {
                long a = target.at(at + i);
                long b = source.at(from + i);
                long combined = switch (fn) {
                    case SET -> b;
                    case ADD -> a + b;
                    case MUL -> a * b;
                    case MAX -> Math.max(a, b);
                    case MIN -> Math.min(a, b);
                };
                IntegerArray.set(y, at + i, combined);
            }
        }
    }

    private static void combine(ScatterFn fn, float[] updates, int from, float[] y, int at, int length) {
        for (int i = 0; i < length; i++) {
            float a = y[at + i];
            float b = updates[from + i];
            y[at + i] = switch (fn) {
                case SET -> b;
                case ADD -> a + b;
                case MUL -> a * b;
                case MAX -> Math.max(a, b);
                case MIN -> Math.min(a, b);
            };
        }
    }

    private static Kernel iota(Lanes lanes) {
        return arguments -> {
            Object y = arguments.output(0);
            for (int i = 0; i < lanes.count() * lanes.length(); i++) {
                int position = i / lanes.inner() % lanes.length();
                if (y instanceof float[] reals) {
                    reals[i] = position;
                } else {
                    IntegerArray.set(y, i, position);
                }
            }
        };
    }
}
