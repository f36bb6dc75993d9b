package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;

/** Convolution of float32 in which each output channel sees one input channel. */
final class DepthwiseKernel implements Kernel {

    private static final int GRAIN = 1 << 14;

    private final Geometry g;
    private final int multiplier;
    private final Epilogue epilogue;
    private final ChannelLoops loops;
    private final Threads threads;

    DepthwiseKernel(Geometry g, Step step, Engine engine) {
        this.g = g;
        multiplier = g.outputChannels() / g.inputChannels();
        epilogue = Epilogue.of(step);
        loops = engine.loops();
        threads = engine.threads();
    }

    @Override
    public String describe() {
        return "depthwise";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, g.outputChannels());
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] w = arguments.floats(1);
        float[] y = arguments.result();
        int cout = g.outputChannels();
        Place place = arguments.place();
        Finish finish = epilogue.finish(arguments, 0, cout, 1);
        int windows = g.outputPixels();
        int grain = Math.max(1, GRAIN / (g.taps() * Math.max(1, cout)));
        threads.range(g.batch() * windows, grain, (from, to) -> {
            Taps taps = new Taps(g);
            int[] weights = new int[g.taps()];
            for (int window = from, run; window < to; window += run) {
                taps.moveTo(window % windows);
                run = multiplier == 1 ? Math.min(taps.run(), to - window) : 1;
                if (multiplier == 1) {
                    taps.weights(cout, weights);
                    loops.weighted(x, taps.run(window, run, place), w, weights, finish, y);
                } else {
                    multiplied(x, w, y, window, place, taps, finish);
                }
            }
        });
    }

    private void multiplied(float[] x, float[] w, float[] y, int window, Place place, Taps taps, Finish finish) {
        int cout = g.outputChannels();
        int at = place.start() + window * place.pitch(cout);
        finish.start(y, at, 0, cout);
        for (int tap = 0; tap < taps.count(); tap++) {
            int source = taps.start(window) + taps.pixel(tap) * g.inputChannels();
            int weight = taps.number(tap) * cout;
            for (int j = 0; j < cout; j++) {
                y[at + j] += x[source + j / multiplier] * w[weight + j];
            }
        }
        if (finish.bounds()) {
            finish.bound(y, at, at + cout);
        }
    }
}
