package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.tensor.Shape;

/** {@link dev.convoy.graph.composite.Softmax} of float32 in two passes over each lane, summed in double. */
public final class SoftmaxKernel implements Kernel {

    private final Lanes lanes;
    private final Threads threads;

    public SoftmaxKernel(Shape x, int axis, Threads threads) {
        lanes = Lanes.of(x, x.axis(axis));
        this.threads = threads;
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] y = arguments.result();
        threads.range(lanes.count(), Math.max(1, lanes.grain() / 4), (from, to) -> {
            for (int lane = from; lane < to; lane++) {
                run(x, y, lanes.start(lane, lanes.length()));
            }
        });
    }

    private void run(float[] x, float[] y, int start) {
        int step = lanes.inner();
        int end = start + lanes.length() * step;
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = start; i < end; i += step) {
            largest = Math.max(largest, x[i]);
        }
        double sum = 0;
        for (int i = start; i < end; i += step) {
            float power = (float) Math.exp(x[i] - largest);
            y[i] = power;
            sum += power;
        }
        float divisor = (float) sum;
        for (int i = start; i < end; i += step) {
            y[i] /= divisor;
        }
    }
}
