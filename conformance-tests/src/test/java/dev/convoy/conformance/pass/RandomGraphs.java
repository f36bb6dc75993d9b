package dev.convoy.conformance.pass;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.composite.BatchNormInference;
import dev.convoy.graph.composite.BatchNormTraining;
import dev.convoy.graph.composite.LayerNorm;
import dev.convoy.graph.composite.PRelu;
import dev.convoy.graph.composite.Silu;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes graphs of randomly chosen ops, spatial ones in both layouts, every number of moderate size. */
final class RandomGraphs {

    private static final int MOST_ELEMENTS = 2000;

    private final GraphBuilder g = new GraphBuilder();
    private final Random random;
    private final List<Value> pool = new ArrayList<>();
    private final List<Function<Value, @Nullable Value>> writers = List.of(
            x -> g.unary(UnaryFn.TANH, x),
            x -> g.add(new Silu(), x),
            this::binary,
            this::withConstant,
            this::select,
            this::transpose,
            this::convolution,
            this::pool,
            this::norm,
            this::pad,
            this::slice,
            this::concat,
            this::reshape,
            this::reduce,
            this::alongAxis,
            this::gather,
            this::broadcast,
            this::multiply);

    private RandomGraphs(long seed) {
        this.random = new Random(seed);
    }

    static Graph write(long seed, int nodes) {
        return new RandomGraphs(seed).write(nodes);
    }

