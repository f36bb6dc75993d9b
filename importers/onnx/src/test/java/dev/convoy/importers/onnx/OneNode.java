package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import dev.convoy.models.ImportException;
import dev.convoy.models.Model;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.AttributeProto.AttributeType;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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

    /** Numbers 1, 2, 3, …. */
    static Tensor counting(int... sizes) {
        float[] values = new float[Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i + 1;
        }
        return Tensor.of(values, sizes);
    }

    static Tensor row(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return Tensor.of(floats, floats.length);
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

    /** A row of integers that the file gives. */
    OneNode constant(long... values) {
        return constant(Tensor.of(values, values.length));
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

    OneNode with(String attribute, double value) {
        attributes.add(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.FLOAT)
                .setF((float) value)
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

    OneNode list(String attribute, long... values) {
        attributes.add(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build());
        return this;
    }

    OneNode list(String attribute, double... values) {
        attributes.add(AttributeProto.newBuilder()
                .setName(attribute)
                .setType(AttributeType.FLOATS)
                .addAllFloats(Arrays.stream(values).mapToObj(v -> (float) v).toList())
                .build());
        return this;
    }

    /** The only result. */
    Tensor run() {
        return run(1).getFirst();
    }

    /** The results. */
    List<Tensor> run(int results) {
        try (Predictor predictor = Predictor.of(load(results), "cpu", BackendOptions.defaults())) {
            return List.copyOf(predictor.predict(inputs).values());
        }
    }

    private Model load(int results) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < results; i++) {
            names.add("out" + i);
            file.output("out" + i);
        }
        file.add(OnnxFile.node(opType, "node", "-> " + String.join(" ", names)).toBuilder()
                .addAllInput(operands)
                .addAllAttribute(attributes)
                .build());
        try {
            Path folder = Files.createTempDirectory("convoy-node");
            Path path = folder.resolve("model.onnx");
            try {
                return Models.load(file.write(folder));
            } finally {
                Files.deleteIfExists(path);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the only result to a shape and to numbers, which are exact to five digits. */
    void gives(int[] sizes, double... expected) {
        check(run(), sizes, expected);
    }

    /** Holds a result to a shape and to numbers, which are exact to five digits. */
    static void check(Tensor result, int[] sizes, double... expected) {
        assertArrayEquals(sizes, result.shape().sizes());
        double[] numbers =
                IntStream.range(0, result.size()).mapToDouble(result::get).toArray();
        assertArrayEquals(expected, numbers, 2e-5);
    }

    /** The problem for which the node is not read. */
    String refusal() {
        ImportException refused = assertThrows(ImportException.class, () -> load(1));
        return refused.report().problems().getFirst().toString();
    }
}
