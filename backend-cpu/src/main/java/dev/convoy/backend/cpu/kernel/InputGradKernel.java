package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.LeftMatrix;
import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.gemm.RightMatrix;
import dev.convoy.graph.ContractionOp.ConvInputGrad;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of the data of a convolution of float32: gradient times transposed kernel gives what each window sends back
 * to each of its elements; every pixel of the data then collects, in the order of the taps, what it is sent. Works on as
 * many samples at once as fit in a buffer that stays in the cache.
 */
final class InputGradKernel implements Kernel {

    private static final int FEW_CHANNELS = 16;
    private static final int BUFFER = 1 << 18;

    /** Elements of a kernel that is read so fast that a part may be smaller, to leave room for others in the cache. */
    private static final int SMALL_KERNEL = 1 << 15;

    private static final int GRAIN = 1 << 14;

    /** So many parts of the batch run next to each other; of fewer, each is spread over the threads. */
    private static final int ENOUGH_PARTS = 8;

    private final Engine engine;
    private final Geometry g;
    private final int inputs;
    private final int outputs;
    private final int k;
    private final int samples;
    private final int parts;
    private final RightOperand[] kernels;
    /** Windows of zeros between the rows of windows, so that all pixels of a line lie in the same taps; or none. */
    private final int gap;

    private final int row;
    private final List<Lane> lanes;

    /**
     * @param sent arrays for what is sent, one for each thread that asks at the same time
     */
    private record Workspace(@Nullable Panels panels, Queue<float[]> sent) {}

    private record Form(int first, String use) {}

    InputGradKernel(ConvInputGrad op, Node node, Engine engine) {
        this.engine = engine;
        g = Geometry.of(op.window(), node.output().shape(), node.input(0).shape());
        inputs = g.inputChannels() / op.groups();
        outputs = g.outputChannels() / op.groups();
        k = g.taps() * inputs;
        gap = gap(op.groups());
        row = g.output()[2] + gap;
        int buffer = (long) k * outputs <= SMALL_KERNEL ? BUFFER / 2 : BUFFER;
        samples = Math.clamp(buffer / Math.max(1L, (long) rows(1) * k), 1, Math.max(1, g.batch()));
        parts = Math.ceilDiv(g.batch(), samples);
        kernels = new RightOperand[op.groups()];
        int cout = g.outputChannels();
        for (int group = 0; group < kernels.length; group++) {
            int first = group * outputs;
            kernels[group] = new RightOperand(
                    engine,
                    node.input(1),
                    new Form(first, "input gradient"),
                    outputs,
                    k,
                    array -> RightMatrix.of(array, first, 1, cout));
        }
        lanes = newLanes();
    }

    /** Zeros pay where lines are short runs of few channels, and no more than some windows are zero. */
    private int gap(int groups) {
        int wide = (g.size()[2] - 1) * g.dilation()[2];
        boolean few = groups == 1 && inputs < FEW_CHANNELS && wide <= g.output()[2] / 2;
        return few && g.stride()[2] == 1 && g.pad()[2] <= wide ? wide : 0;
    }

    /** Windows of some samples, with the zeros. */
    private int rows(int count) {
        return count * g.output()[0] * g.output()[1] * row;
    }

    @Override
    public Object newWorkspace() {
        return new Workspace(kernels[0].newWorkspace(), new ConcurrentLinkedQueue<>());
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX || kernels[0].isRead();
    }

    @Override
    public void run(Arguments arguments) {
        Workspace workspace = (Workspace) arguments.workspace();
        float[] dy = arguments.floats(0);
        float[] dx = arguments.result();
        for (int group = 0; group < kernels.length; group++) {
            int first = group;
            Panels panels = kernels[group].panels(arguments, workspace.panels());
            if (parts >= ENOUGH_PARTS) {
                engine.threads().forEach(parts, part -> part(dy, panels, dx, first, part, true, workspace.sent()));
            } else {
                for (int part = 0; part < parts; part++) {
                    part(dy, panels, dx, first, part, false, workspace.sent());
                }
            }
        }
    }

    /** Some samples in one group. */
    private void part(
            float[] dy, Panels panels, float[] dx, int group, int part, boolean alone, Queue<float[]> buffers) {
        int begin = part * samples;
        int count = Math.min(samples, g.batch() - begin);
        int start = begin * g.outputPixels() * g.outputChannels() + group * outputs;
        LeftMatrix gradient =
                gap == 0 ? LeftMatrix.of(dy, start, g.outputChannels(), 1) : new Spaced(dy, start, g, row);
        float[] pooled = buffers.poll();
        float[] sent = pooled == null ? new float[(gap + rows(samples)) * k] : pooled;
        int rows = rows(count);
        int first = gap * k;
        int lines = count * g.input()[0] * g.input()[1];
        int at = begin * g.inputPixels() * g.inputChannels() + group * inputs;
        if (alone) {
            engine.gemm().runAlone(gradient, rows, panels, sent, first, k, Finish.NONE);
            collect(sent, 0, lines, dx, at);
        } else {
            engine.gemm().run(gradient, rows, panels, sent, first, k, Finish.NONE);
            int grain = Math.max(1, GRAIN / Math.max(1, k * g.input()[2]));
            engine.threads().range(lines, grain, (from, to) -> collect(sent, from, to, dx, at));
        }
        buffers.add(sent);
    }

