package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;

/**
 * The gradient of the kernel of a convolution of float32 whose windows hold few elements, such as those of the first
 * layer. Packed into matrices, such windows would cost more to pack than to multiply.
 */
final class FewChannels {

    private static final int MOST_ELEMENTS = 32;
    private static final int MOST_OUTPUTS = 256;

    /** The width of the widest vectors; the loops take whole vectors of output channels. */
    private static final int LANES = 16;

    private FewChannels() {}

    /** Whether windows are small enough. */
    static boolean suit(Geometry g, int groups) {
        int elements = g.taps() * g.inputChannels();
        return groups == 1
                && elements > 0
                && elements <= MOST_ELEMENTS
                && g.outputChannels() > 0
                && g.outputChannels() <= MOST_OUTPUTS
                && g.outputChannels() % LANES == 0;
    }

    /** The gradient of the kernel: parts of the samples are summed each in order, then the parts in order. */
    static final class FilterGrad implements Kernel {

        private static final int MOST_PARTS = 16;

        private final Engine engine;
        private final Geometry g;
        private final int size;
        private final int samples;
        private final int parts;

        FilterGrad(Geometry g, Engine engine) {
            this.g = g;
            this.engine = engine;
            size = g.taps() * g.inputChannels() * g.outputChannels();
            samples = Math.max(1, Math.ceilDiv(g.batch(), MOST_PARTS));
            parts = Math.ceilDiv(g.batch(), samples);
        }

        @Override
        public Object newWorkspace() {
            return new float[parts * size];
        }

        @Override
        public void run(Arguments arguments) {
            float[] x = arguments.floats(0);
            float[] dy = arguments.floats(1);
            float[] dw = arguments.result();
            float[] sums = (float[]) arguments.workspace();
            engine.threads().forEach(parts, part -> sum(x, dy, sums, part));
            Arrays.fill(dw, 0, size, 0);
            for (int part = 0; part < parts; part++) {
                for (int i = 0; i < size; i++) {
                    dw[i] += sums[part * size + i];
                }
            }
        }

        private void sum(float[] x, float[] dy, float[] sums, int part) {
            Arrays.fill(sums, part * size, (part + 1) * size, 0);
            int cout = g.outputChannels();
            int windows = g.outputPixels();
            int end = Math.min(g.batch(), (part + 1) * samples) * windows;
            Taps taps = new Taps(g);
            for (int window = part * samples * windows, run; window < end; window += run) {
                taps.moveTo(window % windows);
                run = taps.run();
                ChannelLoops.Run elements = taps.elements(window, run, cout);
                engine.loops().addProducts(x, elements, dy, taps.elementWeights(cout), sums, part * size);
            }
        }
    }
}
