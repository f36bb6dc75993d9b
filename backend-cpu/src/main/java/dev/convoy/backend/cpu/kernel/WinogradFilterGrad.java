package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Finish;
import dev.convoy.backend.cpu.gemm.MicroKernel;
import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Place;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Rows;
import dev.convoy.spi.interpret.Arguments;
import dev.convoy.spi.interpret.Kernel;

/**
 * The gradient of the kernel of a convolution by {@link Winograd}: for each product of a tile a matrix product of
 * transformed data, {@code [channels, tiles]}, and transformed gradients, {@code [tiles, outputs]}. Where there are many
 * tiles, parts of them are summed next to each other, each on one thread, and then the parts in order; the parts depend on
 * the shapes alone. Where there are few, threads share the channels.
 */
final class WinogradFilterGrad implements Kernel {

    private static final int TAPS = Winograd.WINDOW * Winograd.WINDOW;

    /** Floats from one tile to the next in the transformed data of a strip of channels. */
    private static final int PITCH = 16;

    /** Transformed elements of a part, so that they stay in the second-level cache or near it. */
    private static final int PART = 1 << 18;

    private static final int FEWEST_TILES = 48;
    private static final int FEWEST_PARTS = 4;

    /** Strips of channels whose sums are computed before they are transformed back. */
    private static final int STRIPS = 4;

    /** Elements whose transform is worth a thread's while. */
    private static final int TRANSFORM_GRAIN = 1024;

    private static final int ADD_GRAIN = 1 << 13;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final Winograd form;
    private final Engine engine;
    private final WinogradLoops loops;
    private final MicroKernel kernel;
    private final WinogradTiles tiling;
    private final int inputs;
    private final int outputs;
    private final int height;
    private final int width;
    private final int strips;
    private final int panels;
    private final int groups;
    private final int part;
    private final int parts;

    /**
     * @param g of the convolution
     */
    WinogradFilterGrad(Winograd form, Geometry g, Engine engine, WinogradLoops loops) {
        this.form = form;
        this.engine = engine;
        this.loops = loops;
        kernel = engine.gemm().kernel();
        tiling = new WinogradTiles(form, g);
        inputs = g.inputChannels();
        outputs = g.outputChannels();
        height = kernel.maxTileHeight();
        width = kernel.panelWidth();
        strips = Math.ceilDiv(inputs, height);
        groups = Math.ceilDiv(strips, STRIPS);
        panels = Math.ceilDiv(outputs, width);
        part = tilesOfPart(form, g);
        parts = Math.ceilDiv(tiling.count(), part);
    }

    /** Whether the micro-kernel takes rows as they are laid out here. */
    static boolean suits(MicroKernel kernel) {
        return kernel.pitch(kernel.maxTileHeight()) == PITCH;
    }

    private static int tilesOfPart(Winograd form, Geometry g) {
        int tiles = new WinogradTiles(form, g).count();
        int fitting = PART / (form.products() * (g.inputChannels() + g.outputChannels()));
        int some = Math.max(FEWEST_TILES, fitting);
        return tiles >= FEWEST_PARTS * some ? some : Math.max(1, tiles);
    }

    /** How many parts are summed one by one. */
    static int parts(Winograd form, Geometry g) {
        return Math.ceilDiv(new WinogradTiles(form, g).count(), tilesOfPart(form, g));
    }

    @Override
    public String describe() {
        return "Winograd " + form;
    }

    /** The sums of all parts but the first. */
    @Override
    public Object newWorkspace() {
        return new float[parts - 1][TAPS * inputs * outputs];
    }

    @Override
    public void run(Arguments arguments) {
        float[] x = arguments.floats(0);
        float[] dy = arguments.floats(1);
        float[] dw = arguments.result();
        float[][] others = (float[][]) arguments.workspace();
        if (parts == 1) {
            Part all = new Part(x, dy, 0, tiling.count());
            engine.threads().range(all.tiles, Math.max(1, TRANSFORM_GRAIN / (inputs + outputs)), all::transform);
            engine.threads().forEach(groups * panels, item -> all.multiply(item / panels, item % panels, dw));
            return;
        }
        engine.threads().forEach(parts, index -> {
            Part one = new Part(x, dy, index * part, Math.min(part, tiling.count() - index * part));
            one.transform(0, one.tiles);
            for (int item = 0; item < groups * panels; item++) {
                one.multiply(item / panels, item % panels, index == 0 ? dw : others[index - 1]);
            }
        });
        int size = TAPS * inputs * outputs;
        engine.threads().range(size, ADD_GRAIN, (from, to) -> {
            for (float[] other : others) {
                add(dw, other, from, to);
            }
        });
    }