    /**
     * Gradients as rows of a matrix, behind each row of windows zeros.
     *
     * @param row windows of a row, with the zeros
     */
    private record Spaced(float[] dy, int start, Geometry g, int row) implements LeftMatrix {

        @Override
        public void pack(int first, int rows, int from, int to, float[] panel, int at, int pitch, MicroKernel kernel) {
            int[] sources = new int[rows];
            int windows = g.output()[2];
            for (int r = 0; r < rows; r++) {
                int line = (first + r) / row;
                int column = (first + r) % row;
                sources[r] = column < windows ? start + (line * windows + column) * g.outputChannels() + from : -1;
            }
            kernel.interleave(dy, sources, rows, to - from, panel, at, pitch);
        }
    }

    /** The lines of pixels {@code [from, to)}, numbered through all samples of a part. */
    private void collect(float[] sent, int from, int to, float[] dx, int start) {
        int width = g.input()[2];
        int[] rows = new int[g.taps() / g.size()[2]];
        int[] offsets = new int[g.taps()];
        for (int line = from; line < to; line++) {
            int count = rows(line, rows);
            for (Lane lane : lanes) {
                int taps = 0;
                for (int row = 0; row < count; row++) {
                    for (int column : lane.columns()) {
                        offsets[taps++] = rows[row] + column;
                    }
                }
                int at = start + (line * width + lane.first()) * g.inputChannels();
                if (taps == 0) {
                    clear(dx, at, lane.count());
                } else {
                    ChannelLoops.Run run = new ChannelLoops.Run(0, offsets, taps, k, at, lane.count(), inputs, inputs);
                    engine.loops().mean(sent, run, 1, dx);
                }
            }
        }
    }

    private void clear(float[] dx, int at, int pixels) {
        for (int pixel = 0; pixel < pixels; pixel++) {
            Arrays.fill(dx, at + pixel * g.inputChannels(), at + pixel * g.inputChannels() + inputs, 0);
        }
    }

    /**
     * For each row of taps that some windows have a line as, in order: where the first of these windows sends what its first
     * tap of the row gets.
     *
     * @return how many there are
     */
    private int rows(int line, int[] rows) {
        int[] size = g.size();
        int[] output = g.output();
        int h = line % g.input()[1];
        int d = line / g.input()[1] % g.input()[0];
        int sample = line / g.input()[1] / g.input()[0];
        int count = 0;
        for (int taps = 0; taps < rows.length; taps++) {
            int z = window(0, d, taps / size[1]);
            int y = window(1, h, taps % size[1]);
            if (z >= 0 && y >= 0) {
                int windows = gap + ((sample * output[0] + z) * output[1] + y) * row;
                rows[count++] = windows * k + taps * size[2] * inputs;
            }
        }
        return count;
    }

    /**
     * Neighbouring pixels of a line that lie in the same taps of neighbouring windows.
     *
     * @param columns for each of these taps, behind what the row of windows sends, where the first pixel's is
     */
    private record Lane(int first, int count, int[] columns) {}

    private List<Lane> newLanes() {
        if (gap > 0) {
            int[] columns = IntStream.range(0, g.size()[2])
                    .map(tap -> (g.pad()[2] - tap * g.dilation()[2]) * k + tap * inputs)
                    .toArray();
            return List.of(new Lane(0, g.input()[2], columns));
        }
        List<Lane> all = new ArrayList<>();
        int width = g.input()[2];
        boolean joins = g.stride()[2] == 1 && kernels.length == 1;
        for (int first = 0, count; first < width; first += count) {
            int[] windows = windows(first);
            count = 1;
            while (joins && first + count < width && follows(windows, windows(first + count), count)) {
                count++;
            }
            int[] columns = IntStream.range(0, windows.length)
                    .filter(tap -> windows[tap] >= 0)
                    .map(tap -> windows[tap] * k + tap * inputs)
                    .toArray();
            all.add(new Lane(first, count, columns));
        }
        return all;
    }

    private int[] windows(int w) {
        int[] windows = new int[g.size()[2]];
        for (int tap = 0; tap < windows.length; tap++) {
            windows[tap] = window(2, w, tap);
        }
        return windows;
    }

    private static boolean follows(int[] windows, int[] others, int distance) {
        for (int tap = 0; tap < windows.length; tap++) {
            if (others[tap] != (windows[tap] < 0 ? -1 : windows[tap] + distance)) {
                return false;
            }
        }
        return true;
    }

    /** Which window has an element as its tap; -1 if none. */
    private int window(int axis, int position, int tap) {
        int start = position + g.pad()[axis] - tap * g.dilation()[axis];
        int window = start / g.stride()[axis];
        return start < 0 || start % g.stride()[axis] != 0 || window >= g.output()[axis] ? -1 : window;
    }
}
