package dev.convoy.graph.composite;

import dev.convoy.graph.Check;
import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.List;

/**
 * {@code y = x >= 0 ? x : slope · x} with a learned slope (Keras 3 PReLU, ONNX 16 PRelu; He et al., 2015). Operands: x,
 * slope.
 *
 * <ul>
 *   <li>C1: two operands of the same real type.
 *   <li>C2: the slope broadcasts to the shape of x.
 * </ul>
 */
public record PRelu() implements ElementwiseComposite {

    @Override
    public List<Value> decompose(GraphBuilder g, List<Value> inputs) {

        Check check = Check.of(this, inputs);
        Operands.count(check, inputs, 2, 2);
        Operands.allReal(check, inputs);
        Value x = inputs.getFirst();
        Value steep = g.mul(x, inputs.get(1));
        check.that(
                steep.shape().equals(x.shape()),
                "C2",
                "the slope broadcasts to the shape of x",
                x.shape(),
                inputs.get(1).shape());
        return List.of(g.select(g.compare(CompareFn.GE, x, 0), x, steep));
    }
}
