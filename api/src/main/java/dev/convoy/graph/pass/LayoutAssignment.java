package dev.convoy.graph.pass;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Op;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.AxisComposite;
import dev.convoy.graph.composite.ElementwiseComposite;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Brings every spatial op into one layout and keeps transposes of activations few.
 *
 * <p>Backwards over the graph, {@link LayoutDemands} finds in which order of axes the users of each value want it.
 * Forwards, each node is written in the order that costs least: spatial ops in the wanted layout; what works in any
 * order (elementwise, reductions, Concat, Pad, Slice, Softmax, …) in the order of its operands or in the one that is
 * demanded of its result, whichever transposes fewer elements. A Transpose is not written but remembered, and so is
 * every value's order ({@link StoredForms}); a transpose is written only where a user needs another order than those
 * at hand, and then once per value and order. A flattened activation that a constant matrix multiplies keeps its
 * order; the rows of the matrix are permuted ({@link FlattenedDense}). Transposes of constants are left for
 * {@link ConstantFolding}.
 *
 * <p>The result is taken only if it has fewer ops in the other layout, or as many and fewer transposed elements; so the
 * pass may be repeated and ends.
 */
public final class LayoutAssignment {

    private final Layout layout;
    private final LayoutDemands demands;
    private final GraphBuilder g = new GraphBuilder();
    private final StoredForms forms = new StoredForms(g);
    private final FlattenedDense flattened = new FlattenedDense(g);
    private final MovementLayouts movements;

    private LayoutAssignment(Graph graph, Layout layout) {
        this.layout = layout;
        this.demands = LayoutDemands.of(graph, layout);
        this.movements = new MovementLayouts(g, forms, demands);
    }

    /**
     * A graph that computes the same with its spatial ops in a layout. Inputs, parameters and outputs keep their
     * shapes.
     *
     * @return the same graph if nothing is gained
     */
    public static Graph assign(Graph graph, Layout layout) {
        long before = SpatialLayouts.foreign(graph, layout);
        long transposed = transposedElements(graph);
        if (before == 0 && transposed == 0) {
            return graph;
        }
        Graph assigned = new LayoutAssignment(graph, layout).write(graph);
        long after = SpatialLayouts.foreign(assigned, layout);
        boolean fewerForeign = after < before;
        boolean fewerTransposed = after == before && transposedElements(assigned) < transposed;
        return fewerForeign || fewerTransposed ? assigned : graph;
    }

    /** Elements of values that are not constant and pass through a Transpose in one run. */
    static long transposedElements(Graph graph) {
        Set<Value> constant = new HashSet<>();
        long elements = 0;
        for (Node node : graph.nodes()) {
            if (constant.containsAll(node.inputs())) {
                constant.addAll(node.outputs());
            } else if (node.op() instanceof MovementOp.Transpose(List<Integer> order)
                    && !Orders.isReshape(node.input(0).shape(), order)) {
                elements += StoredForms.elements(node.output().shape());
            }
        }
        return elements;
    }

    private Graph write(Graph graph) {
        graph.inputs().forEach((name, value) -> putPlain(value, g.input(name, value.spec())));
        graph.parameters().forEach((name, value) -> putPlain(value, g.parameter(name, value.spec())));
        for (Node node : graph.nodes()) {
            g.in(node.origin(), () -> {
                write(node);
                return node;
            });
        }
        graph.outputs().forEach((name, value) -> g.output(name, plain(value)));
        graph.updates().forEach((name, value) -> g.update(name, plain(value)));
        return g.build();
    }

    private void putPlain(Value old, Value stored) {
        forms.put(old, Orders.identity(old.shape().rank()), stored);
    }

    /** The value with its axes in their own order. */
    private Value plain(Value old) {
        settle(old);
        return forms.plain(old);
    }

    private void settle(Value old) {
        if (!forms.isWritten(old)) {
            putPlain(old, flattened.plain(old));
        }
    }

    private void write(Node node) {
        Value first = node.inputs().isEmpty() ? null : node.input(0);
        if (first != null && flattened.isWaiting(first) && writeFlattened(node, first)) {
            return;
        }
        node.inputs().forEach(this::settle);
        switch (node.op()) {
            case ElementwiseOp elementwise -> elementwise(elementwise, node);
            case ElementwiseComposite elementwise -> elementwise(elementwise, node);
            case ReductionOp reduction -> reduction(reduction, node);
            case AxisComposite composite -> composite(composite, node);
            case ContractionOp contraction -> contraction(contraction, node);
            case SpatialOp spatial -> {
                List<Integer> order = order(SpatialLayouts.of(spatial), node);
                put(node, order, g.add(SpatialLayouts.with(spatial, layout), operands(node, order)));
            }
            case MovementOp.Reshape _ -> reshape(node);
            case MovementOp movement -> movements.write(movement, node);
            case IndexingOp indexing -> movements.write(indexing, node);
            case ControlOp _, CompositeOp _ -> asItIs(node);
        }
    }

