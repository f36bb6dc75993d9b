package dev.convoy.walkthrough;

import dev.convoy.graph.Window;
import dev.convoy.layers.Padding;

/**
 * The number of windows along an axis, with the formula that gives it.
 *
 * @param window over the axis and the other one
 * @param axis 0 for the height, 1 for the width
 * @param input elements of the input along the axis
 * @param padding the word that the pads come from, or EXPLICIT
 * @param ceilMode whether the number is rounded up
 */
public record OutputSize(Window window, int axis, int input, Padding.Kind padding, boolean ceilMode) {

    /** The number of windows. */
    public int value() {
        return window.outputSize(axis, input, ceilMode);
    }

    /**
     * The formula with the numbers put in: {@code floor((8 + 2·0 - 3)/1) + 1 = 6} for pads that are given,
     * {@code ceil(8/2) = 4} for {@code same}; the second as in TensorFlow's documentation.
     */
    public String formula() {
        int stride = window.strides().get(axis);
        if (padding == Padding.Kind.SAME && !ceilMode) {
            return "ceil(" + input + "/" + stride + ") = " + value();
        }
        String quotient = "((" + input + " + " + pads() + " - " + window.extent(axis) + ")/" + stride + ")";
        int room = input + window.padTotal(axis) - window.extent(axis);
        boolean dropped = ceilMode && Math.ceilDiv(room, stride) + 1 > value();
        return (ceilMode ? "ceil" : "floor") + quotient + " + 1" + (dropped ? " - 1" : "") + " = " + value();
    }

    private String pads() {
        int before = window.padsBegin().get(axis);
        int after = window.padsEnd().get(axis);
        return before == after ? "2·" + before : before + " + " + after;
    }

    /** How the window becomes larger by its gaps, {@code 2·(3 - 1) + 1 = 5}; empty without gaps. */
    public String extent() {
        int dilation = window.dilations().get(axis);
        return dilation == 1 ? "" : dilation + "·(" + window.size().get(axis) + " - 1) + 1 = " + window.extent(axis);
    }

    /**
     * How {@code same} finds its pads, {@code max((4 - 1)·2 + 3 - 8, 0) = 1, 0 before and 1 after}; empty for other
     * padding.
     */
    public String samePads() {
        if (padding != Padding.Kind.SAME) {
            return "";
        }
        int stride = window.strides().get(axis);
        return "max((" + Math.ceilDiv(input, stride) + " - 1)·" + stride + " + " + window.extent(axis) + " - " + input
                + ", 0) = " + window.padTotal(axis) + ", " + window.padsBegin().get(axis) + " before and "
                + window.padsEnd().get(axis) + " after";
    }
}
