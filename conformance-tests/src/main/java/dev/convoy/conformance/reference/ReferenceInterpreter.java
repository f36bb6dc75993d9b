package dev.convoy.conformance.reference;

import dev.convoy.graph.CompositeOp;
import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.ControlOp;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.IndexingOp;
import dev.convoy.graph.MovementOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.ReductionOp;
import dev.convoy.graph.SpatialOp;
import dev.convoy.graph.Value;
import dev.convoy.graph.pass.Legalizer;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Runs a graph op by op: the executable meaning of the op set. Values declared float32 are carried as double and rounded
 * by no op but {@link ElementwiseOp.Cast}; int32 and int64 wrap around; composites run as their decompositions.
 */
public final class ReferenceInterpreter {

    private ReferenceInterpreter() {}

    /**
     * What a run gives. Results declared float32 are float64 tensors, unrounded; all others have their declared type.
     *
     * @param outputs by name
     * @param updates the new values of the parameters that the graph updates, by name
     */
    public record Results(SequencedMap<String, Tensor> outputs, SequencedMap<String, Tensor> updates) {

        /**
         * @throws IllegalArgumentException if there is no such output
         */
        public Tensor output(String name) {
            Tensor tensor = outputs.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("No output '" + name + "'; there are " + outputs.keySet());
            }
            return tensor;
        }
    }

    /**
     * Runs a graph of known shapes once.
     *
     * @param inputs a tensor for each input, of its spec; float64 may stand where float32 is declared
     * @param parameters a tensor for each parameter; the same holds
     * @throws IllegalArgumentException if a tensor is missing or has another spec, or a dimension is named
     * @throws IndexOutOfBoundsException if an index operand points outside its data
     * @throws ArithmeticException if an integer is divided by zero
     */
    public static Results run(Graph graph, Map<String, Tensor> inputs, Parameters parameters) {
        if (!graph.isBound()) {
            throw new IllegalArgumentException("The graph has named dimensions; bind them first:\n" + graph);
        }
        Graph core = Legalizer.legalize(graph, composite -> false);
        Map<Value, Tensor> values = new HashMap<>();
        core.inputs().forEach((name, value) -> values.put(value, given("input", name, value, inputs)));
        core.parameters()
                .forEach((name, value) -> values.put(value, given("parameter", name, value, parameters.asMap())));
        for (Node node : core.nodes()) {
            List<Tensor> operands = node.inputs().stream().map(values::get).toList();
            List<Tensor> results = run(node, operands);
            for (int i = 0; i < results.size(); i++) {
                values.put(node.outputs().get(i), checked(node, i, results.get(i)));
            }
        }
        return new Results(named(core.outputs(), values), named(core.updates(), values));
    }

    private static List<Tensor> run(Node node, List<Tensor> operands) {
        List<TensorSpec> specs =
                node.outputs().stream().map(v -> Numbers.carried(v.spec())).toList();
        TensorSpec spec = specs.getFirst();
        return switch (node.op()) {
            case ElementwiseOp.Cast cast ->
                List.of(CastReference.run(cast, node.input(0).spec(), operands.getFirst()));
            case ElementwiseOp op -> List.of(ElementwiseReference.run(op, operands, spec));
            case ReductionOp op -> ReductionReference.run(op, operands.getFirst(), specs);
            case ContractionOp op -> List.of(ContractionReference.run(op, operands, spec));
            case SpatialOp op -> SpatialReference.run(op, operands, specs);
            case MovementOp op -> List.of(MovementReference.run(op, operands, spec));
            case IndexingOp op -> List.of(IndexingReference.run(op, operands, spec));
            case ControlOp.Scan scan -> ControlReference.run(scan, operands, specs);
            case CompositeOp op -> throw new IllegalStateException(op.name() + " was not decomposed");
        };
    }

    private static Tensor given(String kind, String name, Value value, Map<String, Tensor> tensors) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("No tensor for " + kind + " '" + name + "', " + value.spec());
        }
        Tensor carried = Numbers.carried(tensor);
        if (!carried.spec().equals(Numbers.carried(value.spec()))) {
            throw new IllegalArgumentException(
                    "The " + kind + " '" + name + "' is " + value.spec() + ", got " + tensor.spec());
        }
        return carried;
    }

    private static Tensor checked(Node node, int result, Tensor tensor) {
        TensorSpec declared = Numbers.carried(node.outputs().get(result).spec());
        if (!tensor.spec().equals(declared)) {
            throw new IllegalStateException("Result " + result + " of " + node + " came out as " + tensor.spec());
        }
        return tensor;
    }

    private static SequencedMap<String, Tensor> named(SequencedMap<String, Value> names, Map<Value, Tensor> values) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        names.forEach((name, value) -> tensors.put(name, values.get(value)));
        return tensors;
    }
}