    /** Writes the user of a flattened value without restoring the order of its elements, if it can be. */
    private boolean writeFlattened(Node node, Value operand) {
        boolean pointwise = node.op() instanceof ElementwiseOp || node.op() instanceof ElementwiseComposite;
        if (pointwise && node.inputs().size() == 1) {
            flattened.apply(node.op(), operand, node.output());
            return true;
        }
        if (node.op() instanceof ContractionOp.MatMul matMul
                && FlattenedDense.isFoldable(matMul, operand, node.input(1))) {
            putPlain(node.output(), flattened.multiply(matMul, operand, forms.plain(node.input(1))));
            return true;
        }
        return false;
    }

    private void asItIs(Node node) {
        List<Value> results =
                g.add(node.op(), node.inputs().stream().map(forms::plain).toList());
        for (int i = 0; i < results.size(); i++) {
            putPlain(node.outputs().get(i), results.get(i));
        }
    }

    private void elementwise(Op op, Node node) {
        List<Integer> order = forms.choose(node, demands.of(node.output()));
        put(node, order, g.add(op, operands(node, order)));
    }

    private List<Value> operands(Node node, List<Integer> order) {
        return node.inputs().stream().map(value -> forms.in(value, order)).toList();
    }

    private void put(Node node, List<Integer> order, List<Value> results) {
        for (int i = 0; i < results.size(); i++) {
            forms.put(node.outputs().get(i), order, results.get(i));
        }
    }

    private void reduction(ReductionOp op, Node node) {
        Value x = node.input(0);
        switch (op) {
            case ReductionOp.Reduce reduce -> {
                List<Integer> order = forms.order(x);
                List<Integer> axes = Orders.moved(reduce.axes(), order);
                put(
                        node,
                        reduce.keepDims() ? order : Orders.without(order, reduce.axes()),
                        g.add(
                                new ReductionOp.Reduce(reduce.fn(), axes, reduce.keepDims()),
                                List.of(forms.in(x, order))));
            }
            case ReductionOp.ArgReduce arg -> {
                List<Integer> order = forms.order(x);
                int axis = order.indexOf(arg.axis());
                put(
                        node,
                        arg.keepDims() ? order : Orders.without(order, List.of(arg.axis())),
                        g.add(
                                new ReductionOp.ArgReduce(arg.largest(), axis, arg.keepDims(), arg.lastOnTie()),
                                List.of(forms.in(x, order))));
            }
            case ReductionOp.Cumulative(var fn, int axis, boolean exclusive, boolean reverse) -> {
                List<Integer> order = forms.choose(node, demands.of(node.output()));
                Op moved = new ReductionOp.Cumulative(fn, order.indexOf(axis), exclusive, reverse);
                put(node, order, g.add(moved, operands(node, order)));
            }
            case ReductionOp.TopK(int k, int axis, boolean largest) -> {
                List<Integer> order = forms.choose(node, demands.of(node.output()));
                put(node, order, g.add(new ReductionOp.TopK(k, order.indexOf(axis), largest), operands(node, order)));
            }
        }
    }

    private void composite(AxisComposite op, Node node) {
        Value x = node.input(0);
        List<Integer> order = forms.choose(node, demands.of(node.output()));
        AxisComposite moved =
                order.size() == x.shape().rank() ? op.reordered(order).orElse(null) : null;
        if (moved == null) {
            asItIs(node);
            return;
        }
        List<Value> operands = IntStream.range(0, node.inputs().size())
                .mapToObj(i -> i == 0 ? forms.in(x, order) : forms.plain(node.input(i)))
                .toList();
        List<Value> results = g.add(moved, operands);
        for (int i = 0; i < results.size(); i++) {
            Value old = node.outputs().get(i);
            int rank = old.shape().rank();
            forms.put(old, rank == order.size() ? order : Orders.identity(rank), results.get(i));
        }
    }

    private void contraction(ContractionOp op, Node node) {
        Layout from = SpatialLayouts.of(op);
        if (from == null) {
            asItIs(node);
            return;
        }
        List<Integer> data = order(from, node);
        List<Integer> kernel = from.kernelPermutationTo(layout, data.size());
        boolean makesKernel = op instanceof ContractionOp.ConvFilterGrad;
        List<Value> operands =
                List.of(forms.in(node.input(0), data), forms.in(node.input(1), makesKernel ? data : kernel));
        put(node, makesKernel ? kernel : data, g.add(SpatialLayouts.with(op, layout), operands));
    }

    private List<Integer> order(Layout from, Node node) {
        return from.permutationTo(layout, node.output().shape().rank());
    }

    private void reshape(Node node) {
        Value x = node.input(0);
        Value y = node.output();
        for (List<Integer> order : forms.orders(x)) {
            List<Integer> carried = ReshapeOrders.carry(x.shape(), y.shape(), order);
            if (carried != null) {
                forms.put(y, carried, g.reshape(forms.in(x, order), y.shape().permute(carried)));
                return;
            }
        }
        if (!flattened.flatten(y, x, forms.first(x), forms.order(x))) {
            putPlain(y, g.reshape(forms.plain(x), y.shape()));
        }
    }
}
