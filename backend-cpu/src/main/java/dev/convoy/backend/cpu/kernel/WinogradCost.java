package dev.convoy.backend.cpu.kernel;

import dev.convoy.backend.cpu.winograd.Winograd;
import dev.convoy.backend.cpu.winograd.WinogradLoops;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Estimates in cycles of a core what a convolution costs directly and by each {@link Winograd}. With constant weights, for
 * one sample: the choice must not depend on the batch, or the bits of a picture's prediction would depend on the pictures
 * beside it. With weights that change in each run and have to be transformed there, as in training, for the batch.
 *
 * <p>The numbers were measured with 512-bit vectors. Large images gain 2 times by F2 and 3 to 4 times by F4. What takes the
 * gain away is the weights: transformed they are 16/9 and 4 times as many, and in a network they come from memory. So 7×7
 * images of 512 channels are convolved directly, 14×14 of 256 by F2.
 */
final class WinogradCost {

    /** Multiply-adds per cycle of the products, directly or not: 70 % of two vectors. */
    private static final double RATE = 22;

    /** Weights that come from memory per cycle, in elements. */
    private static final double WEIGHTS = 1;

    /** Cycles for an element of transformed weights that change in each run. */
    private static final double CHANGED_WEIGHTS = 0.5;

    /** Rows of the largest tile of the products. */
    private static final int HIGHEST = 14;

    /** A gain smaller than this is not worth the memory. */
    private static final double WORTH = 0.8;

    private static final int FEWEST_CHANNELS = 32;

    private WinogradCost() {}

    /**
     * The fastest form for a convolution of one group; empty if the direct way is better or the only one.
     *
     * @param constant whether the weights are; others are transformed in each run, for all samples of the batch
     */
    static Optional<Winograd> choose(Geometry g, WinogradLoops loops, boolean constant) {
        if (!suits(g)) {
            return Optional.empty();
        }
        double weights = (double) g.inputChannels() * g.outputChannels();
        int samples = constant ? 1 : Math.max(1, g.batch());
        double direct = g.taps() * weights * (samples * g.outputPixels() / RATE + 1 / WEIGHTS);
        return best(direct, weights, form -> {
            double changed = constant ? 0 : form.products() * weights * CHANGED_WEIGHTS;
            return cycles(form, g, samples, loops) + changed;
        });
    }

    /** The fastest form for the gradient of the kernel of a convolution of one group. */
    static Optional<Winograd> chooseFilterGradient(Geometry g) {
        if (!suits(g)) {
            return Optional.empty();
        }
        double weights = (double) g.inputChannels() * g.outputChannels();
        double direct = g.taps() * weights * g.batch() * g.outputPixels() / RATE;
        return best(direct, weights, form -> {
            int tiles = new WinogradTiles(form, g).count();
            double channels = g.inputChannels() * dataCycles(form) + g.outputChannels() * sumCycles(form);
            double back = WinogradFilterGrad.parts(form, g) * weights * sumCycles(form) / 2;
            return form.products() * weights * tiles / RATE + tiles * channels + back;
        });
    }

    private static Optional<Winograd> best(double direct, double weights, ToDoubleFunction<Winograd> cycles) {
        @Nullable Winograd best = null;
        double least = direct * WORTH;
        for (Winograd form : Winograd.values()) {
            double expected = cycles.applyAsDouble(form);
            if (expected < least && form.products() * weights < Integer.MAX_VALUE) {
                best = form;
                least = expected;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * The convolution that the gradient of the data of another is: of the gradient, padded, with turned weights. Empty if it
     * is not one that {@link #suits}.
     */
    static Optional<Geometry> turned(Geometry g) {
        if (!suits(g)) {
            return Optional.empty();
        }
        return Optional.of(g.turned())
                .filter(t -> Math.min(t.pad()[1], t.pad()[2]) >= 0)
                .filter(WinogradCost::suits);
    }

    /** Whether a convolution can be computed so: windows of 3×3 that move by 1, whole vectors of channels. */
    static boolean suits(Geometry g) {
        boolean square = g.size()[0] == 1 && g.input()[0] == 1 && g.output()[0] == 1;
        for (int axis = 1; axis < 3; axis++) {
            square &= g.size()[axis] == Winograd.WINDOW && g.stride()[axis] == 1 && g.dilation()[axis] == 1;
        }
        return square && suits(g.inputChannels()) && suits(g.outputChannels()) && g.outputPixels() > 0;
    }

    private static boolean suits(int channels) {
        return channels >= FEWEST_CHANNELS && channels % WinogradLoops.CHANNELS == 0;
    }

    private static double cycles(Winograd form, Geometry g, int samples, WinogradLoops loops) {
        int tiles = samples * Math.ceilDiv(g.output()[1], form.outputs()) * Math.ceilDiv(g.output()[2], form.outputs());
        int rows = tiles / HIGHEST * HIGHEST;
        while (rows < tiles) {
            rows += loops.tileHeight(tiles - rows);
        }
        double weights = (double) g.inputChannels() * g.outputChannels();
        double products = form.products() * weights * (rows / RATE + 1 / WEIGHTS);
        double dataTransform = tiles * g.inputChannels() * dataCycles(form);
        double sumTransform = tiles * g.outputChannels() * sumCycles(form);
        return products + dataTransform + sumTransform;
    }

    /** Cycles for the data of a tile and channel. */
    private static double dataCycles(Winograd form) {
        return switch (form) {
            case F2 -> 8;
            case F4 -> 18;
        };
    }

    /** Cycles for the sums of a tile and channel. */
    private static double sumCycles(Winograd form) {
        return switch (form) {
            case F2 -> 7;
            case F4 -> 12;
        };
    }
}
