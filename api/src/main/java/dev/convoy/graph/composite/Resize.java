package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Resampling.CropAndResize;
import dev.convoy.graph.composite.Resampling.Kernel;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Other sizes of some axes, by interpolation along one after the other, with the rules of TensorFlow ({@code
 * tf.image.resize}, Keras 3 {@code Resizing} and {@code UpSampling2D}) or of ONNX.
 *
 * <ul>
 *   <li>C1: one operand, which is real unless elements are chosen as they are (nearest).
 *   <li>C2: axes are axes of the operand, each once.
 *   <li>C3: there is one size for each axis, and sizes are at least 1, the operand's too.
 *   <li>C4: with ONNX's rules there is one positive scale for each axis, and a start and an end where a part is resized.
 * </ul>
 *
 * @param axes may be negative
 * @param sizes of these axes in the result
 */
public record Resize(List<Integer> axes, List<Integer> sizes, Resampling rules) implements AxisComposite {

    public Resize {
        axes = List.copyOf(axes);
        sizes = List.copyOf(sizes);
        Check check = Check.of("Resize");
        check.that(axes.size() == sizes.size(), "C3", "there is one size for each axis", axes, sizes);
        check.that(sizes.stream().allMatch(s -> s >= 1), "C3", "sizes are at least 1", ">= 1", sizes);
        if (rules instanceof Resampling.Onnx onnx) {
            onePerAxis(check, axes, onnx.scales());
            if (onnx.coordinates() instanceof CropAndResize crop) {
                onePerAxis(check, axes, crop.starts());
                onePerAxis(check, axes, crop.ends());
            }
        }
    }

    private static void onePerAxis(Check check, List<Integer> axes, List<Double> numbers) {
        check.that(numbers.size() == axes.size(), "C4", "there is one number for each axis", axes, numbers);
    }

    /** With the rules of TensorFlow. */
    public Resize(List<Integer> axes, List<Integer> sizes, Interpolation method, boolean antialias) {
        this(axes, sizes, new Resampling.TensorFlow(method, antialias));
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 1, 1);
        Value x = inputs.getFirst();
        if (!choosesElements()) {
            Operands.real(check, x);
        }
        Operands.axes(check, axes, x);
        List<Integer> present = axes.stream().map(x.shape()::size).toList();
        check.that(present.stream().allMatch(s -> s >= 1), "C3", "the operand's sizes are at least 1", ">= 1", present);
        return switch (rules) {
            case Resampling.TensorFlow tensorFlow ->
                present.equals(sizes) ? inputs : List.of(resized(g, x, present, tensorFlow));
            case Resampling.Onnx onnx -> List.of(resized(g, x, present, onnx));
        };
    }

    private boolean choosesElements() {
        return switch (rules) {
            case Resampling.TensorFlow(Interpolation method, boolean antialias) -> method == Interpolation.NEAREST;
            case Resampling.Onnx onnx -> onnx.kernel() instanceof Kernel.Nearest;
        };
    }

    private Value resized(GraphBuilder g, Value operand, List<Integer> present, Resampling.TensorFlow tensorFlow) {
        Interpolation method = tensorFlow.method();
        Value x = operand;
        for (int i = 0; i < axes.size(); i++) {
            int from = present.get(i);
            int to = sizes.get(i);
            int axis = x.shape().axis(axes.get(i));
            if (from != to || !method.isInterpolating()) {
                x = method == Interpolation.NEAREST
                        ? chosen(g, x, axis, ResizeWeights.nearest(from, to))
                        : weighted(g, x, axis, to, ResizeWeights.matrix(from, to, method, tensorFlow.antialias()));
            }
        }
        return x;
    }

    private Value resized(GraphBuilder g, Value operand, List<Integer> present, Resampling.Onnx onnx) {
        Value x = operand;
        for (int i = 0; i < axes.size(); i++) {
            OnnxWeights weights = new OnnxWeights(onnx, i, present.get(i), sizes.get(i));
            int axis = x.shape().axis(axes.get(i));
            if (!weights.isIdentity()) {
                x = switch (onnx.kernel()) {
                    case Kernel.Nearest(Resampling.Rounding rounding) -> chosen(g, x, axis, weights.nearest(rounding));
                    case Kernel.Linear kernel -> weighted(g, x, axis, sizes.get(i), weights.linear(kernel));
                    case Kernel.Cubic kernel -> weighted(g, x, axis, sizes.get(i), weights.cubic(kernel));
                };
            }
        }
        return onnx.coordinates() instanceof CropAndResize crop ? cut(g, x, present, onnx, crop.outside()) : x;
    }

    private Value cut(GraphBuilder g, Value resized, List<Integer> present, Resampling.Onnx onnx, double outside) {
        Value x = resized;
        for (int i = 0; i < axes.size(); i++) {
            boolean[] inside = new OnnxWeights(onnx, i, present.get(i), sizes.get(i)).inside();
            int axis = x.shape().axis(axes.get(i));
            Shape along = Shape.of(Collections.nCopies(x.shape().rank(), 1)).with(axis, inside.length);
            Value mask = g.constant(Tensor.of(inside, along.sizes()));
            x = g.select(mask, x, g.scalar(outside, x.spec().type()));
        }
        return x;
    }

    private static Value chosen(GraphBuilder g, Value x, int axis, int[] indices) {
        return g.add(new Gather(axis), x, g.constant(Tensor.of(indices, indices.length)));
    }

    private static Value weighted(GraphBuilder g, Value x, int axis, int to, float[] matrix) {
        Shape shape = x.shape();
        Value weights = g.constant(Tensor.of(matrix, to, shape.size(axis)));
        Value typed = g.cast(weights, x.spec().type());
        if (axis > 0 && axis == shape.rank() - 1) {
            return g.add(new MatMul(false, true), x, typed);
        }
        int inner = Math.toIntExact(shape.slice(axis + 1, shape.rank()).elements());
        Value columns = g.reshape(x, shape.slice(0, axis + 1).concat(Shape.of(inner)));
        return g.reshape(g.matMul(typed, columns), shape.with(axis, to));
    }

    @Override
    public Optional<Resize> reordered(List<Integer> order) {
        List<Integer> moved =
                axes.stream().map(axis -> Operands.moved(axis, order)).toList();
        return Optional.of(new Resize(moved, sizes, rules));
    }
}
