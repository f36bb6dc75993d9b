package dev.convoy.training;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.Check;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.ReduceFn;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.Clip;
import java.util.List;
import java.util.stream.IntStream;

/** What happens to the gradients before the optimizer sees them. */
@FunctionalInterface
public interface GradientTransform {

    /**
     * @param gradients one for each trainable parameter
     * @return as many, of the same specs
     */
    List<Value> apply(GraphBuilder g, List<Value> gradients);

    /** Each element is brought into {@code [-limit, limit]} (Keras' {@code clipvalue}). */
    record ClipValue(double limit) implements GradientTransform {

        public ClipValue {
            positive("clipvalue", limit);
        }

        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients) {
            return gradients.stream()
                    .map(x -> g.add(new Clip(-limit, limit), x))
                    .toList();
        }
    }

    /** Each gradient is scaled down to a norm of at most {@code limit} (Keras' {@code clipnorm}). */
    record ClipNorm(double limit) implements GradientTransform {

        public ClipNorm {
            positive("clipnorm", limit);
        }

        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients) {
            return gradients.stream()
                    .map(x -> g.mul(x, scale(g, g.unary(UnaryFn.SQRT, squares(g, x)), limit)))
                    .toList();
        }
    }

    /** All gradients are scaled down together to a common norm of at most {@code limit} (Keras' {@code global_clipnorm}). */
    record GlobalClipNorm(double limit) implements GradientTransform {

        public GlobalClipNorm {
            positive("global_clipnorm", limit);
        }

        @Override
        public List<Value> apply(GraphBuilder g, List<Value> gradients) {
            if (gradients.isEmpty()) {
                return gradients;
            }
            Value sum =
                    gradients.stream().map(x -> squares(g, x)).reduce(g::add).orElseThrow();
            Value scale = scale(g, g.unary(UnaryFn.SQRT, sum), limit);
            return gradients.stream().map(x -> g.mul(x, scale)).toList();
        }
    }

    private static void positive(String name, double limit) {
        Check.of("GradientTransform").that(limit > 0, "G1", name + " is positive", "> 0", limit);
    }

    private static Value squares(GraphBuilder g, Value x) {
        List<Integer> axes = IntStream.range(0, x.shape().rank()).boxed().toList();
        return g.reduce(ReduceFn.SUM, g.mul(x, x), axes, false);
    }

    private static Value scale(GraphBuilder g, Value norm, double limit) {
        return g.div(g.scalar(limit, norm.spec().type()), g.binary(BinaryFn.MAX, norm, limit));
    }
}
