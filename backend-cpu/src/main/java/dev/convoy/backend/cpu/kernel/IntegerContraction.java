package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;

/** Convolution and matrix product of int32, exact modulo 2^32. */
final class IntegerContraction {

    private static final int GRAIN = 1 << 16;

    private IntegerContraction() {}

    static Kernel matMul(MatMul op, Node node, Threads threads) {
        MatMulKernel.Stack stack = MatMulKernel.Stack.of(op, node);
        int m = stack.m();
        int n = stack.n();
        int k = stack.k();
        int leftRow = op.transposeA() ? 1 : k;
        int leftStep = op.transposeA() ? m : 1;
        int rightRow = op.transposeB() ? 1 : n;
        int rightStep = op.transposeB() ? k : 1;
        return arguments -> {
            int[] a = (int[]) arguments.input(0);
            int[] b = (int[]) arguments.input(1);
            int[] y = (int[]) arguments.output(0);
            threads.range(stack.leftStarts().length * m, grain((long) k * n), (from, to) -> {
                for (int row = from; row < to; row++) {
                    int left = stack.leftStarts()[row / m] + row % m * leftRow;
                    int right = stack.rightStarts()[stack.rightOf()[row / m]];
                    Arrays.fill(y, row * n, (row + 1) * n, 0);
                    for (int i = 0; i < k; i++) {
                        int factor = a[left + i * leftStep];
                        for (int j = 0; j < n; j++) {
                            y[row * n + j] += factor * b[right + i * rightRow + j * rightStep];
                        }
                    }
                }
            });
        };
    }

    static Kernel convolution(Convolution op, Node node, Threads threads) {
        Geometry g =
                Geometry.of(op.window(), node.input(0).shape(), node.output().shape());
        int inputs = g.inputChannels() / op.groups();
        int cout = g.outputChannels();
        int outputs = cout / op.groups();
        int windows = g.outputPixels();
        return arguments -> {
            int[] x = (int[]) arguments.input(0);
            int[] w = (int[]) arguments.input(1);
            int[] y = (int[]) arguments.output(0);
            threads.range(g.batch() * windows, grain((long) g.taps() * inputs * cout), (from, to) -> {
                Taps taps = new Taps(g);
                for (int window = from; window < to; window++) {
                    taps.moveTo(window % windows);
                    Arrays.fill(y, window * cout, (window + 1) * cout, 0);
                    for (int tap = 0; tap < taps.count(); tap++) {
                        int pixel = (window / windows * g.inputPixels() + taps.pixel(tap)) * g.inputChannels();
                        for (int c = 0; c < inputs; c++) {
                            int row = (taps.number(tap) * inputs + c) * cout;
                            for (int j = 0; j < cout; j++) {
                                y[window * cout + j] += x[pixel + j / outputs * inputs + c] * w[row + j];
                            }
                        }
                    }
                }
            });
        };
    }

    private static int grain(long workPerRow) {
        return (int) Math.max(1, GRAIN / Math.max(1, workPerRow));
    }
}
