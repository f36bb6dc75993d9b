package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Node;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.Value;
import dev.convoy.graph.Window;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import dev.convoy.spi.interpret.Uses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Convolution of float32 straight from the data, for layers that are too narrow to pay for packing patches into a matrix,
 * such as the first of a network. The data are laid out as {@link Planes} a band of rows at a time, from which
 * {@link PlaneRows} are computed. A max pooling that follows takes them while they are in cache or in registers.
 */
public final class PlaneConvolution implements Kernel {

    private static final int MOST_ELEMENTS = 32;
    private static final int MOST_OUTPUTS = 256;
    private static final int MOST_ELEMENTS_OF_NARROW = 160;
    private static final int NARROW = 64;
    private static final int FEWEST_TAPS = 4;
    private static final int FEWEST_COLUMNS = 4;

    /** Multiply-adds of one item. */
    private static final long GRAIN = 1 << 18;

    private static final Scratch SCRATCH = new Scratch();

    private final Engine engine;
    private final Geometry g;
    private final Epilogue epilogue;
    private final @Nullable Geometry pool;
    private final PlaneRows rows;
    private final Planes planes;
    private final int[] order;
    private final int pitch;
    private final boolean sharesWeights;
    private final float @Nullable [] constantWeights;
    private final int band;

    /**
     * @param step a convolution for which {@link #suits} holds, or what {@link #match} joined
     */
    PlaneConvolution(Step step, Engine engine) {
        this.engine = engine;
        g = geometry(step.first());
        boolean pooled = step.last().op() instanceof MaxPool;
        List<Node> contracting = pooled ? step.nodes().subList(0, step.nodes().size() - 1) : step.nodes();
        epilogue = Epilogue.of(new Step(contracting));
        pool = pooled ? geometry(step.last()) : null;
        rows = PlaneRows.of(g, pool);
        planes = rows.planes();
        order = rows.order();
        pitch = rows.pitch();
        sharesWeights = pitch == g.outputChannels()
                && Arrays.equals(order, IntStream.range(0, order.length).toArray());
        constantWeights = step.first()
                .input(1)
                .constant()
                .map(tensor -> packed(tensor.floats(), null))
                .orElse(null);
        band = band();
    }

    /** Rows of results that are computed from planes laid out together. */
    private int band() {
        int rows = pool == null ? g.output()[1] : pool.output()[1];
        int high = pool == null ? 1 : pool.stride()[1];
        long work = (long) g.output()[2] * high * g.taps() * g.inputChannels() * pitch;
        int worth = Math.clamp(GRAIN / Math.max(1, work), 1, Math.max(1, rows));
        while (worth > 1 && planes.size(worth * high) > Planes.MOST) {
            worth--;
        }
        return worth;
    }

    private static Geometry geometry(Node node) {
        Window window = node.op() instanceof MaxPool op ? op.window() : ((Convolution) node.op()).window();
        return Geometry.of(
                window, node.input(0).shape(), node.outputs().getFirst().shape());
    }

    /** Whether this is the kernel for a convolution of float32. */
    static boolean suits(Node node) {
        return ((Convolution) node.op()).groups() == 1 && suits(geometry(node));
    }

    /** Whether a convolution of one group has so few channels that it is computed from {@link Planes}. */
    static boolean suits(Geometry g) {
        long elements = (long) g.taps() * g.inputChannels();
        int outputs = g.outputChannels();
        boolean flat = g.input()[0] == 1 && g.output()[0] == 1 && g.size()[0] == 1;
        boolean few = elements <= MOST_ELEMENTS && outputs <= MOST_OUTPUTS
                || elements <= MOST_ELEMENTS_OF_NARROW && outputs <= NARROW;
        return flat
                && few
                && g.taps() >= FEWEST_TAPS
                && elements > 0
                && outputs > 0
                && g.output()[2] >= FEWEST_COLUMNS
                && g.stride()[2] <= FEWEST_COLUMNS;
    }

