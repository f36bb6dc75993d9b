package dev.convoy.importers.onnx.internal.file;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A node of a graph.
 *
 * @param name as the file has it, behind the names of the function calls that it stands in; may be empty
 * @param domain empty for ONNX's own operators
 * @param opset version of the domain's operators; 0 if the file does not import the domain
 * @param inputs names of values; an empty one stands for an operand that is left out
 * @param outputs names of values; an empty one stands for a result that nobody takes
 */
public record NodeDescription(
        String name,
        String domain,
        String opType,
        int opset,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes) {

    public NodeDescription {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** Values from outside that the graphs in this node's attributes use, each once. */
    public List<String> captured() {
        return attributes.values().stream()
                .flatMap(a ->
                        a instanceof Attribute.Body(GraphDescription body) ? body.captured().stream() : Stream.of())
                .distinct()
                .toList();
    }

    /** Everything that this node uses: its operands, and what its graphs capture. */
    public List<String> uses() {
        return Stream.concat(inputs.stream().filter(i -> !i.isEmpty()), captured().stream())
                .toList();
    }
}
