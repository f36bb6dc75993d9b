package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Convolution of float32 as one product for each group: patches times kernel. */
final class ConvolutionKernel implements Kernel {

    private final Engine engine;
    private final Geometry g;
    private final int outputs;
    private final List<Patches> patches = new ArrayList<>();
    private final List<RightOperand> kernels = new ArrayList<>();
    private final Epilogue epilogue;

    ConvolutionKernel(Convolution op, Step step, Engine engine) {
        this.engine = engine;
        Value w = step.first().input(1);
        g = Geometry.of(
                op.window(),
                step.first().input(0).shape(),
                step.first().output().shape());
        int inputs = g.inputChannels() / op.groups();
        outputs = g.outputChannels() / op.groups();
        for (int group = 0; group < op.groups(); group++) {
            patches.add(new Patches(g, group * inputs, inputs));
            kernels.add(kernel(engine, w, g, op.groups(), group));
        }
        epilogue = Epilogue.of(step);
    }

    /** The kernel of one group as a matrix. */
    static RightOperand kernel(Engine engine, Value w, Geometry g, int groups, int group) {
        record Form(int first, int n) {}
        int n = g.outputChannels() / groups;
        int first = group * n;
        int k = g.taps() * (g.inputChannels() / groups);
        return new RightOperand(
                engine, w, new Form(first, n), k, n, array -> RightMatrix.of(array, first, g.outputChannels(), 1));
    }

    @Override
    public @Nullable Object newWorkspace() {
        return kernels.isEmpty() ? null : kernels.getFirst().newWorkspace();
    }

    @Override
    public String describe() {
        return g.isPointwise() ? "GEMM" : "implicit GEMM";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, g.outputChannels());
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX
                || kernels.isEmpty()
                || kernels.getFirst().isRead();
    }

    @Override
    public long packedBytes() {
        return kernels.stream().mapToLong(RightOperand::packedBytes).sum();
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] y = arguments.result();
        Place place = arguments.place();
        for (int group = 0; group < kernels.size(); group++) {
            RightOperand kernel = kernels.get(group);
            Panels panels = kernel.panels(arguments, (Panels) arguments.workspaceOrNull());
            engine.gemm()
                    .run(
                            patches.get(group).asRows(x),
                            g.batch() * g.outputPixels(),
                            panels,
                            y,
                            place.start() + group * outputs,
                            place.pitch(g.outputChannels()),
                            epilogue.finish(arguments, group * outputs, outputs, panels.width()));
        }
    }
}
