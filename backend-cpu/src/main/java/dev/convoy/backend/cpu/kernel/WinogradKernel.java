package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Fetch;
import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Place;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Rows;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;
import dev.convoy.spi.interpret.Step;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by {@link Winograd}. The tiles of all samples are cut into blocks, of each of which the transformed data and
 * the sums fit in the second-level cache; many blocks are handed out as they are, of a few all threads work on each.
 * Weights that are no constants are transformed in each run: before the blocks if there are many, else as they are needed.
 */
final class WinogradKernel implements Kernel {

    private static final int BLOCK = WinogradLoops.BLOCK;
    private static final int STRIDE = WinogradLoops.STRIDE;

    /** Rows of weights that are transformed together; divides a block. */
    private static final int PART = BLOCK / 2;

    /** The most transformed weights that are kept for all tiles. */
    private static final int MOST_WEIGHTS = 1 << 22;

    /** Tiles of a block for every 64 channels: the more weights are read for a block, the more tiles should use them. */
    private static final int TILES = 14;

    private static final int ENOUGH_BLOCKS = 8;

    /** Multiply-adds that are worth a thread's while. */
    private static final long GRAIN = 200_000;

    /** Elements whose transform is worth a thread's while. */
    private static final int TRANSFORM_GRAIN = 1024;

    private static final float[] NONE = new float[0];
    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Winograd form;
    private final Geometry g;
    private final Engine engine;
    private final WinogradLoops loops;
    private final @Nullable Epilogue epilogue;
    private final WinogradWeights weights;
    private final WinogradTiles tiling;
    private final int inputs;
    private final int outputs;
    private final int panels;

    /**
     * @param loops of the machine
     * @param epilogue of a step; null for the gradient of the data
     */
    private WinogradKernel(
            Winograd form,
            Geometry g,
            Engine engine,
            WinogradLoops loops,
            @Nullable Epilogue epilogue,
            WinogradWeights weights) {
        this.form = form;
        this.g = g;
        this.engine = engine;
        this.loops = loops;
        this.epilogue = epilogue;
        this.weights = weights;
        tiling = new WinogradTiles(form, g);
        inputs = g.inputChannels();
        outputs = g.outputChannels();
        panels = weights.panels();
    }

    /** A convolution, with what follows it in its step. */
    static WinogradKernel convolution(Winograd form, Geometry g, Step step, Engine engine, WinogradLoops loops) {
        Value w = step.first().input(1);
        WinogradWeights weights =
                new WinogradWeights(form, loops, engine, w, g.inputChannels(), g.outputChannels(), false);
        return new WinogradKernel(form, g, engine, loops, Epilogue.of(step), weights);
    }

    /**
     * The gradient of the data of a convolution.
     *
     * @param g of the convolution with turned weights that it is; see {@link WinogradCost#turned}
     */
    static WinogradKernel inputGradient(Winograd form, Geometry g, Node node, Engine engine, WinogradLoops loops) {
        WinogradWeights weights =
                new WinogradWeights(form, loops, engine, node.input(1), g.inputChannels(), g.outputChannels(), true);
        return new WinogradKernel(form, g, engine, loops, null, weights);
    }

    /** Transformed weights, where a run needs all of them more than once. */
    @Override
    public @Nullable Object newWorkspace() {
        return weights.isConstant() || transformsPanels() ? null : new float[weights.size()];
    }

    /** Whether weights are transformed a panel at a time, as all of them would not stay in any cache. */
    private boolean transformsPanels() {
        return blocks() < ENOUGH_BLOCKS && weights.size() > MOST_WEIGHTS;
    }

    private int tilesOfBlock() {
        return TILES * Math.max(1, Math.max(inputs, outputs) / 64);
    }

    private int blocks() {
        return Math.ceilDiv(tiling.count(), tilesOfBlock());
    }

    @Override
    public String describe() {
        return "Winograd " + form;
    }

    @Override
    public boolean writesTo(dev.convoy.spi.interpret.Place place) {
        return epilogue != null && epilogue.writesTo(place, outputs);
    }

    @Override
    public boolean reads(int input) {
        return input != RightOperand.INDEX || !weights.isConstant();
    }

    @Override
    public long packedBytes() {
        return weights.packedBytes();
    }

