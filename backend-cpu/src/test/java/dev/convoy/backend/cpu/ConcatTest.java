package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Plan;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Results written straight into a Concat, against the same graphs whose Concats copy because everything that they take has
 * another taker, too.
 */
class ConcatTest {

    static List<Cpu.Way> ways() {
        return Cpu.ways();
    }

    /** What a block writes in a graph, in one layout. */
    private static final class Net {

        private final GraphBuilder g = new GraphBuilder();
        private final Layout layout;
        private final List<Value> joined = new ArrayList<>();
        private int seed;

        Net(Layout layout) {
            this.layout = layout;
        }

        Value images(int batch, int side, int channels) {
            Shape last = Shape.of(batch, side, side, channels);
            Shape shape = last.permute(Layout.CHANNELS_LAST.permutationTo(layout, 4));
            return g.input("x", TensorSpec.float32(shape.sizes()));
        }

        private int channels(Value x) {
            return x.shape().size(layout.channelAxis(4));
        }

        Value convolution(Value x, int size, int stride, int groups, int outputs) {
            Shape last = Shape.of(size, size, channels(x) / groups, outputs);
            Shape shape = last.permute(Layout.CHANNELS_LAST.kernelPermutationTo(layout, 4));
            Window window = Window.of(size, size).withStrides(stride, stride).withPads(size / 2, size / 2);
            Value w = g.constant(Cpu.random(seed++, shape.sizes()));
            return perChannel(BinaryFn.ADD, g.add(new Convolution(window, groups, layout), x, w));
        }

        Value relu(Value x) {
            return g.unary(UnaryFn.RELU, x);
        }

        Value perChannel(BinaryFn fn, Value x) {
            int[] sizes = {1, 1, 1, 1};
            sizes[layout.channelAxis(4)] = channels(x);
            return g.binary(fn, x, g.constant(Cpu.random(seed++, sizes)));
        }

        Value perRow(Value x) {
            return g.add(x, g.constant(Cpu.random(seed++, x.shape().size(-1))));
        }

        Value largest(Value x, int size, int stride, int pad) {
            Window window = Window.of(size, size).withStrides(stride, stride).withPads(pad, pad);
            return g.add(new MaxPool(window, false, layout), List.of(x)).getFirst();
        }

        Value mean(Value x, int size) {
            Window window = Window.of(size, size).withPads(size / 2, size / 2);
            return g.add(new AvgPool(window, false, false, 0, layout), x);
        }

        Value concat(Value... values) {
            return concat(layout.channelAxis(4), values);
        }

        Value concat(int axis, Value... values) {
            joined.addAll(List.of(values));
            return g.concat(List.of(values), axis);
        }

        Graph graph(Value result, boolean keeps) {
            g.output("y", result);
            for (int i = 0; keeps && i < joined.size(); i++) {
                Value value = joined.get(i);
                List<Integer> axes =
                        IntStream.range(0, value.shape().rank()).boxed().toList();
                g.output("joined" + i, g.reduce(ReduceFn.MAX, value, axes, false));
            }
            return g.build();
        }
    }

    @FunctionalInterface
    private interface Block {
        Value write(Net net);
    }

    private static Plan plan(Graph graph) {
        try (CpuBackend backend = Cpu.SCALAR.backend(1);
                var executable = Compilation.compile(backend, graph)) {
            return executable.plan();
        }
    }

    private static long count(Plan plan, String op) {
        return plan.steps().stream().filter(step -> step.ops().equals(op)).count();
    }

    private static Map<String, Tensor> inputs(Graph graph) {
        Map<String, Tensor> inputs = new TreeMap<>();
        graph.inputs()
                .forEach((name, value) ->
                        inputs.put(name, Cpu.random(77, value.shape().sizes())));
        return inputs;
    }

    /** Holds a block to the bits of the one that copies, and to the number of Concats that are left. */
    private static void assertSame(Cpu.Way way, Layout layout, int left, Block block) {
        Net placing = new Net(layout);
        Graph placed = placing.graph(block.write(placing), false);
        Net copying = new Net(layout);
        Graph copied = copying.graph(block.write(copying), true);
        assertTrue(count(plan(copied), "Concat") > 0);
        assertEquals(left, count(plan(placed), "Concat"), plan(placed)::toString);
        float[] expected = Cpu.run(way, 1, copied, inputs(copied)).get("y").floats();
        for (int threads = 1; threads <= 2; threads++) {
            assertArrayEquals(
                    expected,
                    Cpu.run(way, threads, placed, inputs(placed)).get("y").floats());
        }
    }

    /** Followed by a convolution, so that the layout of the block is the backend's. */
    private static void assertSameInBothLayouts(Cpu.Way way, int left, Block block) {
        for (Layout layout : Layout.values()) {
            assertSame(way, layout, left, net -> net.convolution(block.write(net), 1, 1, 1, 4));
        }
    }

