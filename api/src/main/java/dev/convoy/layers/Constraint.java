package dev.convoy.layers;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import java.util.List;

/** Where a parameter is moved after each training step. Formulas and defaults are those of Keras 3. */
@FunctionalInterface
public interface Constraint {

    /** Added to norms before dividing by them: Keras' {@code epsilon()}. */
    double EPSILON = 1e-7;

    /**
     * @return the parameter as it goes on, of the same spec
     */
    Value apply(GraphBuilder g, Value weight);

    /**
     * {@code w · clip(|w|, 0, maxValue) / (ε + |w|)} with the norm along {@code axes}.
     *
     * @param maxValue Keras' default is 2
     * @param axes Keras' default is [0]; for a Conv2D kernel [0, 1, 2]
     */
    record MaxNorm(double maxValue, List<Integer> axes) implements Constraint {
        @Override
        public Value apply(GraphBuilder g, Value weight) {
            Value norm = norm(g, weight, axes);
            Value wanted = g.min(norm, g.scalar(maxValue, weight.spec().type()));
            return g.mul(weight, g.div(wanted, g.add(norm, EPSILON)));
        }
    }

    /**
     * {@code w / (ε + |w|)} with the norm along {@code axes}; Keras' default is [0].
     */
    record UnitNorm(List<Integer> axes) implements Constraint {
        @Override
        public Value apply(GraphBuilder g, Value weight) {
            return g.div(weight, g.add(norm(g, weight, axes), EPSILON));
        }
    }

    /** {@code max(w, 0)}. */
    record NonNegative() implements Constraint {
        @Override
        public Value apply(GraphBuilder g, Value weight) {
            return g.binary(BinaryFn.MAX, weight, 0);
        }
    }

    private static Value norm(GraphBuilder g, Value weight, List<Integer> axes) {
        return g.unary(UnaryFn.SQRT, g.reduce(ReduceFn.SUM, g.mul(weight, weight), axes, true));
    }
}
