package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Place;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Rows;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;

/**
 * Convolution by {@link Winograd} with constant weights. The tiles of all samples are cut into blocks, of each of which
 * the transformed data and the sums fit in the second-level cache; many blocks are handed out as they are, of a few all
 * threads work on each.
 */
final class WinogradKernel implements Kernel {

    private static final int BLOCK = WinogradLoops.BLOCK;
    private static final int STRIDE = WinogradLoops.STRIDE;

    /** Tiles of a block for every 64 channels: the more weights are read for a block, the more tiles should use them. */
    private static final int TILES = 14;

    private static final int ENOUGH_BLOCKS = 8;

    /** Multiply-adds that are worth a thread's while. */
    private static final long GRAIN = 200_000;

    /** Elements whose transform is worth a thread's while. */
    private static final int TRANSFORM_GRAIN = 1024;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Winograd form;
    private final Geometry g;
    private final Engine engine;
    private final WinogradLoops loops;
    private final Epilogue epilogue;
    private final Panels weights;
    private final int inputs;
    private final int outputs;
    private final int panels;
    private final int tilesDown;
    private final int tilesAcross;

    /**
     * @param loops of the machine
     */
    WinogradKernel(Winograd form, Geometry g, Step step, Engine engine, WinogradLoops loops) {
        this.form = form;
        this.g = g;
        this.engine = engine;
        this.loops = loops;
        epilogue = Epilogue.of(step);
        inputs = g.inputChannels();
        outputs = g.outputChannels();
        panels = Math.ceilDiv(outputs, loops.panelWidth());
        tilesDown = Math.ceilDiv(g.output()[1], form.outputs());
        tilesAcross = Math.ceilDiv(g.output()[2], form.outputs());
        Tensor w = step.first().input(1).constant().orElseThrow();
        weights = engine.packed().get(w, form, () -> pack(w.floats()));
    }

    /** The transformed weights: for each product its panels, {@code [products, panels, inputs, panel width]}. */
    private Panels pack(float[] w) {
        int width = loops.panelWidth();
        float[] packed = new float[Math.multiplyExact(form.products() * inputs, panels * width)];
        engine.threads().range(inputs, Math.max(1, TRANSFORM_GRAIN / outputs), (from, to) -> {
            float[] u = new float[form.products()];
            for (int c = from; c < to; c++) {
                for (int o = 0; o < outputs; o++) {
                    int first = c * outputs + o;
                    int tap = inputs * outputs;
                    form.transformWeights(w, (row, column) -> first + (row * Winograd.WINDOW + column) * tap, u);
                    for (int i = 0; i < u.length; i++) {
                        packed[panel(i, o / width) + c * width + o % width] = u[i];
                    }
                }
            }
        });
        return new Panels(form.products() * inputs, outputs, width, packed);
    }

    private int panel(int product, int panel) {
        return (product * panels + panel) * inputs * loops.panelWidth();
    }

    @Override
    public String describe() {
        return "Winograd " + form;
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX;
    }

    @Override
    public long packedBytes() {
        return weights.bytes();
    }

    @Override
    public void run(Arguments arguments) {
        Finish finish = epilogue.finish(arguments, 0, outputs, loops.panelWidth());
        int tiles = g.batch() * tilesDown * tilesAcross;
        int size = TILES * Math.max(1, Math.max(inputs, outputs) / 64);
        int blocks = Math.ceilDiv(tiles, size);
        if (blocks >= ENOUGH_BLOCKS) {
            engine.threads().forEach(blocks, i -> {
                int first = i * size;
                Block block = new Block(arguments, finish, first, Math.min(size, tiles - first));
                block.transformData(0, block.tiles);
                block.multiply(0, form.products(), 0, panels);
                block.transformSums(0, block.tiles);
            });
            return;
        }
        Block block = new Block(arguments, finish, 0, tiles);
        engine.threads().range(tiles, Math.max(1, TRANSFORM_GRAIN / inputs), block::transformData);
        int group = Math.clamp(GRAIN / ((long) block.rows * inputs * loops.panelWidth()), 1, panels);
        int groups = Math.ceilDiv(panels, group);
        engine.threads().forEach(form.products() * groups, i -> {
            int product = i / groups;
            int first = i % groups * group;
            block.multiply(product, product + 1, first, Math.min(panels, first + group));
        });
        engine.threads().range(tiles, Math.max(1, TRANSFORM_GRAIN / outputs), block::transformSums);
    }

    /** Memory of a thread. */
    private static final class Scratch {

        private float[] data = {};
        private float[] sums = {};
        private float[] edge = {};

        private static float[] atLeast(float[] array, int size) {
            return array.length >= size ? array : new float[size];
        }
    }

    /** Neighbouring tiles, their transformed data and their sums. */
    private final class Block {

        private final float[] x;
        private final float[] y;
        private final Finish finish;
        private final int first;
        private final int tiles;
        private final int rows;
        private final float[] v;
        private final float[] m;
        private final int dataSize;
        private final int sumSize;
        private final int sumStride;