    /**
     * The fusion rule: what {@link Epilogue#match} joins to a convolution that suits, and a max pooling without padding
     * whose windows share no rows.
     */
    public static List<Node> match(Node first, Uses uses) {
        if (!(first.op() instanceof Convolution)) {
            return List.of();
        }
        List<Node> chain = Epilogue.match(first, uses);
        if (chain.isEmpty() || !suits(first)) {
            return List.of();
        }
        Optional<Node> next = uses.onlyUser(chain.getLast().output());
        if (next.isEmpty() || !pools(next.get(), uses)) {
            return List.of();
        }
        List<Node> joined = new ArrayList<>(chain);
        joined.add(next.get());
        return joined;
    }

    private static boolean pools(Node node, Uses uses) {
        if (!(node.op() instanceof MaxPool)) {
            return false;
        }
        Value indices = node.outputs().get(1);
        Geometry p = geometry(node);
        boolean inside = p.stride()[1] >= p.size()[1] && p.size()[0] == 1 && p.input()[0] == 1;
        for (int axis = 0; axis < 3; axis++) {
            int last = (p.output()[axis] - 1) * p.stride()[axis] + p.size()[axis];
            inside &= p.pad()[axis] == 0 && p.dilation()[axis] == 1 && last <= p.input()[axis];
        }
        return inside && !uses.leaves(indices) && uses.users(indices).isEmpty();
    }

    @Override
    public String describe() {
        return "few channels";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, g.outputChannels());
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX || constantWeights == null;
    }

    @Override
    public long packedBytes() {
        return constantWeights == null || sharesWeights ? 0 : (long) Float.BYTES * constantWeights.length;
    }

    @Override
    public @Nullable Object newWorkspace() {
        return constantWeights == null && !sharesWeights ? new float[order.length * pitch] : null;
    }

    /** Weights in their order, with rows of whole vectors; the array itself if it is so. */
    private float[] packed(float[] w, float @Nullable [] target) {
        if (sharesWeights) {
            return w;
        }
        int channels = g.outputChannels();
        float[] rows = target == null ? new float[order.length * pitch] : target;
        for (int e = 0; e < order.length; e++) {
            System.arraycopy(w, order[e] * channels, rows, e * pitch, channels);
        }
        return rows;
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] y = arguments.result();
        float[] w = constantWeights != null
                ? constantWeights
                : packed(arguments.floats(1), (float[]) arguments.workspaceOrNull());
        Finish finish = epilogue.finish(arguments, 0, g.outputChannels(), Planes.LANES);
        if (finish.bias() == null) {
            finish = new Finish(new float[pitch], finish.low(), finish.high());
        }
        PlaneRows.Line line = rows.line(engine.loops(), w, finish);
        int height = pool == null ? g.output()[1] : pool.output()[1];
        int bands = Math.ceilDiv(height, band);
        long work = (long) g.batch() * g.outputPixels() * order.length * pitch;
        engine.threads().forEach(g.batch() * bands, work, item -> {
            int first = item % bands * band;
            run(line, x, item / bands, first, Math.min(height, first + band), y, arguments.place());
        });
    }

    /** Computes rows {@code [first, last)} of the results of a sample. */
    private void run(PlaneRows.Line line, float[] x, int sample, int first, int last, float[] y, Place place) {
        int high = pool == null ? 1 : pool.stride()[1];
        int tall = pool == null ? 1 : pool.size()[1];
        int convolved = (last - first - 1) * high + tall;
        Geometry result = pool == null ? g : pool;
        int channels = g.outputChannels();
        int width = result.output()[2];
        int length = width * channels;
        int apart = place.pitch(channels);
        int laidOut = planes.size(convolved) + Planes.LANES;
        int spare = laidOut + length + rows.spill();
        float[] scratch = SCRATCH.array(spare + rows.spare());
        planes.fill(engine.loops(), x, sample, first * high, convolved, scratch);
        for (int r = first; r < last; r++) {
            int base = (r - first) * high * planes.step();
            int target = place.start() + (sample * result.output()[1] + r) * width * apart;
            if (apart == channels && (last - r - 1) * length >= rows.spill()) {
                line.compute(scratch, base, spare, y, target);
                continue;
            }
            line.compute(scratch, base, spare, scratch, laidOut);
            if (apart == channels) {
                System.arraycopy(scratch, laidOut, y, target, length);
            } else {
                engine.loops().copyRows(scratch, laidOut, channels, y, target, apart, channels, width);
            }
        }
    }
}
