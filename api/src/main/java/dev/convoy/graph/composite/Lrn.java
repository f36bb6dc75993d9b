package dev.convoy.graph.composite;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * {@code y_c = x_c / (bias + alpha / size · Σ x_i²)^beta}, the sum over i from {@code c - ⌊(size-1)/2⌋} to
 * {@code c + ⌈(size-1)/2⌉} where there are channels (ONNX 13 LRN, for odd sizes PyTorch LocalResponseNorm; Krizhevsky
 * et al., 2012).
 *
 * <ul>
 *   <li>C1: one real operand.
 *   <li>C2: the axis is an axis of the operand.
 *   <li>C3: size is at least 1.
 * </ul>
 *
 * @param size channels in a window
 * @param alpha ONNX default 0.0001
 * @param beta ONNX default 0.75
 * @param bias ONNX default 1
 * @param axis of the channels; may be negative
 */
public record Lrn(int size, double alpha, double beta, double bias, int axis) implements AxisComposite {

    public Lrn {
        Check.of("Lrn").that(size >= 1, "C3", "size is at least 1", ">= 1", size);
    }

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
        Value x = Operands.real(this, inputs);
        int along = Operands.axis(Check.of(this, inputs), axis, x);
        int channels = x.shape().size(along);
        List<Integer> none = Collections.nCopies(x.shape().rank(), 0);
        List<Integer> before = new ArrayList<>(none);
        List<Integer> after = new ArrayList<>(none);
        before.set(along, (size - 1) / 2);
        after.set(along, size / 2);
        Value padded = g.add(new MovementOp.Pad(MovementOp.PadMode.CONSTANT, before, after, 0), g.mul(x, x));
        Value sum = g.slice(padded, along, 0, channels);
        for (int i = 1; i < size; i++) {
            sum = g.add(sum, g.slice(padded, along, i, i + channels));
        }
        Value base = g.add(g.mul(sum, alpha / size), bias);
        return List.of(g.div(x, g.binary(BinaryFn.POW, base, beta)));
    }

    @Override
    public Optional<Lrn> reordered(List<Integer> order) {
        return Optional.of(new Lrn(size, alpha, beta, bias, Operands.moved(axis, order)));
    }
}
