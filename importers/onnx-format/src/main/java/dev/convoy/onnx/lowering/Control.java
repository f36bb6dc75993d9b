package dev.convoy.onnx.lowering;

import dev.convoy.graph.ControlOp;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Scan, as ONNX's of opset 11: what every run sees is read from the graph around the body. */
final class Control {

    private Control() {}

    static List<String> lower(Emitter e, Node node, ControlOp op) {
        return switch (op) {
            case ControlOp.Scan scan when scan.length() == 0 -> withoutRuns(e, node, scan);
            case ControlOp.Scan scan -> scan(e, node, scan);
        };
    }

    /** ONNX Runtime refuses a scan of length 0: the carried values stay, and nothing is stacked. */
    private static List<String> withoutRuns(Emitter e, Node node, ControlOp.Scan scan) {
        List<String> results = new ArrayList<>();
        for (int i = 0; i < node.outputs().size(); i++) {
            Value result = node.outputs().get(i);
            results.add(
                    i < scan.carried()
                            ? e.op("Identity", e.of(node.input(i)))
                            : e.filled(result.spec().type(), result.shape(), 0));
        }
        return results;
    }

    private static List<String> scan(Emitter e, Node node, ControlOp.Scan scan) {
        int carried = scan.carried();
        int sliced = carried + scan.scanned();
        List<String> inputs = new ArrayList<>(
                node.inputs().subList(0, sliced).stream().map(e::of).toList());
        boolean counts = scan.scanned() == 0;
        if (counts) {
            inputs.add(e.constant(Tensor.zeros(TensorSpec.of(DataType.BOOL, scan.length()))));
        }
        int stacked = node.outputs().size() - carried;
        int directions = scan.reverse() ? 1 : 0;
        List<AttributeProto> attributes = new ArrayList<>();
        attributes.add(Attribute.of("num_scan_inputs", (long) (counts ? 1 : scan.scanned())));
        attributes.add(
                Attribute.of("scan_input_directions", Collections.nCopies(counts ? 1 : scan.scanned(), directions)));
        if (stacked > 0) {
            attributes.add(Attribute.of("scan_output_directions", Collections.nCopies(stacked, directions)));
        }
        attributes.add(Attribute.of("body", body(e, node, scan.body(), sliced, counts)));
        return e.results("Scan", node.outputs().size(), attributes, inputs);
    }

    private static GraphProto body(Emitter outer, Node node, Graph body, int sliced, boolean counts) {
        Emitter e = outer.body(GraphLowering.used(body));
        GraphProto.Builder proto = GraphProto.newBuilder().setName(outer.names().unique("body"));
        List<String> names = List.copyOf(body.inputs().keySet());
        for (int i = 0; i < names.size(); i++) {
            Value input = body.inputs().get(names.get(i));
            if (input == null) {
                throw new IllegalStateException("A graph has a value for each of its inputs");
            }
            if (i < sliced) {
                String name = e.names().unique("body/" + names.get(i));
                e.name(input, name);
                proto.addInput(Types.info(name, input.spec()));
            } else {
                e.name(input, outer.of(node.input(i)));
            }
        }
        if (counts) {
            proto.addInput(Types.info(e.names().unique("body/run"), TensorSpec.of(DataType.BOOL)));
        }
        GraphLowering.lower(e, body);
        body.outputs().forEach((output, value) -> {
            String name = e.op("Identity", e.of(value));
            proto.addOutput(Types.info(name, value.spec()));
        });
        e.nodes().forEach(proto::addNode);
        return proto.build();
    }
}
