package dev.convoy.backend.cpu.kernel;

import dev.convoy.graph.ContractionOp.Convolution;
import dev.convoy.graph.Node;
import dev.convoy.graph.Window;
import dev.convoy.spi.interpret.Step;
import dev.convoy.tensor.Shape;
import java.util.List;

/**
 * A sliding window over data with channels last, one or two spatial axes written as three: {@code [n, depth, height,
 * width, channels]}. Every array has the entries depth, height, width.
 *
 * @param input spatial size of the data
 * @param output number of windows along each axis
 * @param padEnd padding behind the last element
 */
public record Geometry(
        int batch,
        int[] input,
        int inputChannels,
        int[] output,
        int outputChannels,
        int[] size,
        int[] stride,
        int[] dilation,
        int[] pad,
        int[] padEnd) {

    /**
     * @param x shape of the data
     * @param y shape of what the forward op gives
     */
    public static Geometry of(Window window, Shape x, Shape y) {
        int missing = 3 - window.rank();
        return new Geometry(
                x.size(0),
                spatial(x),
                x.size(-1),
                spatial(y),
                y.size(-1),
                three(window.size(), missing, 1),
                three(window.strides(), missing, 1),
                three(window.dilations(), missing, 1),
                three(window.padsBegin(), missing, 0),
                three(window.padsEnd(), missing, 0));
    }

    /** The geometry of a step that begins with a convolution. */
    static Geometry of(Step step) {
        Node node = step.first();
        Window window = ((Convolution) node.op()).window();
        return of(window, node.input(0).shape(), node.output().shape());
    }

    private static int[] spatial(Shape shape) {
        int missing = 5 - shape.rank();
        int[] sizes = {1, 1, 1};
        for (int axis = missing; axis < 3; axis++) {
            sizes[axis] = shape.size(axis - missing + 1);
        }
        return sizes;
    }

    private static int[] three(List<Integer> values, int missing, int otherwise) {
        int[] all = {otherwise, otherwise, otherwise};
        for (int i = 0; i < values.size(); i++) {
            all[missing + i] = values.get(i);
        }
        return all;
    }

    /** The same with each two neighbouring windows of a row, that move by 1 and are not dilated, as one. */
    Geometry inPairs() {
        int[] pairs = {output[0], output[1], output[2] / 2};
        int[] wide = {size[0], size[1], size[2] + 1};
        int[] strides = {stride[0], stride[1], 2};
        return new Geometry(batch, input, inputChannels, pairs, outputChannels, wide, strides, dilation, pad, padEnd);
    }

    /**
     * The convolution that the gradient of the data of this one is, if its windows move by 1: of the gradient, padded, with
     * turned weights. The padding may be negative.
     */
    Geometry turned() {
        int[] turned = new int[pad.length];
        for (int axis = 0; axis < turned.length; axis++) {
            turned[axis] = (size[axis] - 1) * dilation[axis] - pad[axis];
        }
        return new Geometry(
                batch, output, outputChannels, input, inputChannels, size, stride, dilation, turned, turned);
    }

    /** Elements of one window. */
    public int taps() {
        return size[0] * size[1] * size[2];
    }

    /** Spatial positions of the data. */
    public int inputPixels() {
        return input[0] * input[1] * input[2];
    }

    /** Windows of one sample. */
    public int outputPixels() {
        return output[0] * output[1] * output[2];
    }

    /** Where tap {@code tap} of window {@code index} lies along an axis; outside {@code [0, input)} in the padding. */
    public int position(int axis, int index, int tap) {
        return index * stride[axis] - pad[axis] + tap * dilation[axis];
    }

    /** The first element along an axis that lies in the data and in windows from {@code index} on. */
    int firstInput(int axis, int index) {
        return Math.clamp(position(axis, index, 0), 0, input[axis]);
    }

    /** Behind the last element along an axis that lies in the data and in windows before {@code end}. */
    int endInput(int axis, int end) {
        return Math.clamp(position(axis, end - 1, size[axis] - 1) + 1L, 0, input[axis]);
    }

    /** Whether the windows are the pixels themselves: size 1, stride 1, no padding. */
    public boolean isPointwise() {
        boolean pointwise = true;
        for (int axis = 0; axis < 3; axis++) {
            pointwise &= size[axis] == 1 && stride[axis] == 1 && pad[axis] == 0 && padEnd[axis] == 0;
        }
        return pointwise;
    }
}
