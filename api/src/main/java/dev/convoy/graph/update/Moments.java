package dev.convoy.graph.update;

import dev.convoy.graph.CompareFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;

/** Parts that the formulas share. */
public final class Moments {

    /** Elements of a moment smaller than this in size become 0. */
    public static final double SMALLEST = 1e-30;

    private Moments() {}

    /** {@code average · decay + value · (1 - decay)}, flushed. */
    static Value decayed(GraphBuilder g, Value average, Value value, double decay) {
        return flushed(g, g.add(g.mul(average, decay), g.mul(value, 1 - decay)));
    }

    /** The value with elements smaller than {@link #SMALLEST} set to 0; NaN stays. */
    static Value flushed(GraphBuilder g, Value x) {
        Value tiny = g.compare(CompareFn.LT, g.unary(UnaryFn.ABS, x), SMALLEST);
        return g.select(tiny, g.scalar(0, x.spec().type()), x);
    }

    /**
     * {@code 1 - decay^step}, as {@code -expm1(step · ln decay)}: the difference itself would lose half its digits at the
     * first steps.
     */
    static Value correction(GraphBuilder g, double decay, Value step, Value like) {
        Value exponent = g.mul(g.cast(step, like.spec().type()), Math.log(decay));
        return g.unary(UnaryFn.NEG, g.unary(UnaryFn.EXPM1, exponent));
    }

    static Value square(GraphBuilder g, Value x) {
        return g.mul(x, x);
    }

    static Value sqrt(GraphBuilder g, Value x) {
        return g.unary(UnaryFn.SQRT, x);
    }
}
