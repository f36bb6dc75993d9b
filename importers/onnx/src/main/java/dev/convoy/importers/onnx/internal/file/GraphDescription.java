package dev.convoy.importers.onnx.internal.file;

import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph: the model's own, or one in an attribute.
 *
 * @param inputs those without an initializer
 * @param initializers by name
 * @param constants values of {@code Constant} nodes, by the name of their result
 * @param nodes all others, operands before their use
 * @param values what the file declares of values within the graph, by name
 * @param unreadable initializers that cannot be read
 */
public record GraphDescription(
        String name,
        List<ValueDescription> inputs,
        Map<String, Tensor> initializers,
        Map<String, Tensor> constants,
        List<NodeDescription> nodes,
        List<ValueDescription> outputs,
        Map<String, ValueDescription> values,
        Set<String> unreadable) {

    public GraphDescription {
        inputs = List.copyOf(inputs);
        initializers = Map.copyOf(initializers);
        constants = Map.copyOf(constants);
        nodes = List.copyOf(nodes);
        outputs = List.copyOf(outputs);
        values = Map.copyOf(values);
        unreadable = Set.copyOf(unreadable);
    }

    /** Values from outside that the graph uses, each once, in the order of use. */
    public List<String> captured() {
        Set<String> own = new HashSet<>(initializers.keySet());
        own.addAll(constants.keySet());
        inputs.forEach(i -> own.add(i.name()));
        List<String> captured = new ArrayList<>();
        for (NodeDescription node : nodes) {
            node.uses().stream().filter(own::add).forEach(captured::add);
            own.addAll(node.outputs());
        }
        outputs.stream().map(ValueDescription::name).filter(own::add).forEach(captured::add);
        return List.copyOf(captured);
    }
}
