package dev.convoy.conformance.reference;

import dev.convoy.graph.ContractionOp;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;

/**
 * The meaning of {@link ContractionOp}: each op is a set of products {@code x · w} and the place each is added to. A
 * convolution and its two gradients share one set, and differ in which two operands they multiply and where they add.
 */
final class ContractionReference {

    private ContractionReference() {}

    /** Sums of products: of reals in double, of int32 in long, of which the low bits are kept. */
    private static final class Sums {
        private final Tensor a;
        private final Tensor b;
        private final TensorSpec spec;
        private final double[] reals;
        private final long[] integers;

        Sums(Tensor a, Tensor b, TensorSpec spec) {
            this.a = a;
            this.b = b;
            this.spec = spec;
            int size = Math.toIntExact(spec.shape().elements());
            reals = new double[Numbers.isReal(a) ? size : 0];
            integers = new long[Numbers.isReal(a) ? 0 : size];
        }

        /** Adds {@code a[i] · b[j]} to the sum at {@code target}. */
        void add(int i, int j, int target) {
            if (Numbers.isReal(a)) {
                reals[target] += Numbers.real(a, i) * Numbers.real(b, j);
            } else {
                integers[target] += Numbers.integer(a, i) * Numbers.integer(b, j);
            }
        }

        Tensor tensor() {
            return Numbers.isReal(a)
                    ? Numbers.reals(spec.shape(), i -> reals[i])
                    : Numbers.integers(spec, i -> integers[i]);
        }
    }

    static Tensor run(ContractionOp op, List<Tensor> operands, TensorSpec spec) {
        Tensor first = operands.getFirst();
        Tensor second = operands.get(1);
        Sums sums = new Sums(first, second, spec);
        switch (op) {
            case ContractionOp.MatMul matMul -> matMul(matMul, first.shape(), second.shape(), spec.shape(), sums);
            case ContractionOp.Convolution conv ->
                Windows.forEachProduct(
                        conv, first.shape(), second.shape(), spec.shape(), (x, w, y) -> sums.add(x, w, y));
            case ContractionOp.ConvInputGrad grad ->
                Windows.forEachProduct(
                        new ContractionOp.Convolution(grad.window(), grad.groups(), grad.layout()),
                        spec.shape(),
                        second.shape(),
                        first.shape(),
                        (x, w, y) -> sums.add(y, w, x));
            case ContractionOp.ConvFilterGrad grad ->
                Windows.forEachProduct(
                        new ContractionOp.Convolution(grad.window(), grad.groups(), grad.layout()),
                        first.shape(),
                        spec.shape(),
                        second.shape(),
                        (x, w, y) -> sums.add(x, y, w));
        }
        return sums.tensor();
    }

    private static void matMul(ContractionOp.MatMul op, Shape a, Shape b, Shape y, Sums sums) {
        int inner = a.size(op.transposeA() ? -2 : -1);
        int[] inY = y.strides();
        int outer = y.rank() - 2;
        Grid.forEach(y.sizes(), (at, _) -> {
            for (int k = 0; k < inner; k++) {
                int m = at[outer];
                int n = at[outer + 1];
                int i = matrix(a, at, outer) + element(a, op.transposeA() ? k : m, op.transposeA() ? m : k);
                int j = matrix(b, at, outer) + element(b, op.transposeB() ? n : k, op.transposeB() ? k : n);
                sums.add(i, j, Grid.position(inY, at));
            }
        });
    }

    /** Where the matrix starts that broadcasts to the outer axes of {@code at}. */
    private static int matrix(Shape shape, int[] at, int outer) {
        int[] strides = shape.strides();
        int missing = outer - (shape.rank() - 2);
        int position = 0;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            position += shape.size(axis) == 1 ? 0 : strides[axis] * at[missing + axis];
        }
        return position;
    }

    private static int element(Shape shape, int row, int column) {
        return row * shape.size(-1) + column;
    }
}