        Block(Arguments arguments, Finish finish, int first, int tiles) {
            x = arguments.floats(0);
            y = arguments.result();
            this.finish = finish;
            this.first = first;
            this.tiles = tiles;
            int height = 0;
            while (height < tiles) {
                height += loops.tileHeight(tiles - height);
            }
            rows = height;
            dataSize = Math.ceilDiv(inputs, BLOCK) * rows * STRIDE;
            sumStride = panels * loops.panelWidth();
            sumSize = rows * sumStride;
            Scratch scratch = SCRATCH.get();
            v = scratch.data = Scratch.atLeast(scratch.data, form.products() * dataSize);
            m = scratch.sums = Scratch.atLeast(scratch.sums, form.products() * sumSize);
        }

        void transformData(int from, int to) {
            for (int tile = from; tile < to; tile++) {
                loops.transformData(
                        form, data(first + tile), inputs, new Rows(v, tile * STRIDE, dataSize, rows * STRIDE));
            }
        }

        void multiply(int fromProduct, int toProduct, int fromPanel, int toPanel) {
            float[] u = (float[]) weights.data();
            for (int product = fromProduct; product < toProduct; product++) {
                for (int k = 0; k < inputs; k += BLOCK) {
                    int length = Math.min(BLOCK, inputs - k);
                    int vt = product * dataSize + k / BLOCK * rows * STRIDE;
                    for (int panel = fromPanel; panel < toPanel; panel++) {
                        int ut = panel(product, panel) + k * loops.panelWidth();
                        int mt = product * sumSize + panel * loops.panelWidth();
                        for (int row = 0, height; row < tiles; row += height) {
                            height = loops.tileHeight(tiles - row);
                            int source = vt + row * STRIDE;
                            int target = mt + row * sumStride;
                            loops.multiply(height, v, source, u, ut, length, k == 0, m, target, sumStride);
                        }
                    }
                }
            }
        }

        void transformSums(int from, int to) {
            int width = g.output()[2];
            int n = form.outputs();
            for (int tile = from; tile < to; tile++) {
                Rows sums = new Rows(m, tile * sumStride, sumSize, 0);
                int top = top(first + tile);
                int left = left(first + tile);
                int height = Math.min(n, g.output()[1] - top);
                int columns = Math.min(n, width - left);
                int at = ((sample(first + tile) * g.output()[1] + top) * width + left) * outputs;
                float[] added = finish.addend();
                if (height == n && columns == n) {
                    Place whole = new Place(y, at, width * outputs, outputs);
                    Place addend = added == null ? null : new Place(added, at, width * outputs, outputs);
                    loops.transformSums(form, sums, outputs, finish, addend, whole);
                    continue;
                }
                int size = n * n * outputs;
                float[] edge = edge(2 * size);
                Place part = new Place(edge, 0, n * outputs, outputs);
                Place addend = added == null ? null : new Place(edge, size, n * outputs, outputs);
                if (added != null) {
                    copy(added, at, width * outputs, edge, size, n * outputs, height, columns * outputs);
                }
                loops.transformSums(form, sums, outputs, finish, addend, part);
                copy(edge, 0, n * outputs, y, at, width * outputs, height, columns * outputs);
            }
        }

        private static void copy(
                float[] source, int from, int fromStride, float[] target, int to, int toStride, int rows, int length) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(source, from + i * fromStride, target, to + i * toStride, length);
            }
        }

        /** The data under a tile; what reaches over an edge of the image is a copy with zeros. */
        private Place data(int tile) {
            int n = form.inputs();
            int height = g.input()[1];
            int width = g.input()[2];
            int top = top(tile) - g.pad()[1];
            int left = left(tile) - g.pad()[2];
            int at = ((sample(tile) * height + top) * width + left) * inputs;
            if (top >= 0 && top + n <= height && left >= 0 && left + n <= width) {
                return new Place(x, at, width * inputs, inputs);
            }
            Place edge = new Place(edge(n * n * inputs), 0, n * inputs, inputs);
            Arrays.fill(edge.array(), 0, n * n * inputs, 0);
            int from = Math.max(0, -left);
            int to = Math.min(n, width - left);
            for (int i = Math.max(0, -top); i < Math.min(n, height - top) && from < to; i++) {
                int source = at + (i * width + from) * inputs;
                System.arraycopy(x, source, edge.array(), (i * n + from) * inputs, (to - from) * inputs);
            }
            return edge;
        }

        private static float[] edge(int size) {
            Scratch scratch = SCRATCH.get();
            scratch.edge = Scratch.atLeast(scratch.edge, size);
            return scratch.edge;
        }

        private int sample(int tile) {
            return tile / (tilesDown * tilesAcross);
        }

        private int top(int tile) {
            return tile / tilesAcross % tilesDown * form.outputs();
        }

        private int left(int tile) {
            return tile % tilesAcross * form.outputs();
        }
    }
}
