package dev.convoy.onnx.lowering;

import dev.convoy.onnx.format.OnnxWriter;
import dev.convoy.onnx.format.RawData;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * A graph in ONNX. The names of the graph's inputs, parameters and outputs are kept where ONNX allows; the maps say what
 * each is called.
 *
 * @param structure everything but the initializers
 * @param initializers the constants, by name, held by reference
 * @param inputs ONNX names of the graph's inputs
 * @param parameters ONNX names of the graph's parameters, which are inputs in ONNX
 * @param outputs ONNX names of the graph's outputs
 * @param updates ONNX names of what a run makes of the parameters that it updates, which are outputs in ONNX
 */
public record OnnxProgram(
        ModelProto structure,
        SequencedMap<String, Tensor> initializers,
        SequencedMap<String, String> inputs,
        SequencedMap<String, String> parameters,
        SequencedMap<String, String> outputs,
        SequencedMap<String, String> updates) {

    public OnnxProgram {
        initializers = copy(initializers);
        inputs = copy(inputs);
        parameters = copy(parameters);
        outputs = copy(outputs);
        updates = copy(updates);
    }

    private static <T> SequencedMap<String, T> copy(Map<String, T> map) {
        return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
    }

    /** The bytes of all initializers together. */
    public long initializerBytes() {
        return initializers.values().stream()
                .mapToLong(t -> RawData.size(t.spec()))
                .sum();
    }

    /**
     * The model with its initializers inside.
     *
     * @throws LoweringException if it would have more than the 2 GB that Protocol Buffers allow
     */
    public ModelProto model() {
        if (initializerBytes() > Integer.MAX_VALUE - 64L * 1024 * 1024) {
            throw new LoweringException("The weights take " + initializerBytes()
                    + " bytes, and one ONNX file holds at most 2 GB. Remedy: keep them in a file beside the model");
        }
        ModelProto.Builder model = structure.toBuilder();
        initializers.forEach((name, tensor) -> model.getGraphBuilder().addInitializer(OnnxWriter.proto(name, tensor)));
        return model.build();
    }
}
