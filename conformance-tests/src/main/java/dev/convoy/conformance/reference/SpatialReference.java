package dev.convoy.conformance.reference;

import dev.convoy.graph.Layout;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Window;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;

/** The meaning of {@link SpatialOp}. */
final class SpatialReference {

    private SpatialReference() {}

    static List<Tensor> run(SpatialOp op, List<Tensor> operands, List<TensorSpec> specs) {
        Tensor first = operands.getFirst();
        TensorSpec spec = specs.getFirst();
        return switch (op) {
            case SpatialOp.MaxPool pool -> maxPool(pool, first, specs);
            case SpatialOp.MaxPoolGrad grad -> List.of(maxPoolGrad(grad, first, operands.get(1), spec));
            case SpatialOp.AvgPool pool -> List.of(avgPool(pool, first, spec));
            case SpatialOp.AvgPoolGrad(SpatialOp.AvgPool pool, List<Integer> _) ->
                List.of(avgPoolGrad(pool, first, spec));
        };
    }

    private static List<Tensor> maxPool(SpatialOp.MaxPool op, Tensor x, List<TensorSpec> specs) {
        Shape shape = specs.getFirst().shape();
        Windows.Data data = new Windows.Data(op.layout(), x.shape());
        int[] sizes = data.spatialSizes();
        int[] spatialStrides = Shape.of(Arrays.stream(sizes).boxed().toList()).strides();
        int[] winners = new int[Math.toIntExact(shape.elements())];
        long[] indices = new long[winners.length];
        forEachResult(op.layout(), shape, (place, n, c, y) -> {
            winners[y] = -1;
            Windows.forEachElement(op.window(), place, (spatial, _) -> {
                if (Windows.isInside(spatial, sizes)) {
                    int position = data.position(n, spatial, c);
                    if (winners[y] < 0 || x.get(position) > x.get(winners[y])) {
                        winners[y] = position;
                        indices[y] = Grid.position(spatialStrides, spatial);
                    }
                }
            });
            if (winners[y] < 0) {
                throw new IllegalStateException("A window of " + op + " has no element inside " + x.shape());
            }
        });
        return List.of(Numbers.pick(x, shape, winners), Numbers.integers(specs.get(1), i -> indices[i]));
    }

    private static Tensor maxPoolGrad(SpatialOp.MaxPoolGrad op, Tensor dy, Tensor indices, TensorSpec spec) {
        Windows.Data result = new Windows.Data(op.layout(), spec.shape());
        int[] sizes = result.spatialSizes();
        int places = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        double[] dx = new double[Math.toIntExact(spec.shape().elements())];
        forEachResult(op.layout(), dy.shape(), (_, n, c, y) -> {
            int index = Math.toIntExact(Numbers.integer(indices, y));
            if (index < 0 || index >= places) {
                throw new IndexOutOfBoundsException(
                        "MaxPoolGrad: index " + index + " is outside [0, " + places + "). [max_pool_grad.C3]");
            }
            dx[result.position(n, coordinate(index, sizes), c)] += Numbers.real(dy, y);
        });
        return Numbers.reals(spec.shape(), i -> dx[i]);
    }

    private static int[] coordinate(int index, int[] sizes) {
        int[] at = new int[sizes.length];
        int left = index;
        for (int axis = sizes.length - 1; axis >= 0; axis--) {
            at[axis] = left % sizes[axis];
            left /= sizes[axis];
        }
        return at;
    }

    private static Tensor avgPool(SpatialOp.AvgPool op, Tensor x, TensorSpec spec) {
        Windows.Data data = new Windows.Data(op.layout(), x.shape());
        int[] sizes = data.spatialSizes();
        double[] sums = new double[Math.toIntExact(spec.shape().elements())];
        forEachResult(op.layout(), spec.shape(), (place, n, c, y) -> {
            Windows.forEachElement(op.window(), place, (spatial, _) -> {
                if (Windows.isInside(spatial, sizes)) {
                    sums[y] += Numbers.real(x, data.position(n, spatial, c));
                }
            });
            sums[y] /= count(op, place, sizes);
        });
        return Numbers.reals(spec.shape(), i -> sums[i]);
    }

    private static Tensor avgPoolGrad(SpatialOp.AvgPool op, Tensor dy, TensorSpec spec) {
        Windows.Data data = new Windows.Data(op.layout(), spec.shape());
        int[] sizes = data.spatialSizes();
        double[] dx = new double[Math.toIntExact(spec.shape().elements())];
        forEachResult(op.layout(), dy.shape(), (place, n, c, y) -> {
            double share = Numbers.real(dy, y) / count(op, place, sizes);
            Windows.forEachElement(op.window(), place, (spatial, _) -> {
                if (Windows.isInside(spatial, sizes)) {
                    dx[data.position(n, spatial, c)] += share;
                }
            });
        });
        return Numbers.reals(spec.shape(), i -> dx[i]);
    }

    /** What the sum of a window is divided by. */
    private static int count(SpatialOp.AvgPool op, int[] place, int[] sizes) {
        if (op.divisorOverride() > 0) {
            return op.divisorOverride();
        }
        Window window = op.window();
        int[] none = new int[sizes.length];
        int[] before = op.countIncludePad() ? ints(window.padsBegin()) : none;
        int[] after = op.countIncludePad() ? ints(window.padsEnd()) : none;
        int[] count = {0};
        Windows.forEachElement(window, place, (spatial, _) -> {
            if (Windows.isInside(spatial, sizes, before, after)) {
                count[0]++;
            }
        });
        return count[0];
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(i -> i).toArray();
    }

    @FunctionalInterface
    private interface Results {
        void visit(int[] place, int image, int channel, int position);
    }

    /** Every element of data in a layout: its spatial coordinate, image, channel and position. */
    private static void forEachResult(Layout layout, Shape shape, Results results) {
        Windows.Data data = new Windows.Data(layout, shape);
        Grid.forEach(data.spatialSizes(), (place, _) -> {
            for (int n = 0; n < data.images(); n++) {
                for (int c = 0; c < data.channels(); c++) {
                    results.visit(place, n, c, data.position(n, place, c));
                }
            }
        });
    }
}