    /** Few channels, Winograd's method and, for ragged channels, patches; SqueezeNet's module. */
    @ParameterizedTest
    @MethodSource("ways")
    void fireModules(Cpu.Way way) {
        for (int batch : new int[] {1, 3}) {
            for (int[] channels : new int[][] {{16, 64, 64}, {32, 64, 64}, {16, 5, 24}, {40, 3, 17}, {64, 17, 100}}) {
                assertSameInBothLayouts(way, 0, net -> {
                    Value squeezed = net.relu(net.convolution(net.images(batch, 13, 20), 1, 1, 1, channels[0]));
                    Value one = net.relu(net.convolution(squeezed, 1, 1, 1, channels[1]));
                    Value three = net.relu(net.convolution(squeezed, 3, 1, 1, channels[2]));
                    return net.concat(one, three);
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void branchesOfAnInceptionBlock(Cpu.Way way) {
        for (int batch : new int[] {1, 3}) {
            for (int channels : new int[] {5, 24, 33}) {
                assertSameInBothLayouts(way, 0, net -> {
                    Value x = net.relu(net.convolution(net.images(batch, 11, 12), 1, 1, 1, channels));
                    Value three = net.convolution(net.relu(net.convolution(x, 1, 1, 1, 30)), 3, 1, 1, 17);
                    Value five = net.convolution(net.relu(net.convolution(x, 1, 1, 1, 9)), 5, 1, 1, 40);
                    return net.concat(
                            net.relu(net.convolution(x, 1, 1, 1, 3)),
                            net.relu(three),
                            net.relu(five),
                            net.largest(x, 3, 1, 1),
                            net.convolution(net.mean(x, 3), 1, 1, 1, 7),
                            net.mean(x, 5),
                            net.convolution(x, 3, 1, channels, channels),
                            net.convolution(x, 5, 1, channels, channels),
                            net.convolution(x, 3, 1, channels, 2 * channels));
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void branchesThatMakePicturesSmaller(Cpu.Way way) {
        for (int channels : new int[] {3, 20}) {
            assertSameInBothLayouts(way, 0, net -> {
                Value x = net.images(3, 16, channels);
                return net.concat(
                        net.relu(net.convolution(x, 3, 2, 1, 19)),
                        net.largest(x, 3, 2, 1),
                        net.convolution(x, 3, 2, channels, channels),
                        net.convolution(x, 1, 2, 1, 11),
                        net.largest(net.relu(net.convolution(x, 3, 1, 1, 5)), 2, 2, 0));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void convolutionsInGroupsAndElementwiseSteps(Cpu.Way way) {
        assertSameInBothLayouts(way, 0, net -> {
            Value x = net.images(2, 9, 30);
            Value normed = net.perChannel(BinaryFn.ADD, net.perChannel(BinaryFn.MUL, x));
            return net.concat(
                    net.relu(net.convolution(x, 3, 1, 5, 20)),
                    normed,
                    net.g.unary(UnaryFn.SIGMOID, x),
                    net.g.add(net.relu(x), x));
        });
    }

    /** The block of a DenseNet: what is there already is copied, what is new is not. */
    @ParameterizedTest
    @MethodSource("ways")
    void aDenseBlock(Cpu.Way way) {
        assertSameInBothLayouts(way, 3, net -> {
            Value x = net.convolution(net.images(2, 8, 3), 3, 1, 1, 10);
            for (int i = 0; i < 3; i++) {
                Value bottleneck = net.relu(net.convolution(net.relu(x), 1, 1, 1, 24));
                x = net.concat(x, net.convolution(bottleneck, 3, 1, 1, 7));
            }
            return net.relu(x);
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aConcatInAConcat(Cpu.Way way) {
        assertSameInBothLayouts(way, 0, net -> {
            Value x = net.images(3, 7, 9);
            Value inner = net.concat(net.convolution(x, 1, 1, 1, 4), net.largest(x, 3, 1, 1));
            return net.concat(net.convolution(x, 3, 1, 1, 21), inner, net.relu(x));
        });
    }

    /** Of these the last alone need not be copied. */
    @ParameterizedTest
    @MethodSource("ways")
    void whatOthersTakeIsCopied(Cpu.Way way) {
        for (int batch : new int[] {1, 3}) {
            assertSameInBothLayouts(way, 1, net -> {
                Value x = net.images(batch, 7, 9);
                Value twice = net.convolution(x, 1, 1, 1, 6);
                Value shared = net.convolution(x, 3, 1, 1, 5);
                Value leaving = net.relu(net.convolution(x, 3, 1, 1, 4));
                net.g.output("leaving", leaving);
                net.g.output("shared", net.relu(shared));
                return net.concat(x, twice, twice, shared, leaving, net.relu(net.convolution(x, 1, 1, 1, 17)));
            });
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void samplesAndRowsOfPictures(Cpu.Way way) {
        assertSameInBothLayouts(way, 0, net -> {
            Value x = net.images(2, 7, 9);
            return net.concat(0, net.convolution(x, 3, 1, 1, 9), net.largest(x, 3, 1, 1), net.relu(x));
        });
        assertSame(way, Layout.CHANNELS_LAST, 0, net -> {
            Value x = net.images(1, 7, 9);
            return net.concat(1, net.convolution(x, 3, 1, 1, 9), net.largest(x, 3, 1, 1), net.relu(x));
        });
        assertSame(way, Layout.CHANNELS_LAST, 1, net -> {
            Value x = net.images(2, 7, 9);
            return net.concat(1, net.convolution(x, 3, 1, 1, 9), net.largest(x, 3, 1, 1), net.relu(x));
        });
    }

    @ParameterizedTest
    @MethodSource("ways")
    void rowsOfMatrixProducts(Cpu.Way way) {
        assertSame(way, Layout.CHANNELS_LAST, 0, net -> {
            Value x = net.g.input("x", TensorSpec.float32(15, 20));
            Value a = net.g.matMul(x, net.g.constant(Cpu.random(1, 20, 37)));
            Value b = net.g.matMul(x, net.g.constant(Cpu.random(2, 20, 3)));
            return net.concat(1, net.relu(net.perRow(a)), b, net.relu(x));
        });
    }

    @Test
    void anyElementType() {
        assertSame(Cpu.SCALAR, Layout.CHANNELS_LAST, 0, net -> {
            Value x = net.g.input("x", TensorSpec.float32(3, 5, 7));
            Value ints = net.g.cast(net.g.mul(x, 100), DataType.INT32);
            Value joined = net.concat(2, net.g.unary(UnaryFn.NEG, ints), net.g.add(ints, ints));
            return net.g.cast(joined, DataType.FLOAT32);
        });
    }

    /** What the gradient needs of a branch is still there: such a branch is copied. */
    @ParameterizedTest
    @MethodSource("ways")
    void gradients(Cpu.Way way) {
        for (Layout layout : Layout.values()) {
            assertSame(way, layout, 1, net -> {
                Value x = net.images(2, 8, 16);
                Value a = net.convolution(x, 3, 1, 1, 9);
                Value b = net.relu(net.convolution(x, 1, 1, 1, 16));
                Value y = net.relu(net.concat(a, b, net.largest(x, 3, 1, 1)));
                Value loss = net.g.reduce(ReduceFn.SUM, net.g.mul(y, y), List.of(0, 1, 2, 3), false);
                return Gradients.of(net.g, loss, List.of(x)).getFirst();
            });
        }
    }

    /** Concats, steps that write in place and steps whose buffers are free again, in any order. */
    @Test
    void randomGraphs() {
        int fewer = 0;
        for (int seed = 0; seed < 200; seed++) {
            Net placing = new Net(Layout.CHANNELS_LAST);
            Graph placed = placing.graph(random(placing, new SplittableRandom(seed)), false);
            Net copying = new Net(Layout.CHANNELS_LAST);
            Graph copied = copying.graph(random(copying, new SplittableRandom(seed)), true);
            fewer += count(plan(placed), "Concat") < count(plan(copied), "Concat") ? 1 : 0;
            Tensor expected = Cpu.run(Cpu.SCALAR, 1, copied, inputs(copied)).get("y");
            Tensor got = Cpu.run(Cpu.SCALAR, 1, placed, inputs(placed)).get("y");
            assertArrayEquals(expected.floats(), got.floats(), "seed " + seed);
        }
        assertTrue(fewer > 100, "only in " + fewer + " graphs a Concat has nothing to copy");
    }

    private static Value random(Net net, SplittableRandom random) {
        List<Value> values = new ArrayList<>(List.of(net.images(1 + random.nextInt(2), 4, 4)));
        for (int i = 0; i < 12; i++) {
            Value a = values.get(random.nextInt(values.size()));
            Value b = values.get(random.nextInt(values.size()));
            values.add(
                    switch (random.nextInt(6)) {
                        case 0 -> net.relu(a);
                        case 1 -> net.convolution(a, 1, 1, 1, 1 + random.nextInt(5));
                        case 2 -> net.largest(a, 3, 1, 1);
                        case 3 -> net.relu(net.g.add(a, net.g.unary(UnaryFn.NEG, a)));
                        case 4 ->
                            net.concat(net.g.unary(UnaryFn.NEG, a), net.convolution(b, 1, 1, 1, 3), net.mean(a, 3));
                        default -> net.concat(a, net.relu(b));
                    });
        }
        return net.concat(values.subList(values.size() - 4, values.size()).toArray(Value[]::new));
    }

    @Test
    void thePlanTellsWhatIsWrittenWhere() {
        Net net = new Net(Layout.CHANNELS_LAST);
        Value x = net.images(2, 6, 8);
        Plan plan = plan(
                net.graph(net.concat(net.relu(net.convolution(x, 1, 1, 1, 5)), net.largest(x, 3, 1, 1), x), false));
        List<String> kernels = plan.steps().stream().map(Plan.Step::kernel).toList();
        assertEquals(List.of("GEMM into Concat", "loops into Concat", "loops, 2 of 3 in place"), kernels);
        int pixels = 2 * 6 * 6;
        assertEquals(2L * 8 * pixels * Float.BYTES, plan.steps().getLast().bytes(), "x is read and written");
        assertEquals((long) (5 + 8 + 8) * pixels * Float.BYTES, plan.liveBytes());
    }
}
