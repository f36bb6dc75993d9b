package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.machine.VectorWidth;
import java.util.stream.IntStream;

/**
 * Rows of few output channels, which would fill but a part of a vector, with a max pooling of squares of two by two:
 * {@link PlaneLoops.Pairs}.
 */
final class PairRows implements PlaneRows {

    private static final int COLUMN = 2;

    private final Geometry g;
    private final Planes planes;
    private final int[] left;
    private final int[] right;
    private final int pitch;

    /**
     * @param g a convolution which, with its pooling, {@link #suits}
     */
    PairRows(Geometry g) {
        this.g = g;
        planes = new Planes(g.inPairs());
        left = offsets(0);
        right = offsets(1);
        pitch = pitch(g.outputChannels());
    }

    /** Whether vectors of pairs are better filled than those of channels, and by enough to pay for rearranging results. */
    static boolean suits(Geometry g, Geometry pool) {
        int pairs = pool.output()[COLUMN];
        int computed = Math.ceilDiv(pairs, PlaneLoops.PAIRS) * PlaneLoops.PAIRS;
        boolean halves = pool.size()[1] == 2 && pool.size()[COLUMN] == 2 && pool.stride()[COLUMN] == 2;
        return halves
                && VectorWidth.LANES == PlaneLoops.PAIRS
                && g.outputChannels() <= PlaneLoops.PAIR_CHANNELS
                && g.stride()[COLUMN] == 1
                && g.dilation()[COLUMN] == 1
                && computed * pitch(g.outputChannels()) <= pairs * VectorWidth.LANES * 3 / 4;
    }

    private static int pitch(int channels) {
        return Math.max(4, Math.ceilDiv(channels, 2) * 2);
    }

    /** Where the elements of the left (0) or right (1) windows lie: in the windows of a pair, as many columns further. */
    private int[] offsets(int column) {
        int columns = g.size()[COLUMN];
        int channels = g.inputChannels();
        return IntStream.range(0, g.taps() * channels)
                .map(e -> e + (e / (columns * channels) + column) * channels)
                .map(e -> planes.offsets()[e])
                .toArray();
    }

    @Override
    public Planes planes() {
        return planes;
    }

    @Override
    public int[] order() {
        return IntStream.range(0, left.length).toArray();
    }

    @Override
    public int pitch() {
        return pitch;
    }

    @Override
    public int spill() {
        int computed = Math.ceilDiv(count(), PlaneLoops.PAIRS) * PlaneLoops.PAIRS;
        return (computed - count()) * g.outputChannels() + PlaneLoops.PAIRS;
    }

    @Override
    public int spare() {
        return PlaneLoops.PAIR_CHANNELS * PlaneLoops.PAIRS;
    }

    @Override
    public Line line(ChannelLoops loops, float[] w, Finish finish) {
        int channels = g.outputChannels();
        PlaneLoops.Pairs pairs = new PlaneLoops.Pairs(left, right, w, channels, pitch, finish, count());
        return (scratch, base, spare, y, at) -> loops.halved(pairs, planes.step(), scratch, base, spare, y, at);
    }

    private int count() {
        return g.output()[COLUMN] / 2;
    }
}