    private Graph write(int nodes) {
        pool.add(g.input("last", TensorSpec.float32(2, 5, 4, 6)));
        pool.add(g.input("first", TensorSpec.float32(2, 6, 5, 4)));
        while (pool.size() < nodes) {
            Value made = pick(writers).apply(pick(pool));
            if (made != null
                    && made.shape().elements() <= MOST_ELEMENTS
                    && made.shape().elements() > 0) {
                pool.add(made);
            }
        }
        for (int i = 0; i < 3; i++) {
            g.output("y" + i, i == 0 ? pool.getLast() : pick(pool));
        }
        return g.build();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private int axis(Value x) {
        return random.nextInt(x.shape().rank());
    }

    private Value constant(Shape shape) {
        float[] numbers = new float[Math.toIntExact(shape.elements())];
        IntStream.range(0, numbers.length).forEach(i -> numbers[i] = random.nextFloat(-1, 1));
        return g.constant(Tensor.wrap(new TensorSpec(DataType.FLOAT32, shape), numbers));
    }

    private Value binary(Value x) {
        BinaryFn fn = pick(List.of(BinaryFn.ADD, BinaryFn.SUB, BinaryFn.MUL, BinaryFn.MAX));
        List<Value> alike =
                pool.stream().filter(y -> y.shape().equals(x.shape())).toList();
        return g.unary(UnaryFn.TANH, g.binary(fn, x, pick(alike)));
    }

    private @Nullable Value withConstant(Value x) {
        if (x.shape().rank() == 0) {
            return null;
        }
        int axis = axis(x);
        List<Integer> sizes = new ArrayList<>();
        int start = random.nextInt(axis + 1);
        for (int i = start; i < x.shape().rank(); i++) {
            sizes.add(i == axis || random.nextInt(4) == 0 ? x.shape().size(i) : 1);
        }
        Value c = constant(Shape.of(sizes));
        return random.nextInt(3) == 0
                ? g.add(new PRelu(), x, c)
                : g.binary(pick(List.of(BinaryFn.ADD, BinaryFn.MUL, BinaryFn.SUB)), x, c);
    }

    private Value select(Value x) {
        return g.select(g.compare(CompareFn.GT, x, 0.1), g.unary(UnaryFn.NEG, x), x);
    }

    private Value transpose(Value x) {
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, x.shape().rank()).boxed().toList());
        Collections.shuffle(order, random);
        return g.transpose(x, order);
    }

    private @Nullable Value convolution(Value x) {
        Layout layout = pick(List.of(Layout.values()));
        if (x.shape().rank() != 4) {
            return null;
        }
        int channels = x.shape().size(layout.channelAxis(4));
        int groups = random.nextBoolean() ? 1 : channels;
        Shape kernel = Shape.of(3, 2, channels / groups, groups == 1 ? 3 : channels)
                .permute(Layout.CHANNELS_LAST.kernelPermutationTo(layout, 4));
        Window window = Window.of(3, 2).withPads(List.of(1, 0), List.of(1, 1)).withStrides(1, 1 + random.nextInt(2));
        Value y = g.add(new Convolution(window, groups, layout), x, constant(kernel));
        return random.nextBoolean() ? y : g.unary(UnaryFn.TANH, y);
    }

    private @Nullable Value pool(Value x) {
        Layout layout = pick(List.of(Layout.values()));
        Window window = Window.of(2, 2).withPads(1, 1);
        if (x.shape().rank() != 4) {
            return null;
        }
        if (random.nextBoolean()) {
            return g.add(new SpatialOp.AvgPool(window, false, random.nextBoolean(), 0, layout), x);
        }
        List<Value> pooled = g.add(new SpatialOp.MaxPool(window, false, layout), List.of(x));
        int start = layout.spatialStart();
        List<Integer> size = List.of(x.shape().size(start), x.shape().size(start + 1));
        return random.nextBoolean()
                ? pooled.getFirst()
                : g.add(new SpatialOp.MaxPoolGrad(layout, size), pooled.getFirst(), pooled.get(1));
    }

    private @Nullable Value norm(Value x) {
        if (x.shape().rank() < 2) {
            return null;
        }
        int axis = axis(x);
        Value scale = constant(Shape.of(x.shape().size(axis)));
        return switch (random.nextInt(4)) {
            case 0 -> g.add(new Softmax(axis), x);
            case 1 -> g.add(new LayerNorm(List.of(axis), 0.1), x, scale);
            case 2 -> g.add(new BatchNormTraining(0.1, axis), x, scale, scale);
            default -> g.add(new BatchNormInference(0.1, axis), x, scale, scale, scale, g.unary(UnaryFn.ABS, scale));
        };
    }

    private Value pad(Value x) {
        int rank = x.shape().rank();
        List<Integer> before = random.ints(rank, 0, 2).boxed().toList();
        List<Integer> after = random.ints(rank, 0, 2).boxed().toList();
        boolean reflects = x.shape().dims().stream().allMatch(dim -> dim.size() > 1);
        PadMode mode = reflects ? pick(List.of(PadMode.values())) : PadMode.CONSTANT;
        return g.add(new MovementOp.Pad(mode, before, after, 0.25), x);
    }

    private Value slice(Value x) {
        int rank = x.shape().rank();
        List<Integer> ends = IntStream.range(0, rank).mapToObj(x.shape()::size).toList();
        List<Integer> starts =
                ends.stream().map(end -> random.nextInt(Math.min(end, 2))).toList();
        List<Integer> steps = random.ints(rank, 1, 3).boxed().toList();
        Value y = g.add(new MovementOp.Slice(starts, ends, steps), x);
        return rank > 1 ? g.add(new MovementOp.Reverse(List.of(0, rank - 1)), y) : y;
    }

    private @Nullable Value concat(Value x) {
        if (x.shape().rank() == 0) {
            return null;
        }
        int axis = axis(x);
        List<Value> fitting = pool.stream()
                .filter(y -> y.shape().rank() == x.shape().rank())
                .filter(y -> y.shape().with(axis, 1).equals(x.shape().with(axis, 1)))
                .toList();
        return g.concat(List.of(x, pick(fitting), x), axis);
    }

    private Value reshape(Value x) {
        List<Integer> sizes = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            int size = x.shape().size(axis);
            int last = sizes.size() - 1;
            switch (random.nextInt(6)) {
                case 0 -> sizes.addAll(size % 2 == 0 ? List.of(2, size / 2) : List.of(size, 1));
                case 1 -> sizes.addAll(List.of(1, size));
                case 2 -> {
                    if (last >= 0) {
                        sizes.set(last, sizes.get(last) * size);
                    } else {
                        sizes.add(size);
                    }
                }
                default -> sizes.add(size);
            }
        }
        List<Integer> squeezed =
                sizes.size() > 6 ? sizes.stream().filter(size -> size != 1).toList() : sizes;
        return g.reshape(x, Shape.of(squeezed));
    }

    private Value reduce(Value x) {
        List<Integer> axes = IntStream.range(0, x.shape().rank())
                .filter(axis -> random.nextInt(3) == 0)
                .boxed()
                .toList();
        ReduceFn fn = pick(List.of(ReduceFn.MEAN, ReduceFn.MAX, ReduceFn.MIN));
        return g.reduce(fn, x, axes, random.nextBoolean());
    }

    private @Nullable Value alongAxis(Value x) {
        if (x.shape().rank() == 0) {
            return null;
        }
        int axis = axis(x);
        return switch (random.nextInt(3)) {
            case 0 -> g.add(new ReductionOp.Cumulative(ReduceFn.SUM, axis, random.nextBoolean(), true), x);
            case 1 -> g.add(new ReductionOp.TopK(Math.min(2, x.shape().size(axis)), axis, true), x);
            default -> g.cast(g.add(new ReductionOp.ArgReduce(true, axis, true, false), x), DataType.FLOAT32);
        };
    }

    private @Nullable Value gather(Value x) {
        if (x.shape().rank() == 0 || x.shape().rank() > 5) {
            return null;
        }
        int axis = axis(x);
        int last = x.shape().size(axis) - 1;
        if (random.nextBoolean()) {
            return g.add(new IndexingOp.Gather(axis), x, g.constant(Tensor.of(new long[] {last, 0, last, 0}, 2, 2)));
        }
        Value updates = constant(x.shape().with(axis, 1));
        Value indices = g.constant(Tensor.of(new int[] {last}, 1));
        return g.add(new IndexingOp.Scatter(axis, IndexingOp.ScatterFn.ADD), x, indices, updates);
    }

    private Value broadcast(Value x) {
        List<Integer> sizes = x.shape().dims().stream()
                .map(dim -> dim.size() == 1 ? 2 : dim.size())
                .toList();
        Shape target = Shape.of(sizes);
        return g.broadcast(x, x.shape().rank() < 5 ? Shape.of(2).concat(target) : target);
    }

    private @Nullable Value multiply(Value x) {
        int rank = x.shape().rank();
        if (rank < 2) {
            return null;
        }
        Value flat = random.nextBoolean() && x.shape().size(0) > 0
                ? g.reshape(x, Shape.of(x.shape().size(0), (int)
                        (x.shape().elements() / x.shape().size(0))))
                : x;
        return g.unary(
                UnaryFn.TANH, g.matMul(flat, constant(Shape.of(flat.shape().size(-1), 4))));
    }
}
