package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp.Pad;
import dev.convoy.graph.MovementOp.PadMode;
import dev.convoy.graph.MovementOp.Slice;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Interpolation;
import dev.convoy.graph.composite.Resize;
import java.util.Collections;
import java.util.List;

/** Images brought to a height and a width, as the image layers need it. */
record Images(SpatialAxes axes, int height, int width) {

    /** For an input of a layer, checked to be images. */
    static Images of(String layer, int height, int width, Layout layout, Value x) {
        SpatialAxes axes = new SpatialAxes(layer, 2, layout);
        axes.require(x.shape());
        return new Images(axes, height, width);
    }

    /** Whether an image is at least as large as the target along both axes. */
    boolean contains(Value x) {
        List<Integer> sizes = axes.sizes(x.shape());
        return sizes.getFirst() >= height && sizes.getLast() >= width;
    }

    /** Keras' {@code smart_resize}: crops to the aspect ratio, then resizes bilinearly. */
    Value smartResize(GraphBuilder g, Value x) {
        return resize(g, cropToAspectRatio(g, x), Interpolation.BILINEAR, false);
    }

    /** Resizes without regard to the aspect ratio. */
    Value resize(GraphBuilder g, Value x, Interpolation method, boolean antialias) {
        return g.add(new Resize(axes.axes(), List.of(height, width), method, antialias), x);
    }

    /** The largest part in the middle that has the aspect ratio of the target. */
    Value cropToAspectRatio(GraphBuilder g, Value x) {
        List<Integer> sizes = axes.sizes(x.shape());
        int h = sizes.getFirst();
        int w = sizes.getLast();
        return crop(
                g,
                x,
                Math.max(Math.min(h, scaled(w, height, width)), 1),
                Math.max(Math.min(w, scaled(h, width, height)), 1));
    }

    /** A part in the middle; of an odd number of elements to cut the last goes from the end. */
    Value crop(GraphBuilder g, Value x, int h, int w) {
        List<Integer> sizes = axes.sizes(x.shape());
        int top = (sizes.getFirst() - h) / 2;
        int left = (sizes.getLast() - w) / 2;
        Slice slice = new Slice(
                axes.spread(List.of(top, left), 0),
                axes.spread(List.of(top + h, left + w), Slice.TO_END),
                Collections.nCopies(x.shape().rank(), 1));
        return g.add(slice, x);
    }

    /** The image in the middle of the smallest one around it that has the aspect ratio of the target. */
    Value padToAspectRatio(GraphBuilder g, Value x, double value) {
        List<Integer> sizes = axes.sizes(x.shape());
        int h = sizes.getFirst();
        int w = sizes.getLast();
        List<Integer> pads = List.of(
                (Math.max(h, scaled(w, height, width)) - h) / 2, (Math.max(w, scaled(h, width, height)) - w) / 2);
        Pad pad = new Pad(PadMode.CONSTANT, axes.spread(pads, 0), axes.spread(pads, 0), value);
        return g.add(pad, x);
    }

    /** {@code size · numerator / denominator}, truncated. */
    private static int scaled(int size, int numerator, int denominator) {
        return Math.toIntExact((long) size * numerator / denominator);
    }
}
