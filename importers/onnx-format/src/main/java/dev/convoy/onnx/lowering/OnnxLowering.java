package dev.convoy.onnx.lowering;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.tensor.Tensor;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Writes graphs in ONNX: standard operators of opset {@value #OPSET}, in files of opset {@value #OLDER_OPSET} where that has
 * all that is needed. A graph comes from
 * {@code Passes.prepare(graph, OnnxLowering.LAYOUT, OnnxLowering::claims)}; its named dimensions may stay, and are
 * symbolic in ONNX.
 */
public final class OnnxLowering {

    /** The operator set for ONNX Runtime, and of files that need it: the first that has Gelu. */
    public static final int OPSET = 20;

    /** The operator set of all other files. */
    public static final int OLDER_OPSET = 17;

    /** The layout in which spatial ops have to be. */
    public static final Layout LAYOUT = Layout.CHANNELS_FIRST;

    private OnnxLowering() {}

    /** Whether a composite is one operator in ONNX; all others have to be decomposed. */
    public static boolean claims(Node composite) {
        return Composites.claims(composite);
    }

    /** Why a node cannot be written; empty if it can. */
    public static Optional<String> refusal(Node node) {
        return Refusals.of(node);
    }

    /**
     * Writes a graph for ONNX Runtime, without names for its constants.
     *
     * @throws LoweringException if {@link #refusal} names a reason for a node
     */
    public static OnnxProgram lower(Graph graph) {
        return lower(graph, "convoy", Target.ONNX_RUNTIME, Map.of());
    }

    /**
     * Writes a graph.
     *
     * @param name of the ONNX graph
     * @param constantNames names for constants, by the identity of the tensor; others are numbered
     * @throws LoweringException if {@link #refusal} names a reason for a node
     */
    public static OnnxProgram lower(Graph graph, String name, Target target, Map<Tensor, String> constantNames) {
        for (Node node : graph.nodes()) {
            refusal(node).ifPresent(reason -> {
                throw new LoweringException(node.op().name() + " in layer '" + node.origin() + "': " + reason);
            });
        }
        Names names = new Names(constantNames);
        int opset = Opsets.of(graph, target);
        Emitter e = new Emitter(names, GraphLowering.used(graph), target, opset);
        GraphProto.Builder proto = GraphProto.newBuilder().setName(name);
        SequencedMap<String, String> inputs = declare(graph.inputs(), e, proto);
        SequencedMap<String, String> parameters = declare(graph.parameters(), e, proto);
        SequencedMap<String, String> outputs = new LinkedHashMap<>();
        graph.outputs().keySet().forEach(output -> outputs.put(output, names.unique(output)));
        SequencedMap<String, String> updates = new LinkedHashMap<>();
        graph.updates().keySet().forEach(update -> updates.put(update, names.unique(update + "/updated")));

        GraphLowering.lower(e, graph);
        Map<String, String> renamed = new LinkedHashMap<>();
        Set<String> produced = new HashSet<>();
        e.nodes().forEach(node -> produced.addAll(node.getOutputList()));
        results(graph.outputs(), outputs, e, produced, renamed, proto);
        results(graph.updates(), updates, e, produced, renamed, proto);
        e.nodes().forEach(node -> proto.addNode(Renaming.apply(node, renamed)));

        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(Opsets.irVersion(opset))
                .setProducerName("convoy")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(proto)
                .build();
        return new OnnxProgram(model, names.initializers(), inputs, parameters, outputs, updates);
    }

    private static SequencedMap<String, String> declare(Map<String, Value> values, Emitter e, GraphProto.Builder to) {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            String unique = e.names().unique(name);
            names.put(name, unique);
            e.name(value, unique);
            to.addInput(Types.info(unique, value.spec()));
        });
        return names;
    }

    /** Gives results their names: the node that makes one is renamed, or an Identity made where that cannot be. */
    private static void results(
            Map<String, Value> values,
            Map<String, String> names,
            Emitter e,
            Set<String> produced,
            Map<String, String> renamed,
            GraphProto.Builder to) {
        names.forEach((name, wanted) -> {
            Value value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("Results have the names of their values");
            }
            String made = e.of(value);
            if (produced.contains(made) && renamed.putIfAbsent(made, wanted) == null) {
                to.addOutput(Types.info(wanted, value.spec()));
                return;
            }
            e.nodes()
                    .add(NodeProto.newBuilder()
                            .setName(wanted)
                            .setOpType("Identity")
                            .addAllInput(List.of(made))
                            .addOutput(wanted));
            to.addOutput(Types.info(wanted, value.spec()));
        });
    }
}
