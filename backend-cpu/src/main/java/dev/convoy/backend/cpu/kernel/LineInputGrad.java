package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;

/**
 * The gradient of data of few channels: the convolution of the gradient with the turned kernel. The channels of a pixel would
 * fill but a part of a vector, so vectors are neighbouring pixels, and what is sent to them is summed in registers.
 */
final class LineInputGrad implements Kernel {

    private static final int COLUMN = 2;
    private static final int FEWEST_TAPS = 4;
    private static final Scratch SCRATCH = new Scratch();

    private final Engine engine;
    private final Geometry g;
    private final Planes planes;
    private final int pitch;
    private final int band;

    /**
     * @param forward a convolution of one group that {@link #suits}
     */
    LineInputGrad(Geometry forward, Engine engine) {
        this.engine = engine;
        g = forward.turned();
        planes = new Planes(g);
        pitch = Math.max(4, Math.ceilDiv(g.outputChannels(), 2) * 2);
        band = planes.band(2);
    }

    /**
     * Whether there are vectors of 512 bits, those of pixels are well filled, and two lines of what is needed fit in the
     * first-level cache.
     */
    static boolean suits(Geometry g, MicroKernel kernel) {
        Geometry turned = g.turned();
        int width = g.input()[COLUMN];
        int computed = width <= PlaneLoops.PAIRS
                ? PlaneLoops.PAIRS
                : Math.ceilDiv(width, 2 * PlaneLoops.PAIRS) * 2 * PlaneLoops.PAIRS;
        boolean flat = g.input()[0] == 1 && g.output()[0] == 1 && g.size()[0] == 1;
        boolean neighbours = true;
        for (int axis = 1; axis <= COLUMN; axis++) {
            neighbours &= g.stride()[axis] == 1 && g.dilation()[axis] == 1 && turned.pad()[axis] >= 0;
        }
        return WinogradFilterGrad.suits(kernel)
                && flat
                && neighbours
                && g.inputChannels() <= PlaneLoops.PAIR_CHANNELS
                && g.outputPixels() * g.outputChannels() > 0
                && g.taps() >= FEWEST_TAPS
                && 3 * width >= 2 * computed
                && new Planes(turned).size(2) <= Planes.MOST;
    }

    @Override
    public String describe() {
        return "few channels";
    }

    @Override
    public Object newWorkspace() {
        return new float[planes.offsets().length * pitch];
    }

    @Override
    public void run(Arguments arguments) {
        float[] dy = arguments.floats(0);
        float[] weights = (float[]) arguments.workspace();
        turn(arguments.floats(1), weights);
        float[] dx = arguments.result();
        PlaneLoops.Lines lines = new PlaneLoops.Lines(planes.offsets(), weights, g.outputChannels(), pitch);
        int height = g.output()[1];
        int bands = Math.ceilDiv(height, band);
        long work = (long) g.batch() * g.outputPixels() * planes.offsets().length * pitch;
        engine.threads().forEach(g.batch() * bands, work, item -> {
            int first = item % bands * band;
            sum(lines, dy, item / bands, first, Math.min(band, height - first), dx);
        });
    }

    /** Writes the weights in the order of the turned kernel's elements, with rows of {@code pitch}. */
    private void turn(float[] w, float[] turned) {
        int taps = g.taps();
        int sent = g.inputChannels();
        int kept = g.outputChannels();
        for (int e = 0; e < taps * sent; e++) {
            int from = (taps - 1 - e / sent) * kept * sent + e % sent;
            for (int c = 0; c < kept; c++) {
                turned[e * pitch + c] = w[from + c * sent];
            }
        }
    }

    /** Some rows of a sample. If their number is odd, what follows them is computed too, of whatever is there. */
    private void sum(PlaneLoops.Lines lines, float[] dy, int sample, int first, int rows, float[] dx) {
        int width = g.output()[COLUMN];
        int channels = g.outputChannels();
        int even = rows + rows % 2;
        int length = width * channels;
        int sums = planes.size(even) + PlaneLoops.PAIRS;
        int results = sums + 2 * PlaneLoops.PAIR_CHANNELS * PlaneLoops.PAIRS;
        float[] scratch = SCRATCH.array(results + even * length + (channels + 1) * PlaneLoops.PAIRS);
        planes.fill(engine.loops(), dy, sample, first, rows, scratch);
        if (width <= PlaneLoops.PAIRS) {
            for (int r = 0; r < rows; r += 2) {
                int to = results + r * length;
                engine.loops().lines(lines, scratch, r * planes.step(), planes.step(), sums, scratch, to, length);
            }
        } else {
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < width; i += 2 * PlaneLoops.PAIRS) {
                    int left = Math.max(0, Math.min(i, width - 2 * PlaneLoops.PAIRS));
                    int step = Math.min(PlaneLoops.PAIRS, width - PlaneLoops.PAIRS - left);
                    int to = results + r * length + left * channels;
                    int base = r * planes.step() + left;
                    engine.loops().lines(lines, scratch, base, step, sums, scratch, to, step * channels);
                }
            }
        }
        int target = ((sample * g.output()[1] + first) * width) * channels;
        System.arraycopy(scratch, results, dx, target, rows * length);
    }
}
