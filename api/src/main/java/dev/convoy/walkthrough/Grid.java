package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import dev.convoy.layers.Geometry;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Objects;

/** A picture {@code [h, w, c]} of finite numbers and the windows over it. */
final class Grid {

    /** No window, stride, dilation or pad of a picture is larger. */
    private static final int LARGEST = 1 << 20;

    /** Elements of a result. */
    private static final long MOST = 1 << 26;

    private final Tensor tensor;
    private final int height;
    private final int width;
    private final int channels;

    Grid(Tensor tensor) {
        if (tensor.shape().rank() != 3 || tensor.size() == 0) {
            throw new IllegalArgumentException(
                    "A walkthrough is over one picture [h, w, c] that is not empty, got " + tensor.spec());
        }
        this.tensor = requireFinite("input", tensor);
        height = tensor.shape().size(0);
        width = tensor.shape().size(1);
        channels = tensor.shape().size(2);
    }

    /** The tensor in float64. */
    static Tensor doubles(Tensor tensor) {
        if (tensor.type() == DataType.FLOAT64) {
            return tensor;
        }
        double[] values = new double[tensor.size()];
        for (int i = 0; i < values.length; i++) {
            // A float32 stands for its own shortest decimal form, 0.1 for one tenth.
            values[i] = tensor.type() == DataType.FLOAT32
                    ? Double.parseDouble(Float.toString(tensor.floats()[i]))
                    : tensor.get(i);
        }
        return Tensor.wrap(tensor.spec().withType(DataType.FLOAT64), values);
    }

    static Tensor requireFinite(String what, Tensor tensor) {
        for (double value : tensor.doubles()) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "A walkthrough takes finite numbers, the " + what + " holds " + value);
            }
        }
        return tensor;
    }

    int channels() {
        return channels;
    }

    boolean has(int row, int column) {
        return row >= 0 && row < height && column >= 0 && column < width;
    }

    double get(int row, int column, int channel) {
        return tensor.doubles()[(row * width + column) * channels + channel];
    }

    int size(int axis) {
        return axis == 0 ? height : width;
    }

    /**
     * @param what the window is, {@code kernel} or {@code pool}
     */
    Window window(Geometry geometry, String what) {
        requireModest(geometry);
        Window window = geometry.window("Walkthrough", Shape.of(1, height, width, channels));
        for (int axis = 0; axis < 2; axis++) {
            if (window.extent(axis) > size(axis) + window.padTotal(axis)) {
                throw new IllegalArgumentException("The " + what + " of " + by(window.size()) + dilated(window)
                        + " is larger than the input of " + height + "×" + width + padded(window)
                        + ". Remedy: take a smaller " + what + ", or more padding, 'same' for example");
            }
        }
        return window;
    }

    private static void requireModest(Geometry geometry) {
        List<List<Integer>> lists = List.of(
                geometry.size(),
                geometry.strides(),
                geometry.dilationRate(),
                geometry.padding().before(),
                geometry.padding().after());
        for (List<Integer> list : lists) {
            requireModest(list.stream().mapToLong(v -> v).max().orElse(0));
        }
        for (int axis = 0; axis < geometry.rank(); axis++) {
            requireModest(
                    (geometry.size().get(axis) - 1L) * geometry.dilationRate().get(axis) + 1);
        }
    }

    private static void requireModest(long number) {
        if (number > LARGEST) {
            throw new IllegalArgumentException("A walkthrough takes windows, strides, dilations and pads up to "
                    + LARGEST + ", got " + number + ". Remedy: take smaller ones");
        }
    }

    /** Holds the result to what can be worked out. */
    static void requireModest(Walkthrough walk) {
        long elements = (long) walk.height().value() * walk.width().value();
        if (elements > MOST / walk.channels()) {
            throw new IllegalArgumentException("The result would be "
                    + walk.height().value() + "×" + walk.width().value()
                    + ", too large to walk through. Remedy: take less padding or a smaller input");
        }
    }

    private static String by(List<Integer> size) {
        return size.get(0) + "×" + size.get(1);
    }

    private static String dilated(Window window) {
        return window.dilations().equals(List.of(1, 1))
                ? ""
                : ", which dilation spreads over " + window.extent(0) + "×" + window.extent(1) + ",";
    }

    private String padded(Window window) {
        return window.padTotal(0) + window.padTotal(1) == 0
                ? ""
                : ", which padding makes " + (height + window.padTotal(0)) + "×" + (width + window.padTotal(1));
    }

    static void check(Walkthrough walk, int row, int column, int channel) {
        Objects.checkIndex(row, walk.height().value());
        Objects.checkIndex(column, walk.width().value());
        Objects.checkIndex(channel, walk.channels());
    }
}
