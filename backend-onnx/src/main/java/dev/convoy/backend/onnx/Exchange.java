package dev.convoy.backend.onnx;

import dev.convoy.graph.Graph;
import dev.convoy.graph.Value;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.lowering.OnnxProgram;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.spi.BackendException;
import dev.convoy.tensor.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tensors that ONNX Runtime's Java API cannot exchange: uint16, uint32 and uint64. They cross as the signed type of the
 * same width, which a Cast at the model's edge takes for unsigned, bit by bit.
 */
final class Exchange {

    private static final Map<DataType, Edge> EDGES = Map.of(
            DataType.UINT16, new Edge(DataType.INT16, DataType.UINT16),
            DataType.UINT32, new Edge(DataType.INT32, DataType.UINT32),
            DataType.UINT64, new Edge(DataType.INT64, DataType.UINT64));

    private record Edge(DataType outside, DataType inside) {}

    private Exchange() {}

    /** Why a value of this type can be no input, parameter or output; empty if it can. */
    static Optional<String> refusal(DataType type) {
        return NativeTensor.isExchanged(type)
                ? Optional.empty()
                : Optional.of("ONNX Runtime's Java API neither takes nor gives tensors of " + type);
    }

    /**
     * The model with all that crosses its edge in types that can be exchanged.
     *
     * @throws BackendException if something cannot
     */
    static ModelProto adapt(Graph graph, OnnxProgram program) {
        Map<String, Edge> incoming = new LinkedHashMap<>();
        collect(graph.inputs(), program.inputs(), incoming);
        collect(graph.parameters(), program.parameters(), incoming);
        Map<String, Edge> outgoing = new LinkedHashMap<>();
        collect(graph.outputs(), program.outputs(), outgoing);
        collect(graph.updates(), program.updates(), outgoing);
        ModelProto model = program.model();
        return incoming.isEmpty() && outgoing.isEmpty() ? model : adapt(model, incoming, outgoing);
    }

    private static void collect(Map<String, Value> values, Map<String, String> names, Map<String, Edge> edges) {
        values.forEach((name, value) -> {
            DataType type = value.spec().type();
            refusal(type).ifPresent(reason -> {
                throw new BackendException("Backend '" + OrtBackend.NAME + "' cannot run this graph: '" + name + "' is "
                        + value.spec() + "; " + reason);
            });
            Edge edge = EDGES.get(type);
            String onnx = names.get(name);
            if (edge != null && onnx != null) {
                edges.put(onnx, edge);
            }
        });
    }

    private static ModelProto adapt(ModelProto model, Map<String, Edge> incoming, Map<String, Edge> outgoing) {
        GraphProto graph = model.getGraph();
        GraphProto.Builder adapted =
                graph.toBuilder().clearInput().clearOutput().clearNode();
        Map<String, String> renamed = new LinkedHashMap<>();
        for (ValueInfoProto input : graph.getInputList()) {
            Edge edge = incoming.get(input.getName());
            adapted.addInput(edge == null ? input : typed(input, edge.outside()));
            if (edge != null) {
                String inside = input.getName() + "/unsigned";
                renamed.put(input.getName(), inside);
                adapted.addNode(cast(input.getName(), inside, edge.inside()));
            }
        }
        outgoing.forEach((name, edge) -> renamed.put(name, name + "/unsigned"));
        graph.getNodeList().forEach(node -> adapted.addNode(rename(node, renamed)));
        for (ValueInfoProto output : graph.getOutputList()) {
            Edge edge = outgoing.get(output.getName());
            adapted.addOutput(edge == null ? output : typed(output, edge.outside()));
            if (edge != null) {
                adapted.addNode(cast(output.getName() + "/unsigned", output.getName(), edge.outside()));
            }
        }
        return model.toBuilder().setGraph(adapted).build();
    }

    private static NodeProto rename(NodeProto node, Map<String, String> renamed) {
        NodeProto.Builder builder = node.toBuilder().clearInput().clearOutput();
        node.getInputList().forEach(name -> builder.addInput(renamed.getOrDefault(name, name)));
        node.getOutputList().forEach(name -> builder.addOutput(renamed.getOrDefault(name, name)));
        return builder.build();
    }

    private static ValueInfoProto typed(ValueInfoProto value, DataType type) {
        ValueInfoProto.Builder builder = value.toBuilder();
        builder.getTypeBuilder().getTensorTypeBuilder().setElemType(ElementTypes.number(type));
        return builder.build();
    }

    private static NodeProto cast(String from, String to, DataType type) {
        return NodeProto.newBuilder()
                .setName(to + "/exchange")
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("to")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(ElementTypes.number(type)))
                .build();
    }
}
