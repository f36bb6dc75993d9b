package dev.convoy.graph.gradient;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the gradients of a scalar with respect to other values: reverse-mode differentiation from graph to graph.
 *
 * <p>Only values on a path of real numbers from {@code wrt} to the loss get a gradient. Where a function has no
 * derivative, these hold, as in TensorFlow where it defines them:
 *
 * <ul>
 *   <li>G1: RELU and ABS have gradient 0 at 0.
 *   <li>G2: SIGN, FLOOR, CEIL and ROUND have gradient 0 everywhere; so have comparisons, conditions, indices, and casts to
 *       or from a type that is not real.
 *   <li>G3: SQRT has an infinite gradient at 0.
 *   <li>G4: the binary MAX and MIN give a tie's gradient to the first operand.
 *   <li>G5: the reductions MAX and MIN, and Scatter with them, share a tie's gradient equally.
 *   <li>G6: {@code a POW b} has gradient 0 with respect to a where b is 0, and with respect to b where a is 0 or less.
 *   <li>G7: MOD and REM are treated as {@code a - b·q} with a constant quotient q.
 *   <li>G8: MaxPool gives a window's gradient to the element its index names; TopK, to the positions it returned.
 *   <li>G9: Scatter with SET gives the gradient of a place to the update that is there at the end.
 *   <li>G10: gradients that address elements of a flattened tensor, those of MaxPoolGrad and of a Gather with indices of
 *       more than one axis, need known sizes.
 *   <li>G11: Scan is unrolled.
 * </ul>
 */
public final class Gradients {

    private Gradients() {}

    /**
     * Adds the nodes of the gradients.
     *
     * @param g the graph that holds the values
     * @param loss a real value with one element
     * @param wrt real values
     * @return the gradient for each of {@code wrt}, of its spec; zeros if the loss does not depend on it
     * @throws IllegalArgumentException if the loss is not a single real number, or a value of {@code wrt} is not real
     */
    public static List<Value> of(GraphBuilder g, Value loss, List<Value> wrt) {
        boolean single = loss.shape().isKnown() && loss.shape().elements() == 1;
        if (!single || !loss.spec().type().isReal()) {
            throw new IllegalArgumentException("A loss is a single real number, got " + loss.spec());
        }
        for (Value value : wrt) {
            if (!value.spec().type().isReal()) {
                throw new IllegalArgumentException("There is no gradient with respect to " + value);
            }
        }
        return new Sweep(g, Set.of(), wrt).run(List.of(loss), List.of(Sums.ones(g, loss)));
    }

    /** Backward through the nodes between some values and others. */
    private static final class Sweep {
        private final GraphBuilder g;
        private final Set<Value> boundary;
        private final List<Value> wrt;
        private final Set<Value> active;
        private final Map<Value, Value> gradients = new HashMap<>();

        /**
         * @param boundary values whose producers are not entered
         */
        Sweep(GraphBuilder g, Set<Value> boundary, List<Value> wrt) {
            this.g = g;
            this.boundary = boundary;
            this.wrt = wrt;
            this.active = new HashSet<>(wrt);
        }

        List<Value> run(List<Value> results, List<@Nullable Value> seeds) {
            List<Node> nodes = nodesBefore(results);
            for (Node node : nodes) {
                if (node.inputs().stream().anyMatch(active::contains)) {
                    node.outputs().stream()
                            .filter(v -> v.spec().type().isReal())
                            .forEach(active::add);
                }
            }
            for (int i = 0; i < results.size(); i++) {
                Value seed = seeds.get(i);
                if (seed != null) {
                    accumulate(results.get(i), seed);
                }
            }
            for (Node node : nodes.reversed()) {
                if (node.outputs().stream().anyMatch(v -> active.contains(v) && gradients.containsKey(v))) {
                    g.in(node.origin(), () -> {
                        enter(node);
                        return node;
                    });
                }
            }
            return wrt.stream()
                    .map(v -> gradients.containsKey(v) ? gradients.get(v) : Sums.zeros(g, v))
                    .toList();
        }

        /** The nodes that results depend on, in the order in which they were added. */
        private List<Node> nodesBefore(Collection<Value> results) {
            Set<Node> found = new HashSet<>();
            Deque<Value> open = new ArrayDeque<>(results);
            while (!open.isEmpty()) {
                Value value = open.pop();
                Node node = value.producer().orElse(null);
                if (node != null && !boundary.contains(value) && found.add(node)) {
                    open.addAll(node.inputs());
                }
            }
            List<Node> ordered = new ArrayList<>(found);
            ordered.sort(Comparator.comparingInt(node -> node.output().id()));
            return ordered;
        }

        private void accumulate(Value value, Value gradient) {
            Value sum = gradients.get(value);
            gradients.put(value, sum == null ? gradient : g.add(sum, gradient));
        }

        private void enter(Node node) {
            List<@Nullable Value> given = new ArrayList<>();
            node.outputs().forEach(v -> given.add(gradients.get(v)));
            Pullback pullback = new Pullback(g, node, given, active::contains, this::accumulate);
            switch (node.op()) {
                case ElementwiseOp op -> ElementwiseGradients.write(op, pullback);
                case ReductionOp op -> ReductionGradients.write(op, pullback);
                case ContractionOp op -> ContractionGradients.write(op, pullback);
                case SpatialOp op -> SpatialGradients.write(op, pullback);
                case MovementOp op -> MovementGradients.write(op, pullback);
                case IndexingOp op -> IndexingGradients.write(op, pullback);
                case ControlOp op -> through(node, ControlGradients.forward(op, g, node.inputs()), given);
                case CompositeGradient op -> op.gradient(pullback);
                case CompositeOp op -> through(node, op.decompose(g, node.inputs()), given);
            }
        }

        /** Differentiates other nodes that compute the same results from the same operands. */
        private void through(Node node, List<Value> results, List<@Nullable Value> given) {
            List<Value> operands =
                    node.inputs().stream().filter(active::contains).distinct().toList();
            List<Value> found = new Sweep(g, Set.copyOf(node.inputs()), operands).run(results, given);
            for (int i = 0; i < operands.size(); i++) {
                accumulate(operands.get(i), found.get(i));
            }
        }
    }
}
