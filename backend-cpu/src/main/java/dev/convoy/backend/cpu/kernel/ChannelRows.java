package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.machine.VectorWidth;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Rows whose windows are computed one by one, all output channels of an element at once. */
final class ChannelRows implements PlaneRows {

    private final Geometry g;
    private final Planes planes;
    private final int[] order;
    private final int[] offsets;
    private final int pitch;
    private final ChannelLoops.@Nullable Pooling pooling;

    ChannelRows(Geometry g, @Nullable Geometry pool) {
        this.g = g;
        planes = new Planes(g);
        order = planes.order();
        offsets = Arrays.stream(order).map(e -> planes.offsets()[e]).toArray();
        pitch = planes.pitch();
        pooling = pool == null ? null : pooling(g, pool);
    }

    private static PlaneLoops.Pooling pooling(Geometry g, Geometry pool) {
        int channels = g.outputChannels();
        return new PlaneLoops.Pooling(
                pool.size()[1], pool.size()[2], pool.stride()[2], channels, g.output()[2] * channels, pool.output()[2]);
    }

    @Override
    public Planes planes() {
        return planes;
    }

    @Override
    public int[] order() {
        return order;
    }

    @Override
    public int pitch() {
        return pitch;
    }

    @Override
    public int spill() {
        return pitch - g.outputChannels();
    }

    @Override
    public int spare() {
        return pooling == null || halves() ? 0 : pooling.tall() * pooling.length() + pitch;
    }

    /** Tiles of two rows and five weights need more registers than go with narrower vectors. */
    private boolean halves() {
        boolean fits = planes.together() == 3 || planes.together() == 5 && VectorWidth.LANES >= Planes.LANES;
        return pooling != null && pooling.halves() && fits;
    }

    @Override
    public Line line(ChannelLoops loops, float[] w, Finish finish) {
        int windows = pooling != null && halves() ? 2 * pooling.windows() : g.output()[2];
        PlaneLoops.Row row =
                new PlaneLoops.Row(offsets, planes.together(), w, g.outputChannels(), pitch, finish, windows);
        if (pooling == null) {
            return (scratch, base, _, y, at) -> loops.convolved(row, scratch, base, y, at);
        }
        if (halves()) {
            return (scratch, base, _, y, at) -> loops.halved(row, planes.step(), scratch, base, y, at);
        }
        PlaneLoops.Pooling windowsOfPool = pooling;
        PlaneLoops.Row sums = row.withoutBounds();
        return (scratch, base, spare, y, at) -> {
            for (int r = 0; r < windowsOfPool.tall(); r++) {
                int to = spare + r * windowsOfPool.length();
                loops.convolved(sums, scratch, base + r * planes.step(), scratch, to);
            }
            loops.pooled(windowsOfPool, finish, scratch, spare, y, at);
        };
    }
}
