package dev.convoy.backend.cpu.kernel;

import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import java.util.Arrays;

/**
 * The gradient of the kernel of a convolution of float32 straight from the data, for the layers that
 * {@link PlaneConvolution} computes; packed into matrices, such windows would cost more to pack than to multiply. Parts of
 * the samples are summed each in order, then the parts in order.
 */
final class PlaneFilterGrad implements Kernel {

    private static final int MOST_PARTS = 16;

    private final Engine engine;
    private final Geometry g;
    private final Planes planes;
    private final PlaneLoops.Products form;
    private final int elements;
    private final int samples;
    private final int parts;
    private final int band;

    /**
     * @param sums of each part, {@code [elements, pitch]}
     * @param planes of each part
     * @param gradients of each part: of some rows of windows, where dy has no room for whole vectors
     */
    private record Workspace(float[][] sums, float[][] planes, float[][] gradients) {}

    PlaneFilterGrad(Geometry g, Engine engine) {
        this.engine = engine;
        this.g = g;
        planes = new Planes(g);
        elements = planes.offsets().length;
        int[] offsets = Arrays.copyOf(planes.offsets(), Math.ceilDiv(elements, PlaneLoops.PLANES) * PlaneLoops.PLANES);
        int channels = g.outputChannels();
        int pitch = planes.pitch();
        form = new PlaneLoops.Products(offsets, channels, pitch, g.output()[2], planes.step());
        samples = Math.max(1, Math.ceilDiv(g.batch(), MOST_PARTS));
        parts = Math.ceilDiv(g.batch(), samples);
        band = planes.band(1);
    }

    @Override
    public String describe() {
        return "few channels";
    }

    @Override
    public Object newWorkspace() {
        boolean narrow = form.pitch() != form.channels();
        return new Workspace(
                new float[parts][form.offsets().length * form.pitch()],
                new float[parts][planes.size(band)],
                new float[parts][narrow ? band * form.windows() * form.channels() + form.pitch() : 0]);
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] dy = arguments.floats(1);
        float[] dw = arguments.result();
        Workspace workspace = (Workspace) arguments.workspace();
        long work = (long) g.batch() * g.outputPixels() * elements * form.pitch();
        engine.threads().forEach(parts, work, part -> sum(x, dy, workspace, part));
        Arrays.fill(dw, 0, elements * form.channels(), 0);
        for (float[] sums : workspace.sums()) {
            add(sums, dw);
        }
    }

    private void add(float[] sums, float[] dw) {
        int channels = form.channels();
        for (int e = 0; e < elements; e++) {
            for (int c = 0; c < channels; c++) {
                dw[e * channels + c] += sums[e * form.pitch() + c];
            }
        }
    }

    private void sum(float[] x, float[] dy, Workspace workspace, int part) {
        float[] sums = workspace.sums()[part];
        float[] scratch = workspace.planes()[part];
        Arrays.fill(sums, 0);
        int rows = g.output()[1];
        int end = Math.min(g.batch(), (part + 1) * samples);
        for (int sample = part * samples; sample < end; sample++) {
            for (int first = 0; first < rows; first += band) {
                int count = Math.min(band, rows - first);
                planes.fill(engine.loops(), x, sample, first, count, scratch);
                int at = (sample * rows + first) * form.windows() * form.channels();
                add(count, scratch, dy, at, sums, workspace.gradients()[part]);
            }
        }
    }

    private void add(int rows, float[] scratch, float[] dy, int at, float[] sums, float[] gradients) {
        if (gradients.length == 0) {
            engine.loops().addProducts(form, rows, scratch, dy, at, sums);
        } else {
            System.arraycopy(dy, at, gradients, 0, rows * form.windows() * form.channels());
            engine.loops().addProducts(form, rows, scratch, gradients, 0, sums);
        }
    }
}
