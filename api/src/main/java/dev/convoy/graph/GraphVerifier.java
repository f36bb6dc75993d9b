package dev.convoy.graph;

import dev.convoy.tensor.TensorSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Holds a graph to what every graph promises; run after every pass.
 *
 * <ul>
 *   <li>V1: an operand is a graph input, a parameter or a result of an earlier node.
 *   <li>V2: the specs of a node's results are what {@link ShapeInference} gives.
 *   <li>V3: outputs and updates are values of the graph.
 *   <li>V4: an update has the spec of its parameter.
 *   <li>V5: the body of a Scan obeys these rules too.
 * </ul>
 */
public final class GraphVerifier {

    private GraphVerifier() {}

    /**
     * @return the same graph
     * @throws GraphException naming the first rule that is broken
     */
    public static Graph verify(Graph graph) {
        Set<Value> defined = new HashSet<>(graph.inputs().values());
        defined.addAll(graph.parameters().values());
        for (Node node : graph.nodes()) {
            Check check = Check.of(node.op(), node.origin(), null);
            for (Value input : node.inputs()) {
                verifyDefined(
                        defined,
                        input,
                        "V1",
                        "an operand is defined before its use in " + node.op().name());
            }
            List<TensorSpec> inferred = ShapeInference.infer(node.op(), node.inputs(), node.origin());
            List<TensorSpec> stated = Value.specs(node.outputs());
            check.that(inferred.equals(stated), "V2", "results have the specs that are inferred", inferred, stated);
            if (node.op() instanceof ControlOp.Scan scan) {
                verify(scan.body());
            }
            defined.addAll(node.outputs());
        }
        graph.outputs()
                .forEach((name, value) ->
                        verifyDefined(defined, value, "V3", "output '" + name + "' is a value of the graph"));
        graph.updates().forEach((name, value) -> {
            verifyDefined(defined, value, "V3", "the update of '" + name + "' is a value of the graph");
            Value parameter = graph.parameters().get(name);
            Check.of("Graph")
                    .that(
                            parameter != null && parameter.spec().equals(value.spec()),
                            "V4",
                            "an update has the spec of its parameter '" + name + "'",
                            String.valueOf(parameter),
                            value.spec());
        });
        return graph;
    }

    private static void verifyDefined(Set<Value> defined, Value value, String rule, String words) {
        Check.of("Graph").that(defined.contains(value), rule, words, "a value of this graph", value);
    }
}
