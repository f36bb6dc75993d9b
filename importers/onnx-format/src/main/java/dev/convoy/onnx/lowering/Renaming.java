package dev.convoy.onnx.lowering;

import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.NodeProto;
import java.util.Map;

/** Renames values in nodes, also where a body reads them. */
final class Renaming {

    private Renaming() {}

    static NodeProto apply(NodeProto.Builder node, Map<String, String> names) {
        for (int i = 0; i < node.getInputCount(); i++) {
            node.setInput(i, names.getOrDefault(node.getInput(i), node.getInput(i)));
        }
        for (int i = 0; i < node.getOutputCount(); i++) {
            node.setOutput(i, names.getOrDefault(node.getOutput(i), node.getOutput(i)));
        }
        for (int i = 0; i < node.getAttributeCount(); i++) {
            AttributeProto attribute = node.getAttribute(i);
            if (attribute.hasG()) {
                node.setAttribute(i, attribute.toBuilder().setG(body(attribute.getG(), names)));
            }
        }
        return node.build();
    }

    private static GraphProto body(GraphProto body, Map<String, String> names) {
        GraphProto.Builder renamed = body.toBuilder().clearNode();
        body.getNodeList().forEach(node -> renamed.addNode(apply(node.toBuilder(), names)));
        return renamed.build();
    }
}
