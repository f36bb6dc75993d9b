package dev.convoy.benchmarks.race;

import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.Tensor;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes {@code Min(Relu(x), cap)} with a constant cap as {@code Clip(x, 0, cap)}. They differ in what they make of NaN;
 * without it ONNX Runtime runs a cap as a step of its own.
 */
final class ClipFusion {

    private static final String ZERO = "clip_fusion_zero";

    private final Map<String, NodeProto> producers = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Set<String> constants = new HashSet<>();
    private final Set<String> fused = new HashSet<>();

    private ClipFusion(GraphProto graph) {
        graph.getInitializerList().forEach(tensor -> {
            if (tensor.getDimsList().stream().allMatch(d -> d == 1)) {
                constants.add(tensor.getName());
            }
        });
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> producers.put(output, node));
            node.getInputList().forEach(input -> uses.merge(input, 1, Integer::sum));
        }
        graph.getOutputList().forEach(output -> uses.merge(output.getName(), 1, Integer::sum));
    }

    static ModelProto apply(ModelProto model) {
        ClipFusion fusion = new ClipFusion(model.getGraph());
        List<NodeProto> nodes =
                model.getGraph().getNodeList().stream().map(fusion::clipped).toList();
        if (fusion.fused.isEmpty()) {
            return model;
        }
        ModelProto.Builder result = model.toBuilder();
        GraphProto.Builder graph = result.getGraphBuilder().clearNode();
        nodes.stream().filter(node -> !fusion.fused.contains(node.getOutput(0))).forEach(graph::addNode);
        Set<String> caps = new HashSet<>();
        nodes.stream().filter(node -> node.getOpType().equals("Clip")).forEach(clip -> caps.add(clip.getInput(2)));
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (caps.contains(tensor.getName())) {
                tensor.clearDims();
            }
        }
        graph.addInitializer(OnnxWriter.proto(ZERO, Tensor.scalar(0f)));
        return result.build();
    }

    private NodeProto clipped(NodeProto node) {
        if (!node.getOpType().equals("Min") || node.getInputCount() != 2) {
            return node;
        }
        for (int side = 0; side < 2; side++) {
            NodeProto relu = producers.get(node.getInput(side));
            String cap = node.getInput(1 - side);
            if (relu != null && relu.getOpType().equals("Relu") && constants.contains(cap) && isUsedOnce(relu)) {
                fused.add(relu.getOutput(0));
                return node.toBuilder()
                        .setOpType("Clip")
                        .clearInput()
                        .addInput(relu.getInput(0))
                        .addInput(ZERO)
                        .addInput(cap)
                        .build();
            }
        }
        return node;
    }

    private boolean isUsedOnce(NodeProto relu) {
        return uses.getOrDefault(relu.getOutput(0), 0) == 1;
    }
}