    private static void add(float[] sums, float[] others, int from, int to) {
        for (int i = from; i < to; i++) {
            sums[i] += others[i];
        }
    }

    /** The first channel of a strip; the last strip overlaps the one before if it would not be full. */
    private int channel(int strip) {
        return Math.min(strip * height, inputs - height);
    }

    /** The first channel that is transformed for a strip, which is one of whole vectors. */
    private int vector(int strip) {
        return Math.min(strip * height, inputs - PITCH);
    }

    /** Memory of a thread. */
    private static final class Scratch {

        private float[] data = {};
        private float[] gradients = {};
        private float[] sums = {};
        private float[] edge = {};

        private static float[] atLeast(float[] array, int size) {
            return array.length >= size ? array : new float[size];
        }
    }

    /**
     * Neighbouring tiles: their transformed data, {@code [product, strip, tile, PITCH]}, and gradients, {@code [product,
     * panel, tile, width]}.
     */
    private final class Part {

        private final float[] x;
        private final float[] dy;
        private final int first;
        private final int tiles;
        private final float[] data;
        private final float[] gradients;
        private final Panels right;

        Part(float[] x, float[] dy, int first, int tiles) {
            this.x = x;
            this.dy = dy;
            this.first = first;
            this.tiles = tiles;
            Scratch scratch = SCRATCH.get();
            int products = form.products();
            data = scratch.data = Scratch.atLeast(scratch.data, products * strips * tiles * PITCH);
            gradients = scratch.gradients = Scratch.atLeast(scratch.gradients, products * panels * tiles * width);
            right = new Panels(tiles, products * panels * width, width, gradients);
        }

        /** Transforms some tiles. */
        void transform(int from, int to) {
            Scratch scratch = SCRATCH.get();
            float[] edge = scratch.edge = Scratch.atLeast(scratch.edge, form.products() * Math.max(inputs, outputs));
            for (int tile = from; tile < to; tile++) {
                Place under = tiling.data(x, first + tile, edge);
                for (int strip = 0; strip < strips; strip++) {
                    Place channels = behind(under, vector(strip));
                    int at = (strip * tiles + tile) * PITCH;
                    loops.transformData(form, channels, PITCH, new Rows(data, at, strips * tiles * PITCH, 0));
                }
                Place results = tiling.gradient(dy, first + tile, edge);
                for (int panel = 0; panel < panels; panel++) {
                    Place channels = behind(results, panel * width);
                    int at = (panel * tiles + tile) * width;
                    Rows target = new Rows(gradients, at, panels * tiles * width, 0);
                    loops.transformGradient(form, channels, Math.min(width, outputs - panel * width), target);
                }
            }
        }

        private static Place behind(Place place, int channel) {
            return new Place(place.array(), place.at() + channel, place.row(), place.pixel());
        }

        /** The weights of a group of strips and a panel. */
        void multiply(int group, int panel, float[] dw) {
            Scratch scratch = SCRATCH.get();
            int rows = STRIPS * height;
            float[] sums = scratch.sums = Scratch.atLeast(scratch.sums, form.products() * rows * width);
            int firstStrip = group * STRIPS;
            int lastStrip = Math.min(strips, firstStrip + STRIPS);
            int firstChannel = channel(firstStrip);
            for (int product = 0; product < form.products(); product++) {
                for (int strip = firstStrip; strip < lastStrip; strip++) {
                    int at = (product * strips + strip) * tiles * PITCH + channel(strip) - vector(strip);
                    int target = (product * rows + channel(strip) - firstChannel) * width;
                    int of = product * panels + panel;
                    kernel.tile(data, at, height, height, right, of, 0, tiles, sums, target, width, Finish.NONE);
                }
            }
            int tap = inputs * outputs;
            int channels = Math.min(width, outputs - panel * width);
            for (int c = firstStrip * height; c < channel(lastStrip - 1) + height; c++) {
                Rows from = new Rows(sums, (c - firstChannel) * width, rows * width, 0);
                Place to = new Place(dw, c * outputs + panel * width, Winograd.WINDOW * tap, tap);
                loops.transformProducts(form, from, channels, to);
            }
        }
    }
}
