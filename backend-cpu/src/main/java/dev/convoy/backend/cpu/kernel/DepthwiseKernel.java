package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import java.util.Arrays;

/** Convolution of float32 in which each output channel sees one input channel. */
final class DepthwiseKernel implements Kernel {

    private static final int GRAIN = 1 << 14;

    private final Geometry g;
    private final int multiplier;
    private final Epilogue epilogue;
    private final Threads threads;

    DepthwiseKernel(Convolution op, Step step, Engine engine) {
        g = Geometry.of(
                op.window(),
                step.first().input(0).shape(),
                step.first().output().shape());
        multiplier = g.outputChannels() / g.inputChannels();
        epilogue = Epilogue.of(step);
        threads = engine.threads();
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] w = arguments.floats(1);
        float[] y = arguments.result();
        int cout = g.outputChannels();
        Finish finish = epilogue.finish(arguments, 0, cout, 1);
        int windows = g.outputPixels();
        int grain = Math.max(1, GRAIN / (g.taps() * Math.max(1, cout)));
        threads.range(g.batch() * windows, grain, (from, to) -> {
            Taps taps = new Taps(g);
            for (int window = from; window < to; window++) {
                taps.moveTo(window % windows);
                int at = window * cout;
                if (finish.bias() == null) {
                    Arrays.fill(y, at, at + cout, 0);
                } else {
                    System.arraycopy(finish.bias(), 0, y, at, cout);
                }
                for (int tap = 0; tap < taps.count(); tap++) {
                    int pixel = window / windows * g.inputPixels() + taps.pixel(tap);
                    add(x, pixel * g.inputChannels(), w, taps.number(tap) * cout, y, at);
                }
                if (finish.bounds()) {
                    finish.bound(y, at, at + cout);
                }
            }
        });
    }

    private void add(float[] x, int source, float[] w, int kernel, float[] y, int at) {
        if (multiplier == 1) {
            for (int j = 0; j < g.outputChannels(); j++) {
                y[at + j] += x[source + j] * w[kernel + j];
            }
        } else {
            for (int j = 0; j < g.outputChannels(); j++) {
                y[at + j] += x[source + j / multiplier] * w[kernel + j];
            }
        }
    }
}
