package dev.convoy.graph.pass;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A contraction of real data with a constant kernel, and a bias behind it.
 *
 * @param bias one number per channel of the result
 * @param result the shape of the result
 */
record AffineContraction(ContractionOp op, Value data, Tensor kernel, double[] bias, Shape result) {

    /** Reads a node as a contraction without bias; null if it is none or its kernel is not constant. */
    static @Nullable AffineContraction of(Node node, List<Value> inputs) {
        if (!(node.op() instanceof ContractionOp op) || op instanceof ContractionOp.ConvFilterGrad) {
            return null;
        }
        Tensor kernel = inputs.get(1).constant().orElse(null);
        Shape result = node.output().shape();
        int axis = channelAxis(op, result.rank());
        return kernel != null && kernel.type().isReal() && result.dim(axis).isKnown()
                ? new AffineContraction(op, inputs.getFirst(), kernel, new double[result.size(axis)], result)
                : null;
    }

    /** The axis of the result that counts channels. */
    int channelAxis() {
        return channelAxis(op, result.rank());
    }

    private static int channelAxis(ContractionOp op, int rank) {
        return switch (op) {
            case ContractionOp.Convolution conv -> conv.layout().channelAxis(rank);
            case ContractionOp.ConvInputGrad grad -> grad.layout().channelAxis(rank);
            case ContractionOp.MatMul _, ContractionOp.ConvFilterGrad _ -> rank - 1;
        };
    }

    boolean isBiased() {
        return Arrays.stream(bias).anyMatch(b -> b != 0);
    }

    /** This with its channels scaled and shifted; null if a number would not be finite. */
    @Nullable
    AffineContraction then(ChannelAffine affine) {
        double[] factor = affine.factor();
        double[] shifted = new double[bias.length];
        Arrays.setAll(shifted, c -> bias[c] * factor[c] + affine.shift()[c]);
        Tensor scaled = affine.isShift() ? kernel : scaled(op, kernel, factor);
        boolean finite = (affine.isShift() || isFinite(scaled)) && isFinite(biasTensor(shifted));
        return finite ? new AffineContraction(op, data, scaled, shifted, result) : null;
    }

    private static Tensor scaled(ContractionOp op, Tensor kernel, double[] factor) {
        IntUnaryOperator channel = kernelChannel(op, kernel.shape());
        Supplier<Tensor> source = () -> tensor(kernel.spec(), i -> kernel.get(i) * factor[channel.applyAsInt(i)]);
        return Derived.of(source.get(), source);
    }

    /** For the position of an element in the kernel, the channel of the result to which it contributes. */
    private static IntUnaryOperator kernelChannel(ContractionOp op, Shape shape) {
        int rank = shape.rank();
        return switch (op) {
            case ContractionOp.MatMul matMul -> along(shape, matMul.transposeB() ? rank - 2 : rank - 1);
            case ContractionOp.Convolution conv -> along(shape, conv.layout().kernelOutputAxis(rank));
            case ContractionOp.ConvInputGrad grad -> {
                Layout layout = grad.layout();
                int perGroup = shape.size(layout.kernelInputAxis(rank));
                int outputs = shape.size(layout.kernelOutputAxis(rank)) / grad.groups();
                IntUnaryOperator input = along(shape, layout.kernelInputAxis(rank));
                IntUnaryOperator output = along(shape, layout.kernelOutputAxis(rank));
                yield i -> output.applyAsInt(i) / outputs * perGroup + input.applyAsInt(i);
            }
            case ContractionOp.ConvFilterGrad _ -> throw new IllegalStateException("a filter gradient has no kernel");
        };
    }

    private static IntUnaryOperator along(Shape shape, int axis) {
        int stride = shape.strides()[axis];
        int size = shape.size(axis);
        return i -> i / stride % size;
    }

    /** Writes the contraction, and the addition of the bias unless it is zero. */
    Value write(GraphBuilder g) {
        Value contracted = g.add(op, data, g.constant(kernel));
        return isBiased() ? g.add(contracted, g.constant(biasTensor(bias))) : contracted;
    }

    /** A bias with its channels where the result has them, {@code [c, 1, 1]} for example. */
    private Tensor biasTensor(double[] numbers) {
        int behind = result.rank() - 1 - channelAxis();
        Shape shape = Shape.of(numbers.length).concat(Shape.ofDims(Collections.nCopies(behind, Dim.of(1))));
        return tensor(new TensorSpec(kernel.type(), shape), i -> numbers[i]);
    }

    private static Tensor tensor(TensorSpec spec, IntToDoubleFunction element) {
        int size = Math.toIntExact(spec.shape().elements());
        if (spec.type() == DataType.FLOAT64) {
            double[] array = new double[size];
            Arrays.setAll(array, element::applyAsDouble);
            return Tensor.wrap(spec, array);
        }
        float[] array = new float[size];
        for (int i = 0; i < size; i++) {
            array[i] = (float) element.applyAsDouble(i);
        }
        return Tensor.wrap(spec, array);
    }

    private static boolean isFinite(Tensor tensor) {
        for (int i = 0; i < tensor.size(); i++) {
            if (!Double.isFinite(tensor.get(i))) {
                return false;
            }
        }
        return true;
    }
}