    @Override
    public void run(Arguments arguments) {
        Finish finish = epilogue == null ? Finish.NONE : epilogue.finish(arguments, 0, outputs, loops.panelWidth());
        float[] w = weights.isConstant() ? NONE : arguments.floats(1);
        int tiles = tiling.count();
        int blocks = blocks();
        boolean alone = !weights.isConstant() && transformsPanels();
        float[] u = alone ? w : weights.transformed(w, (float[]) arguments.workspaceOrNull());
        if (blocks >= ENOUGH_BLOCKS) {
            int size = tilesOfBlock();
            engine.threads().forEach(blocks, i -> {
                int first = i * size;
                Block block = new Block(arguments, finish, first, Math.min(size, tiles - first));
                block.transformData(0, block.tiles);
                for (int product = 0; product < form.products(); product++) {
                    block.multiply(u, product, 0, panels);
                }
                block.transformSums(0, block.tiles);
            });
            return;
        }
        Block block = new Block(arguments, finish, 0, tiles);
        engine.threads().range(tiles, Math.max(1, TRANSFORM_GRAIN / inputs), block::transformData);
        if (alone) {
            engine.threads().forEach(panels, panel -> block.multiply(w, panel));
        } else {
            int group = Math.clamp(GRAIN / ((long) block.rows * inputs * loops.panelWidth()), 1, panels);
            int groups = Math.ceilDiv(panels, group);
            engine.threads().forEach(form.products() * groups, i -> {
                int first = i % groups * group;
                block.multiply(u, i / groups, first, Math.min(panels, first + group));
            });
        }
        engine.threads().range(tiles, Math.max(1, TRANSFORM_GRAIN / outputs), block::transformSums);
    }

    /** Memory of a thread. */
    private static final class Scratch {

        private float[] data = {};
        private float[] sums = {};
        private float[] edge = {};
        private float[] weights = {};

        private static float[] atLeast(float[] array, int size) {
            return array.length >= size ? array : new float[size];
        }
    }

    /** Neighbouring tiles, their transformed data and their sums. */
    private final class Block {

        private final float[] x;
        private final float[] y;
        private final int start;
        private final int pitch;
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
            start = arguments.place().start();
            pitch = arguments.place().pitch(outputs);
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
            float[] edge = edge(form.products() * inputs);
            for (int tile = from; tile < to; tile++) {
                Place data = tiling.data(x, first + tile, edge);
                loops.transformData(form, data, inputs, new Rows(v, tile * STRIDE, dataSize, rows * STRIDE));
            }
        }

        /** A product with some panels of transformed weights. */
        void multiply(float[] u, int product, int fromPanel, int toPanel) {
            boolean several = loops.tileHeight(tiles) < tiles;
            for (int k = 0; k < inputs; k += BLOCK) {
                int length = Math.min(BLOCK, inputs - k);
                for (int panel = fromPanel; panel < toPanel; panel++) {
                    int ut = weights.panel(product, panel) + k * loops.panelWidth();
                    if (several) {
                        Fetch.lines(u, ut, ut + length * loops.panelWidth());
                    }
                    multiply(product, panel, k, length, u, ut);
                }
            }
        }

        /** All products with a panel of weights, which are transformed as they are needed. */
        void multiply(float[] w, int panel) {
            int width = loops.panelWidth();
            Scratch scratch = SCRATCH.get();
            float[] u = scratch.weights = Scratch.atLeast(scratch.weights, form.products() * PART * width);
            for (int k = 0; k < inputs; k += PART) {
                int length = Math.min(PART, inputs - k);
                weights.transform(w, panel, k, k + length, new Rows(u, 0, PART * width, 0));
                for (int product = 0; product < form.products(); product++) {
                    multiply(product, panel, k, length, u, product * PART * width);
                }
            }
        }

        /** Adds the products for some k of one block to those of the ones before. */
        private void multiply(int product, int panel, int k, int length, float[] u, int ut) {
            int vt = product * dataSize + k / BLOCK * rows * STRIDE + k % BLOCK;
            int mt = product * sumSize + panel * loops.panelWidth();
            for (int row = 0, height; row < tiles; row += height) {
                height = loops.tileHeight(tiles - row);
                int source = vt + row * STRIDE;
                int target = mt + row * sumStride;
                loops.multiply(height, v, source, u, ut, length, k == 0, m, target, sumStride);
            }
        }

        void transformSums(int from, int to) {
            int width = g.output()[2];
            int n = form.outputs();
            for (int tile = from; tile < to; tile++) {
                Rows sums = new Rows(m, tile * sumStride, sumSize, 0);
                int top = tiling.top(first + tile);
                int left = tiling.left(first + tile);
                int height = Math.min(n, g.output()[1] - top);
                int columns = Math.min(n, width - left);
                int at = start + tiling.place(first + tile) * pitch;
                float[] added = finish.addend();
                if (height == n && columns == n) {
                    Place whole = new Place(y, at, width * pitch, pitch);
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
                for (int i = 0; i < height; i++) {
                    copy(edge, i * n * outputs, outputs, y, at + i * width * pitch, pitch, columns, outputs);
                }
            }
        }

        private static void copy(
                float[] source, int from, int fromStride, float[] target, int to, int toStride, int rows, int length) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(source, from + i * fromStride, target, to + i * toStride, length);
            }
        }

        private static float[] edge(int size) {
            Scratch scratch = SCRATCH.get();
            scratch.edge = Scratch.atLeast(scratch.edge, size);
            return scratch.edge;
        }
    }
}
