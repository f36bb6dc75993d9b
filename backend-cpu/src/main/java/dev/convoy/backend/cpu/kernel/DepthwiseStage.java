package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Step;

/** A depthwise convolution of {@link Strips}. */
final class DepthwiseStage implements BandStage {

    private final Geometry g;
    private final StripDepthwise kernel;

    /**
     * @param part the convolution, whose kernel is constant, and what {@link Epilogue} joined to it
     * @param shift see {@link Epilogue#of(Step, int)}
     */
    DepthwiseStage(Step part, int shift, Engine engine) {
        g = Geometry.of(part);
        kernel = new StripDepthwise(g, part, shift, engine);
    }

    @Override
    public Geometry geometry() {
        return g;
    }

    @Override
    public boolean reads(int input) {
        return true;
    }

    @Override
    public long packedBytes() {
        return 0;
    }

    @Override
    public Rows rows(Arguments arguments) {
        Strips strips = kernel.strips();
        Strips.Task task = kernel.task(arguments);
        return (x, from, first, last, y, to, pitch) -> strips.run(task, x, from, first, last, y, to);
    }
}
