package dev.convoy.conformance.reference;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;

/** Walks over sliding windows: which elements of the data meet which elements of the window. */
final class Windows {

    private Windows() {}

    /** Data or a result of a spatial op, addressed by image, spatial position and channel whatever its layout. */
    record Data(Layout layout, Shape shape, int[] strides) {

        Data(Layout layout, Shape shape) {
            this(layout, shape, shape.strides());
        }

        int images() {
            return shape.size(0);
        }

        int channels() {
            return shape.size(layout.channelAxis(shape.rank()));
        }

        int[] spatialSizes() {
            int start = layout.spatialStart();
            return shape.slice(start, start + shape.rank() - 2).sizes();
        }

        int position(int image, int[] spatial, int channel) {
            int position = image * strides[0] + channel * strides[layout.channelAxis(shape.rank())];
            for (int i = 0; i < spatial.length; i++) {
                position += spatial[i] * strides[layout.spatialStart() + i];
            }
            return position;
        }
    }

    /** A kernel, addressed by place in the window, input channel in the group and output channel. */
    private record Kernel(Layout layout, int rank, int[] strides) {

        int position(int[] offset, int in, int out) {
            int position = in * strides[layout.kernelInputAxis(rank)] + out * strides[layout.kernelOutputAxis(rank)];
            for (int i = 0; i < offset.length; i++) {
                position += offset[i] * strides[layout.kernelSpatialStart() + i];
            }
            return position;
        }
    }

    @FunctionalInterface
    interface Products {
        /** One product of a convolution: positions of the data, the kernel and the result. */
        void visit(int x, int w, int y);
    }

    @FunctionalInterface
    interface Elements {
        /**
         * One element of a window.
         *
         * @param spatial its spatial coordinate in the data, possibly outside
         * @param offset its place in the window
         */
        void visit(int[] spatial, int[] offset);
    }

    /** Every element of the window at a place of the result, in row-major order. */
    static void forEachElement(Window window, int[] place, Elements elements) {
        int[] spatial = new int[place.length];
        Grid.forEach(window.size().stream().mapToInt(s -> s).toArray(), (offset, _) -> {
            for (int i = 0; i < spatial.length; i++) {
                spatial[i] = place[i] * window.strides().get(i)
                        + offset[i] * window.dilations().get(i)
                        - window.padsBegin().get(i);
            }
            elements.visit(spatial, offset);
        });
    }

    /** Whether a spatial coordinate lies in the data widened by {@code before} and {@code after}. */
    static boolean isInside(int[] spatial, int[] sizes, int[] before, int[] after) {
        for (int i = 0; i < sizes.length; i++) {
            if (spatial[i] < -before[i] || spatial[i] >= sizes[i] + after[i]) {
                return false;
            }
        }
        return true;
    }

    static boolean isInside(int[] spatial, int[] sizes) {
        int[] none = new int[sizes.length];
        return isInside(spatial, sizes, none, none);
    }

    /** Every product of a convolution whose data element lies inside the data. */
    static void forEachProduct(ContractionOp.Convolution op, Shape xs, Shape ws, Shape ys, Products products) {
        Data x = new Data(op.layout(), xs);
        Kernel w = new Kernel(op.layout(), ws.rank(), ws.strides());
        Data y = new Data(op.layout(), ys);
        int[] sizes = x.spatialSizes();
        int in = x.channels() / op.groups();
        int out = y.channels() / op.groups();
        Grid.forEach(
                y.spatialSizes(),
                (place, _) -> forEachElement(op.window(), place, (spatial, offset) -> {
                    if (!isInside(spatial, sizes)) {
                        return;
                    }
                    for (int n = 0; n < x.images(); n++) {
                        for (int o = 0; o < y.channels(); o++) {
                            int group = o / out;
                            for (int c = 0; c < in; c++) {
                                products.visit(
                                        x.position(n, spatial, group * in + c),
                                        w.position(offset, c, o),
                                        y.position(n, place, o));
                            }
                        }
                    }
                }));
    }
}
