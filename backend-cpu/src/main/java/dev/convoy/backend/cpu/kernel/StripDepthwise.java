package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.kernel.StripLoops.StripWeights;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import org.jspecify.annotations.Nullable;

/** Convolution of float32 in which each output channel sees one input channel of its own, with windows of three columns. */
final class StripDepthwise implements Kernel {

    /** The length of the longest vectors. */
    private static final int LANES = 16;

    private final Engine engine;
    private final int weights;
    private final int channels;
    private final int rows;
    private final int pitch;
    private final Strips strips;
    private final Epilogue epilogue;
    private final float @Nullable [] constantWeights;

    /**
     * @param g of the convolution, one that {@link Strips#suit}
     */
    StripDepthwise(Geometry g, Step step, Engine engine) {
        this(g, step, 0, engine);
    }

    /**
     * @param shift see {@link Epilogue#of(Step, int)}
     */
    StripDepthwise(Geometry g, Step step, int shift, Engine engine) {
        weights = RightOperand.INDEX + shift;
        this.engine = engine;
        channels = g.inputChannels();
        rows = g.taps();
        pitch = Math.max(LANES, channels);
        strips = new Strips(g);
        epilogue = Epilogue.of(step, shift);
        constantWeights = step.first()
                .input(1)
                .constant()
                .map(tensor -> packed(tensor.floats()))
                .orElse(null);
    }

    @Override
    public String describe() {
        return "depthwise";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, channels);
    }

    /** Weights with rows as long as a vector; the array itself if its rows are so. */
    private float[] packed(float[] w) {
        if (pitch == channels) {
            return w;
        }
        float[] wide = new float[rows * pitch];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(w, row * channels, wide, row * pitch, channels);
        }
        return wide;
    }

    Strips strips() {
        return strips;
    }

    /** What computes a strip in a run. */
    Strips.Task task(Arguments arguments) {
        float[] w = constantWeights == null ? packed(arguments.floats(weights)) : constantWeights;
        Finish given = epilogue.finish(arguments, 0, channels, LANES);
        Finish finish = given.bias() != null ? given : new Finish(new float[pitch], given.low(), given.high());
        return (first, count, x, base, y, at) -> {
            StripWeights rest = new StripWeights(w, first * StripLoops.COLUMNS * pitch, pitch);
            engine.loops().weighted(strips.strip(), count, x, base, rest, finish, y, at);
        };
    }

    @Override
    public void run(Arguments arguments) {
        strips.forEach(engine, arguments.floats(0), arguments.result(), arguments.place(), task(arguments));
    }
}
