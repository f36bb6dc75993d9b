package dev.convoy.layers;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;
import java.util.stream.IntStream;

/** What a parameter adds to the loss. */
@FunctionalInterface
public interface Regularizer {

    /**
     * @return a scalar
     */
    Value penalty(GraphBuilder g, Value weight);

    /** {@code l1 · Σ|w| + l2 · Σw²} (Keras 3 {@code L1L2}). */
    record L1L2(double l1, double l2) implements Regularizer {
        @Override
        public Value penalty(GraphBuilder g, Value weight) {
            List<Integer> axes =
                    IntStream.range(0, weight.shape().rank()).boxed().toList();
            Value absolute = g.mul(g.reduce(ReduceFn.SUM, g.unary(UnaryFn.ABS, weight), axes, false), l1);
            Value squared = g.mul(g.reduce(ReduceFn.SUM, g.mul(weight, weight), axes, false), l2);
            return g.add(absolute, squared);
        }
    }

    /** {@code factor · Σ|w|}; Keras' default factor is 0.01. */
    static Regularizer l1(double factor) {
        return new L1L2(factor, 0);
    }

    /** {@code factor · Σw²}; Keras' default factor is 0.01. */
    static Regularizer l2(double factor) {
        return new L1L2(0, factor);
    }
}
