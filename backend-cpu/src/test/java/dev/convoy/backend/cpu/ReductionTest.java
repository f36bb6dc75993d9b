package dev.convoy.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.ReductionOp.ArgReduce;
import dev.convoy.graph.ReductionOp.Cumulative;
import dev.convoy.graph.ReductionOp.Reduce;
import dev.convoy.graph.ReductionOp.TopK;
import dev.convoy.graph.composite.Softmax;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reductions against loops in double. */
class ReductionTest {

    @Test
    void reducesEverySetOfAxes() {
        int[] sizes = {3, 4, 5, 6};
        Tensor x = Cpu.random(1, sizes);
        int[] strides = x.shape().strides();
        for (ReduceFn fn : ReduceFn.values()) {
            for (int set = 0; set < 16; set++) {
                List<Integer> axes = new ArrayList<>();
                int outputs = 1;
                for (int axis = 0; axis < 4; axis++) {
                    if ((set >> axis & 1) != 0) {
                        axes.add(axis);
                    } else {
                        outputs *= sizes[axis];
                    }
                }
                double start = fn == ReduceFn.PROD ? 1 : fn == ReduceFn.MAX ? -1e9 : fn == ReduceFn.MIN ? 1e9 : 0;
                double[] expected = new double[outputs];
                Arrays.fill(expected, start);
                for (int i = 0; i < x.size(); i++) {
                    int at = 0;
                    for (int axis = 0; axis < 4; axis++) {
                        at = axes.contains(axis) ? at : at * sizes[axis] + i / strides[axis] % sizes[axis];
                    }
                    double value = x.floats()[i];
                    expected[at] = switch (fn) {
                        case SUM -> expected[at] + value;
                        case MEAN -> expected[at] + value * outputs / x.size();
                        case PROD -> expected[at] * value;
                        case MAX -> Math.max(expected[at], value);
                        case MIN -> Math.min(expected[at], value);
                    };
                }
                Cpu.assertClose(expected, Cpu.op(new Reduce(fn, axes, false), x).getFirst(), 1e-6);
            }
        }
    }

    @Test
    void sumsOfAMillionStayAccurate() {
        Tensor x = Tensor.full(Cpu.random(1, 1_000_003).spec(), 0.1);
        double expected = 1_000_003 * (double) 0.1f;
        Cpu.assertClose(
                new double[] {expected},
                Cpu.op(new Reduce(ReduceFn.SUM, List.of(0), false), x).getFirst(),
                1e-7);
        Tensor rows = x.reshape(1_000_003, 1);
        assertEquals(
                "[1]",
                Cpu.op(new Reduce(ReduceFn.SUM, List.of(0), false), rows)
                        .getFirst()
                        .shape()
                        .toString());
    }

    @Test
    void nanAndEmptiness() {
        Tensor x = Tensor.of(new float[] {1, Float.NaN, 3, 4}, 2, 2);
        assertArrayEquals(
                new float[] {Float.NaN, 4},
                Cpu.op(new Reduce(ReduceFn.MAX, List.of(1), false), x)
                        .getFirst()
                        .floats());
        assertArrayEquals(
                new float[] {0, 0},
                Cpu.op(new Reduce(ReduceFn.SUM, List.of(1), false), Cpu.random(1, 2, 0))
                        .getFirst()
                        .floats());
        assertArrayEquals(
                new float[] {1, 1},
                Cpu.op(new Reduce(ReduceFn.PROD, List.of(1), false), Cpu.random(1, 2, 0))
                        .getFirst()
                        .floats());
    }

    @Test
    void integersAndBooleans() {
        Tensor x = Tensor.of(new long[] {Long.MAX_VALUE, 1, -7, 2}, 2, 2);
        assertArrayEquals(
                new long[] {Long.MIN_VALUE, -5},
                Cpu.op(new Reduce(ReduceFn.SUM, List.of(1), false), x)
                        .getFirst()
                        .longs());
        assertArrayEquals(
                new long[] {-2},
                Cpu.op(new Reduce(ReduceFn.MEAN, List.of(0), false), Tensor.of(new long[] {-7, 2}, 2))
                        .getFirst()
                        .longs());
        Tensor truths = Tensor.of(new boolean[] {true, false, false, false}, 2, 2);
        assertArrayEquals(
                new boolean[] {true, false},
                Cpu.op(new Reduce(ReduceFn.MAX, List.of(1), false), truths)
                        .getFirst()
                        .booleans());
        assertArrayEquals(
                new boolean[] {false, false},
                Cpu.op(new Reduce(ReduceFn.MIN, List.of(1), false), truths)
                        .getFirst()
                        .booleans());
    }

