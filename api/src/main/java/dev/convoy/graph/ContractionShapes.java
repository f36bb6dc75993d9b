package dev.convoy.graph;

import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** Rules of {@link ContractionOp}. */
final class ContractionShapes {

    private ContractionShapes() {}

    static TensorSpec infer(ContractionOp op, List<TensorSpec> inputs, Check check) {
        ShapeInference.arity(check, inputs, 2);
        TensorSpec a = inputs.getFirst();
        TensorSpec b = inputs.get(1);
        ShapeInference.sameType(check, a, b);
        boolean exact = a.type() == DataType.INT32
                && (op instanceof ContractionOp.MatMul || op instanceof ContractionOp.Convolution);
        check.that(
                a.type().isReal() || exact,
                "C1",
                "operands have a type that can be contracted",
                "float32 or int32",
                a.type());
        return a.withShape(
                switch (op) {
                    case ContractionOp.MatMul matMul -> matMul(matMul, a.shape(), b.shape(), check);
                    case ContractionOp.Convolution conv -> convolution(conv, a.shape(), b.shape(), check);
                    case ContractionOp.ConvInputGrad grad -> inputGrad(grad, a.shape(), b.shape(), check);
                    case ContractionOp.ConvFilterGrad grad -> filterGrad(grad, a.shape(), b.shape(), check);
                });
    }

    private static Shape matMul(ContractionOp.MatMul op, Shape a, Shape b, Check check) {
        for (Shape shape : List.of(a, b)) {
            check.that(shape.rank() >= 2, "C2", "both operands have rank 2 or more", ">= 2", shape);
        }
        Dim m = a.dim(op.transposeA() ? -1 : -2);
        Dim k = a.dim(op.transposeA() ? -2 : -1);
        Dim inner = b.dim(op.transposeB() ? -1 : -2);
        Dim n = b.dim(op.transposeB() ? -2 : -1);
        check.that(k.equals(inner), "C3", "the inner sizes are equal", k, inner);
        List<Shape> outer = List.of(a.slice(0, a.rank() - 2), b.slice(0, b.rank() - 2));
        return ElementwiseShapes.broadcast(check, "C4", outer).concat(Shape.ofDims(List.of(m, n)));
    }

    private static Shape convolution(ContractionOp.Convolution op, Shape x, Shape w, Check check) {
        Window window = op.window();
        Layout layout = op.layout();
        ranks(check, window, x, w);
        int cin = x.size(layout.channelAxis(x.rank()));
        int perGroup = w.size(layout.kernelInputAxis(w.rank()));
        int cout = w.size(layout.kernelOutputAxis(w.rank()));
        check.that(
                cin == op.groups() * perGroup,
                "C3",
                "input channels = groups × input channels per group of the kernel",
                op.groups() + " × " + perGroup,
                cin);
        check.that(
                cout % op.groups() == 0,
                "C4",
                "output channels are a multiple of groups",
                "a multiple of " + op.groups(),
                cout);
        kernelSize(check, window, layout, w);
        return data(layout, x.dim(0), outputSizes(check, "C6", window, layout, x, false), cout);
    }

    private static Shape inputGrad(ContractionOp.ConvInputGrad op, Shape dy, Shape w, Check check) {
        Window window = op.window();
        Layout layout = op.layout();
        ranks(check, window, dy, w);
        int channels = dy.size(layout.channelAxis(dy.rank()));
        int cout = w.size(layout.kernelOutputAxis(w.rank()));
        check.that(channels == cout, "C3", "channels of the gradient = output channels of the kernel", cout, channels);
        check.that(
                cout % op.groups() == 0,
                "C3",
                "output channels are a multiple of groups",
                "a multiple of " + op.groups(),
                cout);
        kernelSize(check, window, layout, w);
        gradientSize(check, "C6", window, false, op.inputSize(), layout, dy);
        return data(layout, dy.dim(0), op.inputSize(), w.size(layout.kernelInputAxis(w.rank())) * op.groups());
    }

    private static Shape filterGrad(ContractionOp.ConvFilterGrad op, Shape x, Shape dy, Check check) {
        Window window = op.window();
        Layout layout = op.layout();
        ranks(check, window, x, dy);
        int cin = x.size(layout.channelAxis(x.rank()));
        int cout = dy.size(layout.channelAxis(dy.rank()));
        check.that(
                cin % op.groups() == 0 && cout % op.groups() == 0,
                "C3",
                "channels are multiples of groups",
                "multiples of " + op.groups(),
                cin + " and " + cout);
        check.that(x.dim(0).equals(dy.dim(0)), "C4", "data and gradient have the same batch size", x.dim(0), dy.dim(0));
        List<Integer> spatial = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            spatial.add(x.size(layout.spatialStart() + i));
        }
        gradientSize(check, "C6", window, false, spatial, layout, dy);
        Shape size = Shape.of(window.size());
        Shape channels = Shape.of(cin / op.groups(), cout);
        return layout == Layout.CHANNELS_LAST
                ? size.concat(channels)
                : channels.permute(List.of(1, 0)).concat(size);
    }

    private static void ranks(Check check, Window window, Shape a, Shape b) {
        for (Shape shape : List.of(a, b)) {
            check.that(
                    shape.rank() == window.rank() + 2,
                    "C2",
                    "the rank is the window's plus 2",
                    window.rank() + 2,
                    shape);
        }
    }

    private static void kernelSize(Check check, Window window, Layout layout, Shape w) {
        List<Integer> size = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            size.add(w.size(layout.kernelSpatialStart() + i));
        }
        check.that(
                size.equals(window.size()),
                "C5",
                "the window's size is the kernel's spatial size",
                size,
                window.size());
    }

    /** The spatial sizes that a window gives for data; at least one window must fit. */
    static List<Integer> outputSizes(
            Check check, String rule, Window window, Layout layout, Shape x, boolean ceilMode) {
        List<Integer> sizes = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            int input = x.size(layout.spatialStart() + i);
            int output = window.outputSize(i, input, ceilMode);
            check.that(
                    output >= 1,
                    rule,
                    "at least one window fits along each spatial axis",
                    "padded size >= " + window.extent(i),
                    input + window.padTotal(i));
            sizes.add(output);
        }
        return sizes;
    }

    /** Holds a gradient's spatial size to what the forward op gives. */
    static void gradientSize(
            Check check, String rule, Window window, boolean ceilMode, List<Integer> input, Layout layout, Shape dy) {
        for (int i = 0; i < window.rank(); i++) {
            int expected = window.outputSize(i, input.get(i), ceilMode);
            int got = dy.size(layout.spatialStart() + i);
            check.that(
                    expected == got,
                    rule,
                    "the gradient has the spatial size of the forward op's result",
                    expected,
                    got);
        }
    }

    /** The shape of data in a layout. */
    static Shape data(Layout layout, Dim batch, List<Integer> spatial, int channels) {
        Shape middle = Shape.of(spatial);
        Shape inner =
                layout == Layout.CHANNELS_LAST ? middle.concat(Shape.of(channels)) : middle.prepend(Dim.of(channels));
        return inner.prepend(batch);
    }
}
