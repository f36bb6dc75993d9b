package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Step;

/** A convolution with windows of one pixel: rows of pixels times the kernel. */
final class PointwiseStage implements BandStage {

    private final Engine engine;
    private final Geometry g;
    private final RightOperand kernel;
    private final Epilogue epilogue;
    private final int weights;

    /**
     * @param part the convolution, whose kernel is constant, and what {@link Epilogue} joined to it
     * @param shift see {@link Epilogue#of(Step, int)}
     */
    PointwiseStage(Step part, int shift, Engine engine) {
        this.engine = engine;
        g = Geometry.of(part);
        kernel = ConvolutionKernel.kernel(engine, part.first().input(1), g, 1, 0);
        epilogue = Epilogue.of(part, shift);
        weights = RightOperand.INDEX + shift;
    }

    @Override
    public Geometry geometry() {
        return g;
    }

    @Override
    public boolean reads(int input) {
        return input != weights;
    }

    @Override
    public long packedBytes() {
        return kernel.packedBytes();
    }

    @Override
    public Rows rows(Arguments arguments) {
        Panels panels = kernel.panels(arguments, null);
        Finish finish = epilogue.finish(arguments, 0, g.outputChannels(), panels.width());
        int width = g.output()[2];
        int channels = g.inputChannels();
        return (x, from, first, last, y, to, pitch) -> {
            LeftMatrix pixels = LeftMatrix.of(x, from + first * width * channels, channels, 1);
            engine.gemm()
                    .runAlone(pixels, (last - first) * width, panels, y, to + first * width * pitch, pitch, finish);
        };
    }
}
