package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;

/**
 * The gradient of the kernel of a convolution of float32: transposed patches times gradient, summed over all windows of all
 * samples. Where there are many windows and the kernel is small, parts of the windows are summed each in order, next to each
 * other, and then the parts in order; the parts depend on the shapes alone.
 */
final class FilterGradKernel implements Kernel {

    private static final int MOST_PARTS = 8;
    private static final int WINDOWS_OF_PART = 1024;

    /** Elements that the sums of all parts may have together. */
    private static final int SUMS = 1 << 20;

    private static final int GRAIN = 1 << 14;

    private final Engine engine;
    private final Geometry g;
    private final int groups;
    private final int inputs;
    private final int outputs;
    private final int windows;
    private final int part;
    private final int parts;

    private record Workspace(Panels[] panels, float[][] sums) {}

    FilterGradKernel(ConvFilterGrad op, Node node, Engine engine) {
        this.engine = engine;
        groups = op.groups();
        g = Geometry.of(op.window(), node.input(0).shape(), node.input(1).shape());
        inputs = g.inputChannels() / groups;
        outputs = g.outputChannels() / groups;
        windows = g.batch() * g.outputPixels();
        int affordable = SUMS / Math.max(1, g.taps() * inputs * outputs);
        int wanted = Math.clamp(Math.min(windows / WINDOWS_OF_PART, Integer.highestOneBit(affordable)), 1, MOST_PARTS);
        part = Math.max(1, Math.ceilDiv(windows, wanted));
        parts = Math.ceilDiv(windows, part);
    }

    private int windowsOf(int index) {
        return Math.min(part, windows - index * part);
    }

    @Override
    public Object newWorkspace() {
        Panels[] panels = new Panels[parts];
        for (int i = 0; i < parts; i++) {
            panels[i] = engine.gemm().kernel().newPanels(windowsOf(i), outputs);
        }
        return new Workspace(panels, new float[parts > 1 ? parts : 0][g.taps() * inputs * outputs]);
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] dy = arguments.floats(1);
        float[] dw = arguments.result();
        Workspace workspace = (Workspace) arguments.workspace();
        int rows = g.taps() * inputs;
        if (windows == 0) {
            Arrays.fill(dw, 0, rows * g.outputChannels(), 0);
            return;
        }
        for (int group = 0; group < groups; group++) {
            int first = group;
            if (parts == 1) {
                Panels panels = workspace.panels()[0];
                engine.gemm().pack(gradient(dy, group, 0), panels);
                engine.gemm()
                        .run(patches(x, group, 0), rows, panels, dw, group * outputs, g.outputChannels(), Finish.NONE);
            } else {
                engine.threads().forEach(parts, i -> {
                    Panels panels = workspace.panels()[i];
                    engine.gemm().packAlone(gradient(dy, first, i), panels);
                    engine.gemm()
                            .runAlone(
                                    patches(x, first, i),
                                    rows,
                                    panels,
                                    workspace.sums()[i],
                                    0,
                                    outputs,
                                    Finish.NONE);
                });
                int grain = Math.max(1, GRAIN / Math.max(1, outputs));
                engine.threads().range(rows, grain, (from, to) -> add(workspace.sums(), from, to, dw, first * outputs));
            }
        }
    }

    private LeftMatrix patches(float[] x, int group, int index) {
        return new PatchColumns(engine.loops(), g, group * inputs, inputs, x, index * part);
    }

    private RightMatrix gradient(float[] dy, int group, int index) {
        int start = index * part * g.outputChannels() + group * outputs;
        return RightMatrix.of(dy, start, g.outputChannels(), 1);
    }

    private void add(float[][] sums, int from, int to, float[] dw, int start) {
        for (int index = 1; index < parts; index++) {
            accumulate(sums[0], sums[index], from * outputs, to * outputs);
        }
        for (int row = from; row < to; row++) {
            System.arraycopy(sums[0], row * outputs, dw, start + row * g.outputChannels(), outputs);
        }
    }

    private static void accumulate(float[] sum, float[] other, int from, int to) {
        for (int i = from; i < to; i++) {
            sum[i] += other[i];
        }
    }
}
