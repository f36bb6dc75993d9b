package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp.Gather;
import dev.convoy.graph.Value;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/**
 * Other sizes of some axes, by interpolation along one after the other, with half-pixel centres ({@code
 * tf.image.resize}, Keras 3 {@code Resizing} and {@code UpSampling2D}). As TensorFlow does, BICUBIC
 * without antialias rounds places to 1/1024.
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: axes are axes of the operand, each once.
 *   <li>C3: there is one size for each axis, and sizes are at least 1, the operand's too.
 * </ul>
 *
 * @param axes may be negative
 * @param sizes of these axes in the result
 * @param antialias whether kernels are stretched when an axis shrinks; without meaning for NEAREST and AREA
 */
public record Resize(List<Integer> axes, List<Integer> sizes, Interpolation method, boolean antialias)
        implements AxisComposite {

    public Resize {
        axes = List.copyOf(axes);
        sizes = List.copyOf(sizes);
        Check check = Check.of("Resize");
        check.that(axes.size() == sizes.size(), "C3", "there is one size for each axis", axes, sizes);
        check.that(sizes.stream().allMatch(s -> s >= 1), "C3", "sizes are at least 1", ">= 1", sizes);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        Check check = Check.of(this, inputs);
        Operands.axes(check, axes, x);
        List<Integer> present = axes.stream().map(x.shape()::size).toList();
        check.that(present.stream().allMatch(s -> s >= 1), "C3", "the operand's sizes are at least 1", ">= 1", present);
        if (present.equals(sizes)) {
            return inputs;
        }
        for (int i = 0; i < axes.size(); i++) {
            if (!present.get(i).equals(sizes.get(i)) || !method.isInterpolating()) {
                x = along(g, x, x.shape().axis(axes.get(i)), present.get(i), sizes.get(i));
            }
        }
        return List.of(x);
    }

    private Value along(GraphBuilder g, Value x, int axis, int from, int to) {
        if (method == Interpolation.NEAREST) {
            return g.add(new Gather(axis), x, g.constant(Tensor.of(ResizeWeights.nearest(from, to), to)));
        }
        Value weights = g.constant(Tensor.of(ResizeWeights.matrix(from, to, method, antialias), to, from));
        Value typed = g.cast(weights, x.spec().type());
        Shape shape = x.shape();
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
        return Optional.of(new Resize(moved, sizes, method, antialias));
    }
}