    @Test
    void positionsOfExtremes() {
        Tensor x = Tensor.of(new float[] {1, 3, 3, 0, 2, Float.NaN, 9, Float.NaN}, 2, 4);
        assertArrayEquals(
                new long[] {1, 1},
                Cpu.op(new ArgReduce(true, 1, false, false), x).getFirst().longs());
        assertArrayEquals(
                new long[] {2, 1},
                Cpu.op(new ArgReduce(true, 1, false, true), x).getFirst().longs());
        assertArrayEquals(
                new long[] {0, 1, 0, 1},
                Cpu.op(new ArgReduce(false, 0, true, false), x).getFirst().longs());
    }

    @Test
    void runningSums() {
        Tensor x = Tensor.of(new int[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertArrayEquals(
                new int[] {1, 3, 6, 4, 9, 15},
                Cpu.op(new Cumulative(ReduceFn.SUM, 1, false, false), x)
                        .getFirst()
                        .ints());
        assertArrayEquals(
                new int[] {5, 3, 0, 11, 6, 0},
                Cpu.op(new Cumulative(ReduceFn.SUM, 1, true, true), x)
                        .getFirst()
                        .ints());
        assertArrayEquals(
                new int[] {1, 2, 3, 4, 10, 18},
                Cpu.op(new Cumulative(ReduceFn.PROD, 0, false, false), x)
                        .getFirst()
                        .ints());
    }

    @Test
    void largestFirstAndEqualsInOrder() {
        Tensor x = Tensor.of(new float[] {2, 5, -0f, 5, 0, 2}, 6);
        List<Tensor> top = Cpu.op(new TopK(4, 0, true), x);
        assertArrayEquals(new float[] {5, 5, 2, 2}, top.get(0).floats());
        assertArrayEquals(new long[] {1, 3, 0, 5}, top.get(1).longs());
        assertArrayEquals(
                new long[] {2, 4, 0}, Cpu.op(new TopK(3, 0, false), x).get(1).longs());
        Tensor columns = Tensor.of(new long[] {1, 9, 3, 4, 5, 6}, 3, 2);
        assertArrayEquals(
                new long[] {5, 9, 3, 6},
                Cpu.op(new TopK(2, 0, true), columns).get(0).longs());
    }

    @Test
    void softmaxAlongAnyAxis() {
        for (int axis : new int[] {0, 1, -1}) {
            Tensor x = Cpu.random(1, 7, 5, 11);
            GraphBuilder g = new GraphBuilder();
            g.output("y", g.add(new Softmax(axis), g.input("x", x.spec())));
            Tensor y = Cpu.run(Cpu.SCALAR, 2, g.build(), Map.of("x", x)).get("y");
            int at = axis < 0 ? 2 : axis;
            int length = x.shape().size(at);
            int step = x.shape().strides()[at];
            double[] expected = new double[x.size()];
            for (int i = 0; i < expected.length; i++) {
                int first = i - i / step % length * step;
                double sum = 0;
                for (int j = 0; j < length; j++) {
                    sum += Math.exp(x.floats()[first + j * step]);
                }
                expected[i] = Math.exp(x.floats()[i]) / sum;
            }
            Cpu.assertClose(expected, y, 1e-6);
        }
        Tensor huge = Tensor.of(new float[] {1e30f, 1e30f, -1e30f}, 3);
        GraphBuilder g = new GraphBuilder();
        g.output("y", g.add(new Softmax(0), g.input("x", huge.spec())));
        float[] y =
                Cpu.run(Cpu.SCALAR, 1, g.build(), Map.of("x", huge)).get("y").floats();
        assertArrayEquals(new float[] {0.5f, 0.5f, 0}, y);
        assertTrue(Float.isNaN(Cpu.op(
                        new Reduce(ReduceFn.MEAN, List.of(0), false), Tensor.of(new float[] {Float.NaN}, 1))
                .getFirst()
                .floats()[0]));
    }
}
