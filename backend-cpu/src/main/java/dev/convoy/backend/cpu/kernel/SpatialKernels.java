package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.kernel.StripLoops.Strip;
import dev.convoy.backend.cpu.thread.Threads;
import dev.convoy.graph.Node;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.SpatialOp.AvgPool;
import dev.convoy.graph.SpatialOp.AvgPoolGrad;
import dev.convoy.graph.SpatialOp.MaxPool;
import dev.convoy.graph.SpatialOp.MaxPoolGrad;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Place;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kernels of {@link SpatialOp} with channels last. */
public final class SpatialKernels {

    private static final int GRAIN = 1 << 14;
    private static final int CHANNEL_BLOCK = 64;

    private SpatialKernels() {}

    public static Kernel of(SpatialOp op, Node node, Engine engine) {
        Threads threads = engine.threads();
        Shape x = node.input(0).shape();
        Shape y = node.output().shape();
        return switch (op) {
            case MaxPool pool
            when node.input(0).spec().type() == DataType.INT32 ->
                maxPoolInts(Geometry.of(pool.window(), x, y), threads);
            case MaxPool pool -> maxPool(Geometry.of(pool.window(), x, y), engine);
            case MaxPoolGrad _ -> maxPoolGrad(node, threads);
            case AvgPool pool -> avgPool(pool, Geometry.of(pool.window(), x, y), engine);
            case AvgPoolGrad(AvgPool pool, var _) -> avgPoolGrad(pool, Geometry.of(pool.window(), y, x), threads);
        };
    }

    private static int grain(Geometry g) {
        return Math.max(1, GRAIN / (g.taps() * Math.max(1, g.inputChannels())));
    }

    private static Kernel maxPoolInts(Geometry g, Threads threads) {
        return arguments -> {
            long[] indices = arguments.wants(1) ? (long[]) arguments.output(1) : null;
            int[] y = arguments.wants(0) ? (int[]) arguments.output(0) : null;
            maxInts(g, threads, (int[]) arguments.input(0), y, indices);
        };
    }

    private static Kernel maxPool(Geometry g, Engine engine) {
        int windows = g.outputPixels();
        int c = g.inputChannels();
        Optional<Strips> strips = Strips.suit(g) ? Optional.of(new Strips(g)) : Optional.empty();
        return new RowKernel(c, arguments -> {
            float[] x = arguments.floats(0);
            long[] indices = arguments.wants(1) ? (long[]) arguments.output(1) : null;
            float[] y = arguments.wants(0) ? arguments.result() : null;
            if (indices == null && strips.isPresent()) {
                Strip strip = strips.get().strip();
                strips.get()
                        .forEach(
                                engine,
                                x,
                                arguments.result(),
                                arguments.place(),
                                (_, rows, data, base, target, at) ->
                                        engine.loops().max(strip, rows, data, base, target, at));
                return;
            }
            float[] maxima = y == null ? new float[g.batch() * windows * c] : y;
            forEachRun(g, arguments.place(), engine.threads(), (taps, run) -> {
                if (indices == null) {
                    engine.loops().max(x, run, maxima);
                } else {
                    engine.loops().max(x, run, taps.pixels(), maxima, indices);
                }
            });
        });
    }

    private static void maxInts(Geometry g, Threads threads, int[] x, int @Nullable [] y, long @Nullable [] indices) {
        int windows = g.outputPixels();
        int c = g.inputChannels();
        threads.range(g.batch() * windows, grain(g), (from, to) -> {
            Taps taps = new Taps(g);
            int[] best = new int[c];
            for (int window = from; window < to; window++) {
                taps.moveTo(window % windows);
                int base = taps.start(window);
                maxInt(x, base, taps, best);
                for (int j = 0; j < c; j++) {
                    int pixel = taps.pixel(best[j]);
                    if (y != null) {
                        y[window * c + j] = x[base + pixel * c + j];
                    }
                    if (indices != null) {
                        indices[window * c + j] = pixel;
                    }
                }
            }
        });
    }

    @FunctionalInterface
    private interface RunLoop {
        void run(Taps taps, ChannelLoops.Run run);
    }

