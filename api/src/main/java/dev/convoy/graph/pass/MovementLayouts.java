package dev.convoy.graph.pass;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Writes movements and indexing for {@link LayoutAssignment} with their axes in the order of what is stored. */
final class MovementLayouts {

    private final GraphBuilder g;
    private final StoredForms forms;
    private final LayoutDemands demands;

    MovementLayouts(GraphBuilder g, StoredForms forms, LayoutDemands demands) {
        this.g = g;
        this.forms = forms;
        this.demands = demands;
    }

    void write(MovementOp op, Node node) {
        Value x = node.input(0);
        switch (op) {
            case MovementOp.Reshape(Shape target) ->
                forms.put(node.output(), Orders.identity(target.rank()), g.reshape(forms.plain(x), target));
            case MovementOp.Transpose(List<Integer> permutation) -> {
                List<Integer> undone = Orders.inverse(permutation);
                for (List<Integer> order : forms.orders(x)) {
                    forms.put(node.output(), Orders.permute(undone, order), forms.in(x, order));
                }
            }
            case MovementOp.Broadcast(Shape target) -> {
                List<Integer> order = choose(node);
                forms.put(node.output(), order, g.broadcast(forms.in(x, order), target.permute(order)));
            }
            case MovementOp.Slice(List<Integer> starts, List<Integer> ends, List<Integer> steps) -> {
                List<Integer> order = choose(node);
                Op moved = new MovementOp.Slice(
                        Orders.permute(starts, order), Orders.permute(ends, order), Orders.permute(steps, order));
                put(node, order, moved);
            }
            case MovementOp.Reverse(List<Integer> axes) -> {
                List<Integer> order = choose(node);
                put(node, order, new MovementOp.Reverse(Orders.moved(axes, order)));
            }
            case MovementOp.Pad pad -> {
                List<Integer> order = choose(node);
                Op moved = new MovementOp.Pad(
                        pad.mode(),
                        Orders.permute(pad.before(), order),
                        Orders.permute(pad.after(), order),
                        pad.value());
                put(node, order, moved);
            }
            case MovementOp.Concat(int axis) -> {
                List<Integer> order = choose(node);
                put(node, order, new MovementOp.Concat(order.indexOf(axis)));
            }
        }
    }

    void write(IndexingOp op, Node node) {
        switch (op) {
            case IndexingOp.Gather(int axis) -> gather(axis, node);
            case IndexingOp.Scatter(int axis, IndexingOp.ScatterFn fn) -> scatter(axis, fn, node);
            case IndexingOp.Iota(DataType type, Shape shape, int axis) -> {
                List<Integer> order = choose(node);
                put(node, order, new IndexingOp.Iota(type, shape.permute(order), order.indexOf(axis)));
            }
            case IndexingOp.Constant constant ->
                forms.put(node.output(), Orders.identity(node.output().shape().rank()), g.add(constant));
        }
    }

    private List<Integer> choose(Node node) {
        return forms.choose(node, demands.of(node.output()));
    }

    private void put(Node node, List<Integer> order, Op moved) {
        List<Value> operands =
                node.inputs().stream().map(value -> forms.in(value, order)).toList();
        forms.put(node.output(), order, g.add(moved, operands).getFirst());
    }

    /** The axes of the indices stand where the axis of the data stood. */
    private void gather(int axis, Node node) {
        Value data = node.input(0);
        Value indices = node.input(1);
        int added = indices.shape().rank();
        List<Integer> order = forms.order(data);
        List<Integer> result = new ArrayList<>();
        for (int i : order) {
            if (i != axis) {
                result.add(i < axis ? i : i + added - 1);
                continue;
            }
            for (int j = 0; j < added; j++) {
                result.add(axis + j);
            }
        }
        Op moved = new IndexingOp.Gather(order.indexOf(axis));
        forms.put(node.output(), result, g.add(moved, forms.in(data, order), forms.plain(indices)));
    }

    private void scatter(int axis, IndexingOp.ScatterFn fn, Node node) {
        List<Integer> order = forms.order(node.input(0));
        Op moved = new IndexingOp.Scatter(order.indexOf(axis), fn);
        Value data = forms.in(node.input(0), order);
        Value updates = forms.in(node.input(2), order);
        forms.put(node.output(), order, g.add(moved, data, forms.plain(node.input(1)), updates));
    }
}
