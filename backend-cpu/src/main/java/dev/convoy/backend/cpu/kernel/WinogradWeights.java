package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.gemm.Panels;
import dev.convoy.backend.cpu.thread.Scratch;
import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Place;
import dev.convoy.backend.cpu.winograd.WinogradLoops.Rows;
import dev.convoy.graph.Value;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Transformed weights: for each product its panels, {@code [products, panels, inputs, panel width]}. Those of a constant are
 * made in double when the graph is compiled, others in each run.
 */
final class WinogradWeights {

    /** Elements whose transform is worth a thread's while. */
    private static final int GRAIN = 1024;

    /** Rows of weights that are transformed at once. */
    private static final int CHUNK = 64;

    private static final int TAPS = Winograd.WINDOW * Winograd.WINDOW;

    private final Winograd form;
    private final WinogradLoops loops;
    private final Engine engine;
    private final int inputs;
    private final int outputs;
    private final int panels;
    private final boolean turned;
    private final @Nullable Panels constant;

    private static final Scratch TURNED = new Scratch();

    /**
     * @param inputs channels that are summed over
     * @param turned whether the operand's inputs and outputs are the other way round, and its taps in reverse
     */
    WinogradWeights(
            Winograd form, WinogradLoops loops, Engine engine, Value operand, int inputs, int outputs, boolean turned) {
        this.form = form;
        this.loops = loops;
        this.engine = engine;
        this.inputs = inputs;
        this.outputs = outputs;
        this.turned = turned;
        panels = Math.ceilDiv(outputs, loops.panelWidth());
        constant = turned
                ? null
                : operand.constant()
                        .map(w -> engine.packed().get(w, form, () -> pack(w.floats())))
                        .orElse(null);
    }

    private Panels pack(float[] w) {
        int width = loops.panelWidth();
        float[] packed = new float[size()];
        engine.threads().range(inputs, Math.max(1, GRAIN / outputs), (from, to) -> {
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

    /** Elements of all transformed weights. */
    int size() {
        return Math.multiplyExact(form.products() * inputs, panels * loops.panelWidth());
    }

    /** Where a panel of a product begins. */
    int panel(int product, int panel) {
        return (product * panels + panel) * inputs * loops.panelWidth();
    }

    int panels() {
        return panels;
    }

    /** The size of a packed constant; 0 if the operand is none. */
    long packedBytes() {
        return constant == null ? 0 : constant.bytes();
    }

    boolean isConstant() {
        return constant != null;
    }

    /**
     * All weights.
     *
     * @param w the weights as they are, not used if they are constant
     * @param all for those that are not, of {@link #size} elements
     */
    float[] transformed(float[] w, float @Nullable [] all) {
        if (constant != null) {
            return (float[]) constant.data();
        }
        float[] target = Objects.requireNonNull(all);
        int width = loops.panelWidth();
        int chunks = Math.ceilDiv(inputs, CHUNK);
        long work = (long) form.products() * inputs * outputs;
        engine.threads().forEach(panels * chunks, work, item -> {
            int panel = item / chunks;
            int from = item % chunks * CHUNK;
            Rows u = new Rows(target, panel(0, panel) + from * width, panel(1, 0), 0);
            transform(w, panel, from, Math.min(inputs, from + CHUNK), u);
        });
        return target;
    }

    /**
     * Transforms rows {@code [from, to)} of a panel.
     *
     * @param u where they go; the rows of a product lie one after the other
     */
    void transform(float[] w, int panel, int from, int to, Rows u) {
        int width = loops.panelWidth();
        int first = panel * width;
        int columns = Math.min(width, outputs - first);
        float[] source = w;
        int start = from * outputs + first;
        int step = outputs;
        int tap = inputs * outputs;
        if (turned) {
            source = turn(w, first, columns, from, to);
            start = 0;
            step = columns;
            tap = (to - from) * columns;
        }
        for (int c = 0; c < to - from; c++) {
            Place place = new Place(source, start + c * step, Winograd.WINDOW * tap, tap);
            loops.transformWeights(form, place, columns, new Rows(u.array(), u.at() + c * width, u.matrix(), 0));
        }
    }

    /** A part of the weights for the gradient of the data, {@code [taps, to - from, columns]}. */
    private float[] turn(float[] w, int first, int columns, int from, int to) {
        int size = TAPS * (to - from) * columns;
        float[] part = TURNED.array(size);
        int[] sources = new int[columns];
        for (int tap = 0; tap < TAPS; tap++) {
            for (int i = 0; i < columns; i++) {
                sources[i] = (tap * outputs + first + i) * inputs + from;
            }
            int at = (TAPS - 1 - tap) * (to - from) * columns;
            engine.gemm().kernel().interleave(w, sources, columns, to - from, part, at, columns);
        }
        return part;
    }
}
