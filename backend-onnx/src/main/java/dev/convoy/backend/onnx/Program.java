package dev.convoy.backend.onnx;

import dev.convoy.onnx.lowering.OnnxProgram;
import dev.convoy.spi.Signature;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What a session needs to know of a compiled graph: its signature, and the ONNX names.
 *
 * @param inputs ONNX names of the graph's inputs
 * @param parameters ONNX names of the parameters, which are inputs in ONNX
 * @param outputs ONNX names of the outputs
 * @param updates for each parameter that a run updates, the ONNX name of the output that holds the new value
 * @param updated the keys of {@code updates}
 */
record Program(
        Signature signature,
        SequencedMap<String, String> inputs,
        SequencedMap<String, String> parameters,
        SequencedMap<String, String> outputs,
        SequencedMap<String, String> updates,
        List<String> updated) {

    static Program of(Signature signature, OnnxProgram lowered) {
        return new Program(
                signature,
                lowered.inputs(),
                lowered.parameters(),
                lowered.outputs(),
                lowered.updates(),
                List.copyOf(lowered.updates().keySet()));
    }

    String input(String name) {
        return name(inputs, name);
    }

    String output(String name) {
        return name(outputs, name);
    }

    private static String name(Map<String, String> names, String name) {
        String onnx = names.get(name);
        if (onnx == null) {
            throw new IllegalStateException("'" + name + "' has no ONNX name");
        }
        return onnx;
    }
}
