package dev.convoy.layers;

import dev.convoy.graph.Check;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How a layer's window slides; becomes a {@link Window} once the input's size is known.
 *
 * @param size elements of the window along each spatial axis: {@code kernel_size} or {@code pool_size}
 * @param strides 1 by default, for pooling the size
 * @param dilationRate 1 by default
 * @param padding VALID by default
 * @param paddingMode what is put into the padding of a convolution; CONSTANT (zeros) by default
 * @param dataFormat CHANNELS_LAST by default
 */
public record Geometry(
        List<Integer> size,
        List<Integer> strides,
        List<Integer> dilationRate,
        Padding padding,
        PadMode paddingMode,
        Layout dataFormat) {

    /**
     * @throws dev.convoy.graph.GraphException if a list's length is not that of the window, or an entry is not positive
     */
    public Geometry {
        strides = spread(strides, size.size());
        dilationRate = spread(dilationRate, size.size());
        size = Window.of(size).withStrides(strides).withDilations(dilationRate).size();
    }

    /** A window with stride 1 and no padding. */
    public static Geometry of(List<Integer> size) {
        return new Geometry(size, List.of(1), List.of(1), Padding.VALID, PadMode.CONSTANT, Layout.CHANNELS_LAST);
    }

    /** One number for all axes, or one for each. */
    public static List<Integer> spread(List<Integer> values, int rank) {
        return values.size() == 1 ? Collections.nCopies(rank, values.getFirst()) : List.copyOf(values);
    }

    public Geometry withStrides(List<Integer> value) {
        return new Geometry(size, value, dilationRate, padding, paddingMode, dataFormat);
    }

    public Geometry withDilationRate(List<Integer> value) {
        return new Geometry(size, strides, value, padding, paddingMode, dataFormat);
    }

    public Geometry withPadding(Padding value) {
        return new Geometry(size, strides, dilationRate, value, paddingMode, dataFormat);
    }

    public Geometry withPaddingMode(PadMode value) {
        return new Geometry(size, strides, dilationRate, padding, value, dataFormat);
    }

    public Geometry withDataFormat(Layout value) {
        return new Geometry(size, strides, dilationRate, padding, paddingMode, value);
    }

    /** The number of spatial axes. */
    public int rank() {
        return size.size();
    }

    /**
     * The window for an input of a shape.
     *
     * @param layer the class of the layer, for messages
     * @throws dev.convoy.graph.GraphException if the input has another rank, or the padding does not fit the window
     */
    public Window window(String layer, Shape input) {
        Check check = Check.of(layer);
        check.that(
                input.rank() == rank() + 2,
                "L1",
                "the input has a batch axis, " + rank() + " spatial axes and channels",
                "rank " + (rank() + 2),
                input);
        Window plain = Window.of(size).withStrides(strides).withDilations(dilationRate);
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        for (int axis = 0; axis < rank(); axis++) {
            switch (padding.kind()) {
                case VALID -> {
                    before.add(0);
                    after.add(0);
                }
                case SAME -> {
                    int total = sameTotal(plain, axis, input.size(dataFormat.spatialStart() + axis));
                    before.add(total / 2);
                    after.add(total - total / 2);
                }
                case CAUSAL -> {
                    check.that(rank() == 1, "L2", "causal padding is for one spatial axis", 1, rank());
                    before.add(plain.extent(axis) - 1);
                    after.add(0);
                }
                case EXPLICIT -> {
                    before.add(explicit(check, padding.before(), axis));
                    after.add(explicit(check, padding.after(), axis));
                }
            }
        }
        return plain.withPads(before, after);
    }

    private static int sameTotal(Window window, int axis, int input) {
        int output = Math.ceilDiv(input, window.strides().get(axis));
        return Math.max((output - 1) * window.strides().get(axis) + window.extent(axis) - input, 0);
    }

    /** L3: the explicit pad of an axis. */
    int explicit(Check check, List<Integer> pads, int axis) {
        check.that(
                pads.size() == 1 || pads.size() == rank(),
                "L3",
                "there is one pad for all spatial axes, or one for each",
                rank(),
                pads);
        return pads.get(pads.size() == 1 ? 0 : axis);
    }
}
