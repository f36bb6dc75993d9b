package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Node;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.spi.interpret.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolutions one after the other, each of which takes the rows of the one before while they are in the cache. A thread
 * walks down a band of the last one's rows and keeps of the others what the windows of the next rows still see; rows that
 * two bands need are computed for each of them, to the same bits.
 */
final class Bands implements Kernel {

    private static final int ROW = 1;
    private static final int COLUMN = 2;

    /** About how many windows of the last convolution are computed at once: four tiles of a matrix product. */
    private static final int WINDOWS = 56;

    /** Bands for a thread, so that threads end at about the same time. */
    private static final int BANDS = 2;

    /** Fewest rows of a band. */
    private static final int FEWEST_ROWS = 4;

    private static final Scratch SCRATCH = new Scratch();

    /** Where rows of a result that only the next convolution takes are kept: how many, and how long. */
    private record Buffer(int start, int rows, int row) {}

    private final Engine engine;
    private final List<BandStage> stages = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final Geometry last;
    private final Epilogue epilogue;
    private final int together;
    private final int scratch;
    private final long work;

    /**
     * @param step convolutions that {@link BandRule} joined, each with what {@link Epilogue} joins to it
     */
    Bands(Step step, Engine engine) {
        this.engine = engine;
        int shift = 0;
        long sum = 0;
        List<Step> parts = parts(step);
        for (Step part : parts) {
            BandStage stage = BandRule.stage(part, shift, engine);
            stages.add(stage);
            shift += part.inputs().size() - 1;
            sum += BandRule.work(part.first());
        }
        work = sum;
        last = stages.getLast().geometry();
        epilogue = Epilogue.of(parts.getLast());
        together = Math.ceilDiv(WINDOWS, Math.max(1, last.output()[COLUMN]));
        int rows = together;
        int length = 0;
        for (int i = stages.size() - 1; i > 0; i--) {
            Geometry g = stages.get(i).geometry();
            rows = (rows - 1) * g.stride()[ROW] + (g.size()[ROW] - 1) * g.dilation()[ROW] + 1;
            int row = g.input()[COLUMN] * g.inputChannels();
            int kept = Math.min(g.input()[ROW], 2 * rows);
            buffers.addFirst(new Buffer(length, kept, row));
            length += kept * row;
        }
        scratch = length;
    }

    /** The parts of a step, each of which begins with a convolution. */
    private static List<Step> parts(Step step) {
        List<List<Node>> parts = new ArrayList<>();
        for (Node node : step.nodes()) {
            if (node.op() instanceof Convolution) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(node);
        }
        return parts.stream().map(Step::new).toList();
    }

    @Override
    public String describe() {
        return stages.size() + " convolutions in bands";
    }

    @Override
    public boolean writesTo(Place place) {
        return epilogue.writesTo(place, last.outputChannels());
    }

    @Override
    public boolean reads(int input) {
        return stages.stream().allMatch(stage -> stage.reads(input));
    }

    @Override
    public long packedBytes() {
        return stages.stream().mapToLong(BandStage::packedBytes).sum();
    }

    @Override
    public void run(Arguments arguments) {
        List<BandStage.Rows> rows =
                stages.stream().map(stage -> stage.rows(arguments)).toList();
        int high = last.output()[ROW];
        int threads = engine.threads().count();
        int wanted = threads == 1 ? 1 : Math.ceilDiv(BANDS * threads, Math.max(1, last.batch()));
        int band = Math.max(FEWEST_ROWS, Math.ceilDiv(high, wanted));
        int bands = Math.ceilDiv(high, band);
        engine.threads().forEach(last.batch() * bands, work, item -> {
            Walk walk = new Walk(arguments, rows, item / bands);
            int end = Math.min(high, (item % bands + 1) * band);
            for (int row = item % bands * band; row < end; row += together) {
                walk.finish(row, Math.min(end, row + together));
            }
        });
    }

    /** The way down a band of one sample. */
    private final class Walk {

        private final Arguments arguments;
        private final List<BandStage.Rows> stages;
        private final int sample;
        private final float[] kept = SCRATCH.array(scratch);

        /** Of each buffer the rows that are in it. */
        private final int[] first = new int[buffers.size()];

        private final int[] end = new int[buffers.size()];

        Walk(Arguments arguments, List<BandStage.Rows> stages, int sample) {
            this.arguments = arguments;
            this.stages = stages;
            this.sample = sample;
        }

        /** Computes rows of the last result. */
        void finish(int from, int to) {
            Place place = arguments.place();
            int pitch = place.pitch(last.outputChannels());
            int start = place.start() + sample * last.outputPixels() * pitch;
            compute(buffers.size(), from, to, arguments.result(), start, pitch);
        }

        private void compute(int stage, int from, int to, float[] y, int start, int pitch) {
            Geometry g = Bands.this.stages.get(stage).geometry();
            if (stage == 0) {
                int data = sample * g.inputPixels() * g.inputChannels();
                stages.getFirst().compute(arguments.floats(0), data, from, to, y, start, pitch);
                return;
            }
            require(stage - 1, g.firstInput(ROW, from), g.endInput(ROW, to));
            stages.get(stage).compute(kept, origin(stage - 1), from, to, y, start, pitch);
        }

        /** Where row 0 of a result would be if all its rows were kept. */
        private int origin(int stage) {
            Buffer buffer = buffers.get(stage);
            return buffer.start() - first[stage] * buffer.row();
        }

        /** Sees to it that rows of a result are there; those before are not needed any more. */
        private void require(int stage, int from, int to) {
            int begin = Math.max(from, end[stage]);
            if (begin >= to) {
                return;
            }
            Buffer buffer = buffers.get(stage);
            if (to - first[stage] > buffer.rows()) {
                if (end[stage] > from) {
                    int rest = (end[stage] - from) * buffer.row();
                    System.arraycopy(kept, origin(stage) + from * buffer.row(), kept, buffer.start(), rest);
                }
                first[stage] = from;
            }
            int channels = Bands.this.stages.get(stage).geometry().outputChannels();
            compute(stage, begin, to, kept, origin(stage), channels);
            end[stage] = to;
        }
    }
}
