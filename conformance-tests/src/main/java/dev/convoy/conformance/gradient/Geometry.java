package dev.convoy.conformance.gradient;

import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Windows over data, crossing dimensions, strides, dilations, paddings, groups and layouts; the sizes of window and data
 * differ along each axis and are drawn from the seed.
 *
 * @param groups at least 1; spatial ops without groups take it as a number of channels
 * @param size spatial size of the data
 */
record Geometry(Window window, int groups, Layout layout, int batch, int perGroup, List<Integer> size) {

    /** The number of combinations that {@link #of} goes through, before it begins again with other sizes. */
    static final int COMBINATIONS = 3 * 3 * 2 * 3 * 3 * 2;

    /** What {@link #of} does to the borders. */
    private enum Padding {
        NONE,
        EVEN,
        UNEVEN
    }

    /** The combination of a number, with sizes drawn from it. */
    static Geometry of(long seed) {
        Random random = new Random(seed);
        int rest = Math.floorMod(seed, COMBINATIONS);
        int rank = 1 + rest % 3;
        rest /= 3;
        int stride = 1 + rest % 3;
        rest /= 3;
        int dilation = 1 + rest % 2;
        rest /= 2;
        Padding padding = Padding.values()[rest % 3];
        rest /= 3;
        int groups = 1 + rest % 3;
        rest /= 3;
        Layout layout = Layout.values()[rest];
        List<Integer> sizes = new ArrayList<>();
        List<Integer> strides = new ArrayList<>();
        List<Integer> dilations = new ArrayList<>();
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        List<Integer> data = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            int size = 1 + random.nextInt(3);
            int extent = (size - 1) * dilation + 1;
            int pad = padding == Padding.NONE ? 0 : random.nextInt(extent);
            int other = padding == Padding.UNEVEN ? random.nextInt(extent) : pad;
            sizes.add(size);
            strides.add(axis == 0 ? stride : 1 + random.nextInt(stride));
            dilations.add(dilation);
            before.add(pad);
            after.add(other);
            data.add(extent + random.nextInt(rank == 3 ? 2 : 4));
        }
        Window window = new Window(sizes, strides, dilations, before, after);
        return new Geometry(window, groups, layout, 1 + random.nextInt(2), 1 + random.nextInt(rank == 3 ? 1 : 2), data);
    }

    /** The shape of the data for a number of channels. */
    Shape data(int channels) {
        return data(channels, size);
    }

    Shape data(int channels, List<Integer> spatial) {
        List<Integer> dims = new ArrayList<>(spatial);
        dims.add(layout == Layout.CHANNELS_LAST ? dims.size() : 0, channels);
        dims.addFirst(batch);
        return Shape.of(dims);
    }

    /** Input channels for {@link #groups}. */
    int inputChannels() {
        return groups * perGroup;
    }

    /** Output channels: not as many as go in. */
    int outputChannels() {
        return groups * (3 - perGroup);
    }

    Shape kernel() {
        List<Integer> dims = new ArrayList<>(window.size());
        if (layout == Layout.CHANNELS_LAST) {
            dims.addAll(List.of(perGroup, outputChannels()));
        } else {
            dims.addAll(0, List.of(outputChannels(), perGroup));
        }
        return Shape.of(dims);
    }

    /** The spatial size of what the window gives. */
    List<Integer> output(boolean ceilMode) {
        List<Integer> output = new ArrayList<>();
        for (int axis = 0; axis < window.rank(); axis++) {
            output.add(window.outputSize(axis, size.get(axis), ceilMode));
        }
        return output;
    }

    /** Whether every window has an element inside the data. */
    boolean meets(boolean ceilMode) {
        List<Integer> output = output(ceilMode);
        for (int axis = 0; axis < window.rank(); axis++) {
            for (int position = 0; position < output.get(axis); position++) {
                if (!window.meets(axis, size.get(axis), position)) {
                    return false;
                }
            }
        }
        return true;
    }
}
