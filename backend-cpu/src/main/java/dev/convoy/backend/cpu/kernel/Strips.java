package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.kernel.StripLoops.Strip;
import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.spi.interpret.Place;

/** The rows of windows of a geometry as strips: where the windows of a row begin, and which of their rows lie in the data. */
final class Strips {

    private static final int ROW = 1;
    private static final int COLUMN = 2;

    /** Multiply-adds or comparisons of one item. */
    private static final int GRAIN = 1 << 17;

    /** About how many multiply-adds of a matrix product take as long as one here. */
    private static final long WEIGHT = 4;

    private static final Scratch SCRATCH = new Scratch();

    private final Geometry g;
    private final Strip strip;
    private final int row;

    /**
     * @param g one that {@link #suit}
     */
    Strips(Geometry g) {
        this.g = g;
        int channels = g.inputChannels();
        row = g.input()[COLUMN] * channels;
        int windows = g.output()[COLUMN];
        boolean right = g.position(COLUMN, windows - 1, StripLoops.COLUMNS - 1) < g.input()[COLUMN];
        boolean left = g.pad()[COLUMN] == 0;
        strip = new Strip(windows, g.stride()[COLUMN], channels, g.dilation()[ROW] * row, left, right);
    }

    /** Whether strips cover the windows: two spatial axes, three columns, at most one of which is in the padding. */
    static boolean suit(Geometry g) {
        int windows = g.output()[COLUMN];
        boolean flat = g.input()[0] == 1 && g.output()[0] == 1 && g.size()[0] == 1;
        boolean three = g.size()[COLUMN] == StripLoops.COLUMNS && g.dilation()[COLUMN] == 1 && g.stride()[COLUMN] <= 2;
        boolean inside = g.pad()[COLUMN] <= 1 && g.position(COLUMN, windows - 1, 1) < g.input()[COLUMN];
        return flat && three && inside && windows >= StripLoops.FEWEST_WINDOWS && g.inputChannels() > 0 && hasRows(g);
    }

    /** Whether each window has a row in the data. */
    private static boolean hasRows(Geometry g) {
        for (int h = 0; h < g.output()[ROW]; h++) {
            if (firstRow(g, h) >= endRow(g, h)) {
                return false;
            }
        }
        return true;
    }

    private static int firstRow(Geometry g, int h) {
        return Math.max(0, Math.ceilDiv(-g.position(ROW, h, 0), g.dilation()[ROW]));
    }

    private static int endRow(Geometry g, int h) {
        return Math.min(g.size()[ROW], Math.ceilDiv(g.input()[ROW] - g.position(ROW, h, 0), g.dilation()[ROW]));
    }

    Strip strip() {
        return strip;
    }

    /** What happens to one strip. */
    @FunctionalInterface
    interface Task {

        /**
         * @param first of the windows' rows that lies in the data
         * @param rows how many do
         * @param x the data
         * @param base see {@link Strip}
         * @param y where the results go, one window after the other
         * @param at where they begin
         */
        void run(int first, int rows, float[] x, int base, float[] y, int at);
    }

    /** Runs a task for all strips of all samples, whose results go to a place in y. */
    void forEach(Engine engine, float[] x, float[] y, Place place, Task task) {
        int channels = strip.channels();
        int pitch = place.pitch(channels);
        int high = g.output()[ROW];
        long each = (long) strip.windows() * channels * g.taps();
        int band = Math.clamp(GRAIN / each, 1, Math.max(1, high));
        int bands = Math.ceilDiv(high, band);
        engine.threads().forEach(g.batch() * bands, WEIGHT * each * high * g.batch(), item -> {
            int sample = item / bands;
            int last = Math.min(high, (item % bands + 1) * band);
            int start = sample * g.input()[ROW] * row;
            int from = item % bands * band;
            int to = place.start() + sample * high * strip.windows() * pitch;
            if (pitch == channels) {
                run(task, x, start, from, last, y, to);
                return;
            }
            float[] results = SCRATCH.array(strip.windows() * channels);
            for (int h = from; h < last; h++) {
                int at = to + h * strip.windows() * pitch;
                run(task, x, start, h, h + 1, results, -h * strip.windows() * channels);
                engine.loops().copyRows(results, 0, channels, y, at, pitch, channels, strip.windows());
            }
        });
    }

    /**
     * Runs a task for the strips {@code [from, end)} of a sample.
     *
     * @param start where row 0 of the sample's data would be
     * @param to where row 0 of the results would be
     */
    void run(Task task, float[] x, int start, int from, int end, float[] y, int to) {
        int length = strip.windows() * strip.channels();
        for (int h = from; h < end; h++) {
            int first = firstRow(g, h);
            int base = start + g.position(ROW, h, first) * row - g.pad()[COLUMN] * strip.channels();
            task.run(first, endRow(g, h) - first, x, base, y, to + h * length);
        }
    }
}
