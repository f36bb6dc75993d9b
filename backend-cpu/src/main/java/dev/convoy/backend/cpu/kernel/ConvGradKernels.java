package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.ContractionOp.ConvFilterGrad;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The gradients of a convolution of float32 as products. */
final class ConvGradKernels {

    private ConvGradKernels() {}

    /**
     * The gradient of the data: gradient times transposed kernel gives what each window sends back to each of its
     * elements; every pixel of the data then collects, in the order of the taps, what it is sent. Works on as many samples
     * at once as fit in a buffer.
     */
    static final class InputGrad implements Kernel {

        private static final int BUFFER = 1 << 20;
        private static final int GRAIN = 1 << 14;

        private final Engine engine;
        private final Geometry g;
        private final int groups;
        private final int inputs;
        private final int outputs;
        private final int k;
        private final int samples;
        private final RightOperand[] kernels;

        private record Workspace(@Nullable Panels panels, float[] sent) {}

        private record Form(int first, String use) {}

        InputGrad(ConvInputGrad op, Node node, Engine engine) {
            this.engine = engine;
            groups = op.groups();
            g = Geometry.of(op.window(), node.output().shape(), node.input(0).shape());
            inputs = g.inputChannels() / groups;
            outputs = g.outputChannels() / groups;
            k = g.taps() * inputs;
            samples = Math.clamp(BUFFER / Math.max(1L, (long) g.outputPixels() * k), 1, Math.max(1, g.batch()));
            kernels = new RightOperand[groups];
            int cout = g.outputChannels();
            for (int group = 0; group < groups; group++) {
                int first = group * outputs;
                kernels[group] = new RightOperand(
                        engine,
                        node.input(1),
                        new Form(first, "input gradient"),
                        outputs,
                        k,
                        array -> RightMatrix.of(array, first, 1, cout));
            }
        }

        @Override
        public Object newWorkspace() {
            return new Workspace(kernels[0].newWorkspace(), new float[samples * g.outputPixels() * k]);
        }

        @Override
        public void run(Arguments arguments) {
            Workspace workspace = (Workspace) arguments.workspace();
            float[] dy = arguments.floats(0);
            float[] dx = arguments.result();
            float[] sent = workspace.sent();
            for (int group = 0; group < groups; group++) {
                int first = group;
                Panels panels = kernels[group].panels(arguments.floats(1), workspace.panels());
                for (int sample = 0; sample < g.batch(); sample += samples) {
                    int begin = sample;
                    int count = Math.min(samples, g.batch() - sample);
                    int start = sample * g.outputPixels() * g.outputChannels() + group * outputs;
                    LeftMatrix gradient = LeftMatrix.of(dy, start, g.outputChannels(), 1);
                    engine.gemm().run(gradient, count * g.outputPixels(), panels, sent, 0, k, Finish.NONE);
                    int grain = Math.max(1, GRAIN / Math.max(1, k));
                    engine.threads().range(count * g.inputPixels(), grain, (from, to) -> {
                        for (int pixel = from; pixel < to; pixel++) {
                            int at = ((begin * g.inputPixels()) + pixel) * g.inputChannels() + first * inputs;
                            collect(sent, pixel, dx, at);
                        }
                    });
                }
            }
        }

        private void collect(float[] sent, int pixel, float[] dx, int at) {
            Arrays.fill(dx, at, at + inputs, 0);
            int[] input = g.input();
            int[] size = g.size();
            int w = pixel % input[2];
            int h = pixel / input[2] % input[1];
            int d = pixel / input[2] / input[1] % input[0];
            int sample = pixel / g.inputPixels();
            for (int tap = 0; tap < g.taps(); tap++) {
                int z = window(0, d, tap / size[2] / size[1]);
                int y = window(1, h, tap / size[2] % size[1]);
                int x = window(2, w, tap % size[2]);
                if (z >= 0 && y >= 0 && x >= 0) {
                    int window = (z * g.output()[1] + y) * g.output()[2] + x;
                    int source = (sample * g.outputPixels() + window) * k + tap * inputs;
                    for (int c = 0; c < inputs; c++) {
                        dx[at + c] += sent[source + c];
                    }
                }
            }
        }

        /** Which window has an element as its tap; -1 if none. */
        private int window(int axis, int position, int tap) {
            int start = position + g.pad()[axis] - tap * g.dilation()[axis];
            int window = start / g.stride()[axis];
            return start < 0 || start % g.stride()[axis] != 0 || window >= g.output()[axis] ? -1 : window;
        }
    }

    /** The gradient of the kernel: transposed patches times gradient, summed over all windows of all samples. */
    static final class FilterGrad implements Kernel {

        private final Engine engine;
        private final Geometry g;
        private final int groups;
        private final int inputs;
        private final int outputs;
        private final int windows;

        FilterGrad(ConvFilterGrad op, Node node, Engine engine) {
            this.engine = engine;
            groups = op.groups();
            g = Geometry.of(op.window(), node.input(0).shape(), node.input(1).shape());
            inputs = g.inputChannels() / groups;
            outputs = g.outputChannels() / groups;
            windows = g.batch() * g.outputPixels();
        }

        @Override
        public Object newWorkspace() {
            return engine.gemm().kernel().newPanels(windows, outputs);
        }

        @Override
        public void run(Arguments arguments) {
            float[] x = arguments.floats(0);
            float[] dy = arguments.floats(1);
            float[] dw = arguments.result();
            Panels panels = (Panels) arguments.workspace();
            if (windows == 0) {
                Arrays.fill(dw, 0, g.taps() * inputs * g.outputChannels(), 0);
                return;
            }
            for (int group = 0; group < groups; group++) {
                int first = group * outputs;
                engine.gemm().pack(RightMatrix.of(dy, first, g.outputChannels(), 1), panels);
                LeftMatrix patches = new Patches(g, group * inputs, inputs).asColumns(x);
                engine.gemm().run(patches, g.taps() * inputs, panels, dw, first, g.outputChannels(), Finish.NONE);
            }
        }
    }
}