    private static void forEachRun(Geometry g, Place place, Threads threads, RunLoop loop) {
        int windows = g.outputPixels();
        threads.range(g.batch() * windows, grain(g), (from, to) -> {
            Taps taps = new Taps(g);
            for (int window = from, run; window < to; window += run) {
                taps.moveTo(window % windows);
                run = Math.min(taps.run(), to - window);
                loop.run(taps, taps.run(window, run, place));
            }
        });
    }

    /** Finds for each channel which tap is the largest, the first of equals. */
    private static void maxInt(int[] x, int base, Taps taps, int[] best) {
        int c = best.length;
        Arrays.fill(best, 0);
        for (int tap = 1; tap < taps.count(); tap++) {
            int at = base + taps.pixel(tap) * c;
            for (int j = 0; j < c; j++) {
                if (x[at + j] > x[base + taps.pixel(best[j]) * c + j]) {
                    best[j] = tap;
                }
            }
        }
    }

    private static Kernel maxPoolGrad(Node node, Threads threads) {
        Shape dy = node.input(0).shape();
        Shape dx = node.output().shape();
        int c = dy.size(-1);
        int sources = Math.toIntExact(dy.slice(1, dy.rank() - 1).elements());
        int targets = Math.toIntExact(dx.slice(1, dx.rank() - 1).elements());
        int channelBlocks = Math.ceilDiv(c, CHANNEL_BLOCK);
        long work = (long) dx.size(0) * (sources + targets) * c;
        return arguments -> {
            float[] gradient = arguments.floats(0);
            long[] indices = (long[]) arguments.input(1);
            float[] y = arguments.result();
            threads.forEach(dx.size(0) * channelBlocks, work, item -> {
                int n = item / channelBlocks;
                int first = item % channelBlocks * CHANNEL_BLOCK;
                int last = Math.min(c, first + CHANNEL_BLOCK);
                int start = n * targets * c;
                clear(y, start, targets, c, first, last);
                for (int source = 0; source < sources; source++) {
                    int at = (n * sources + source) * c;
                    for (int j = first; j < last; j++) {
                        long target = indices[at + j];
                        if (target < 0 || target >= targets) {
                            throw IndexingKernels.outside(node, target, targets, "C3");
                        }
                        y[start + (int) target * c + j] += gradient[at + j];
                    }
                }
            });
        };
    }

    /** Sets some channels of pixels that lie one after the other to zero. */
    private static void clear(float[] y, int start, int pixels, int c, int first, int last) {
        if (last - first == c) {
            Arrays.fill(y, start, start + pixels * c, 0);
            return;
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            Arrays.fill(y, start + pixel * c + first, start + pixel * c + last, 0);
        }
    }

    private static Kernel avgPool(AvgPool op, Geometry g, Engine engine) {
        return new RowKernel(g.inputChannels(), arguments -> {
            float[] x = arguments.floats(0);
            float[] y = arguments.result();
            forEachRun(
                    g,
                    arguments.place(),
                    engine.threads(),
                    (taps, run) -> engine.loops().mean(x, run, divisor(op, taps), y));
        });
    }

    private static float divisor(AvgPool op, Taps taps) {
        if (op.divisorOverride() > 0) {
            return op.divisorOverride();
        }
        return op.countIncludePad() ? taps.paddedCount() : taps.count();
    }

    private static Kernel avgPoolGrad(AvgPool op, Geometry g, Threads threads) {
        int windows = g.outputPixels();
        int c = g.inputChannels();
        int channelBlocks = Math.ceilDiv(c, CHANNEL_BLOCK);
        return arguments -> {
            float[] dy = arguments.floats(0);
            float[] dx = arguments.result();
            Arrays.fill(dx, 0, g.batch() * g.inputPixels() * c, 0);
            threads.forEach(g.batch() * channelBlocks, item -> {
                int n = item / channelBlocks;
                int first = item % channelBlocks * CHANNEL_BLOCK;
                int last = Math.min(c, first + CHANNEL_BLOCK);
                Taps taps = new Taps(g);
                for (int window = 0; window < windows; window++) {
                    taps.moveTo(window);
                    float divisor = divisor(op, taps);
                    int source = (n * windows + window) * c;
                    for (int tap = 0; tap < taps.count(); tap++) {
                        int target = (n * g.inputPixels() + taps.pixel(tap)) * c;
                        for (int j = first; j < last; j++) {
                            dx[target + j] += dy[source + j] / divisor;
                        }
                    }
                }
            });
        };
    }
}
