package dev.convoy.importers.onnx;

import com.google.protobuf.ByteString;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A file of one node, loaded and run on the CPU. */
final class OneNode {

    private final String opType;
    private final OnnxFile file;
    private final List<String> operands = new ArrayList<>();
    private final List<AttributeProto> attributes = new ArrayList<>();
    private final Map<String, Tensor> inputs = new LinkedHashMap<>();

    private OneNode(String opType, int opset) {
        this.opType = opType;
        this.file = OnnxFile.opset(opset);
    }

    static OneNode of(String opType, int opset) {
        return new OneNode(opType, opset);
    }

    /** An operand that the model is given. */
    OneNode input(Tensor value) {
        String name = "in" + operands.size();
        Object[] dims = value.shape().dims().stream().map(Dim::size).toArray();
        file.input(name, value.type(), dims);
        inputs.put(name, value);
        operands.add(name);
        return this;
    }

    /** An operand that the file gives. */
    OneNode constant(Tensor value) {
        String name = "in" + operands.size();
        file.initializer(name, value);
        operands.add(name);
        return this;
    }

    /** An operand that is left out. */
    OneNode none() {
        operands.add("");
        return this;
    }

    OneNode with(String attribute, long value) {
        attributes.add(OnnxFile.attribute(attribute, value));
        return this;
    }

    OneNode with(String attribute, String value) {
        attributes.add(OnnxFile.attribute(attribute, value));
        return this;
    }

    OneNode with(String attribute, float value) {
        attributes.add(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.FLOAT)
                .setF(value)
                .build());
        return this;
    }

    OneNode with(String attribute, float... values) {
        AttributeProto.Builder reals =
                AttributeProto.newBuilder().setName(attribute).setType(AttributeType.FLOATS);
        for (float value : values) {
            reals.addFloats(value);
        }
        attributes.add(reals.build());
        return this;
    }

    OneNode with(String attribute, List<String> values) {
        attributes.add(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.STRINGS)
                .addAllStrings(values.stream().map(ByteString::copyFromUtf8).toList())
                .build());
        return this;
    }

    /** The only result. */
    Tensor run() throws IOException {
        return run(1).getFirst();
    }

    /** The results. */
    List<Tensor> run(int results) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add("out" + i);
            file.output("out" + i);
        }
        file.add(OnnxFile.node(opType, "node", "-> " + String.join(" ", names)).toBuilder()
                .addAllInput(operands)
                .addAllAttribute(attributes)
                .build());
        Path folder = Files.createTempDirectory("convoy-node");
        Path path = file.write(folder);
        try (Predictor predictor = Predictor.of(Models.load(path), "cpu", BackendOptions.defaults())) {
            return List.copyOf(predictor.predict(inputs).values());
        } finally {
            Files.delete(path);
            Files.delete(folder);
        }
    }
}
