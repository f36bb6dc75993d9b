package dev.convoy.graph.pass;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.AxisComposite;
import dev.convoy.graph.composite.ElementwiseComposite;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * In which order of its axes the users of each value would like to have it, found from the outputs backwards. Users
 * that can take any order pass on what is asked of their results.
 */
final class LayoutDemands {

    private final Layout layout;
    /** Absent: nobody minds. Empty: users want different orders. */
    private final Map<Value, Optional<List<Integer>>> demands = new HashMap<>();

    private LayoutDemands(Layout layout) {
        this.layout = layout;
    }

    static LayoutDemands of(Graph graph, Layout layout) {
        LayoutDemands demands = new LayoutDemands(layout);
        graph.outputs().values().forEach(demands::askPlain);
        graph.updates().values().forEach(demands::askPlain);
        graph.nodes().reversed().forEach(demands::visit);
        return demands;
    }

    /** The order that all users who mind want; null if there is none. */
    @Nullable
    List<Integer> of(Value value) {
        return demands.getOrDefault(value, Optional.empty()).orElse(null);
    }

    private void ask(Value value, @Nullable List<Integer> order) {
        if (order != null) {
            Optional<List<Integer>> wanted = Optional.of(order);
            demands.merge(value, wanted, (a, b) -> a.equals(b) ? a : Optional.empty());
        }
    }

    private void askPlain(Value value) {
        ask(value, Orders.identity(value.shape().rank()));
    }

    private void visit(Node node) {
        switch (node.op()) {
            case ElementwiseOp _, ElementwiseComposite _ -> node.inputs().forEach(value -> passOn(node, value));
            case ReductionOp _, AxisComposite _ -> {
                passOn(node, node.input(0));
                node.inputs().stream().skip(1).forEach(this::askPlain);
            }
            case ContractionOp contraction -> contraction(contraction, node);
            case SpatialOp spatial ->
                node.inputs().forEach(value -> ask(value, data(SpatialLayouts.of(spatial), value)));
            case MovementOp movement -> movement(movement, node);
            case IndexingOp indexing -> indexing(indexing, node);
            case ControlOp _, CompositeOp _ -> node.inputs().forEach(this::askPlain);
        }
    }

    private List<Integer> data(Layout from, Value value) {
        return from.permutationTo(layout, value.shape().rank());
    }

    private List<Integer> kernel(Layout from, Value value) {
        return from.kernelPermutationTo(layout, value.shape().rank());
    }

    /** What is asked of the result is asked of an operand of the same rank. */
    private void passOn(Node node, Value operand) {
        List<Integer> wanted = of(node.output());
        if (wanted != null && wanted.size() == operand.shape().rank()) {
            ask(operand, wanted);
        }
    }

    private void contraction(ContractionOp op, Node node) {
        Value a = node.input(0);
        Value b = node.input(1);
        switch (op) {
            case ContractionOp.Convolution conv -> {
                ask(a, data(conv.layout(), a));
                ask(b, kernel(conv.layout(), b));
            }
            case ContractionOp.ConvInputGrad grad -> {
                ask(a, data(grad.layout(), a));
                ask(b, kernel(grad.layout(), b));
            }
            case ContractionOp.ConvFilterGrad grad -> {
                ask(a, data(grad.layout(), a));
                ask(b, data(grad.layout(), b));
            }
            case ContractionOp.MatMul matMul -> {
                boolean flattened = a.producer()
                        .filter(before -> before.op() instanceof MovementOp.Reshape)
                        .isPresent();
                if (!flattened || !FlattenedDense.isFoldable(matMul, a, b)) {
                    askPlain(a);
                }
                askPlain(b);
            }
        }
    }

    private void movement(MovementOp op, Node node) {
        Value x = node.input(0);
        List<Integer> wanted = of(node.output());
        switch (op) {
            case MovementOp.Reshape(var target) ->
                ask(x, wanted == null ? null : ReshapeOrders.carry(target, x.shape(), wanted));
            case MovementOp.Transpose(List<Integer> permutation) ->
                ask(x, wanted == null ? null : Orders.permute(permutation, wanted));
            case MovementOp.Broadcast _, MovementOp.Slice _, MovementOp.Reverse _ -> passOn(node, x);
            case MovementOp.Pad _, MovementOp.Concat _ -> node.inputs().forEach(value -> passOn(node, value));
        }
    }

    private void indexing(IndexingOp op, Node node) {
        switch (op) {
            case IndexingOp.Gather _ -> {
                passOn(node, node.input(0));
                askPlain(node.input(1));
            }
            case IndexingOp.Scatter _ -> {
                passOn(node, node.input(0));
                askPlain(node.input(1));
                passOn(node, node.input(2));
            }
            case IndexingOp.Iota _, IndexingOp.Constant _ -> {}
        }
    }
}
