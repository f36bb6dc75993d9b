package dev.convoy.importers.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.onnx.format.ExternalFiles;
import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.TensorReader;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;

/**
 * ONNX's own tests as they lie in the test data: a zip file with a folder for each test, which holds a model, its inputs
 * and what they give.
 */
public final class OnnxTests implements AutoCloseable {

    /** ONNX's own tolerance. */
    private static final double RELATIVE = 1e-3;

    private static final double ABSOLUTE = 1e-7;

    /**
     * A test.
     *
     * @param inputs by the names of the graph's inputs
     * @param outputs expected ones, in the graph's order
     */
    public record OnnxTest(String name, ModelProto model, SequencedMap<String, Tensor> inputs, List<Tensor> outputs) {

        /**
         * Loads the model; inputs that it has to know beforehand are pinned to the test's.
         *
         * @param folder where the model's file may be put
         * @throws ImportException if it cannot be loaded
         */
        public Model load(Path folder) throws IOException {
            Path file = Files.write(folder.resolve(name + ".onnx"), model.toByteArray());
            ImportOptions options = ImportOptions.defaults();
            while (true) {
                try {
                    return Models.load(ModelSource.of(file), options);
                } catch (ImportException e) {
                    ImportOptions more = pinned(e, options);
                    if (more.equals(options)) {
                        throw e;
                    }
                    options = more;
                }
            }
        }

        private ImportOptions pinned(ImportException refusal, ImportOptions options) {
            ImportOptions more = options;
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                String asked = "pinned(\"" + input.getKey() + "\"";
                if (refusal.report().problems().stream()
                        .anyMatch(p -> p.remedy().contains(asked))) {
                    more = more.pinned(input.getKey(), input.getValue());
                }
            }
            return more;
        }

        /** The test's inputs that the model takes. */
        public Map<String, Tensor> inputsOf(Model loaded) {
            Map<String, Tensor> taken = new LinkedHashMap<>(inputs);
            taken.keySet().retainAll(loaded.inputs().keySet());
            return taken;
        }

        /** Holds results to what is expected: type, shape, and values within ONNX's tolerance. */
        public void check(SequencedMap<String, Tensor> results) {
            assertEquals(outputs.size(), results.size(), name);
            int index = 0;
            for (Tensor result : results.values()) {
                OnnxTests.check(name + " output " + index, outputs.get(index), result);
                index++;
            }
        }
    }

    private final ZipFile zip;

    private OnnxTests(ZipFile zip) {
        this.zip = zip;
    }

    /** The tests in a file of the test data's folder {@code onnx}; skips, with the reason, where it is not there. */
    public static OnnxTests open(String fileName) throws IOException {
        Path file = folder().resolve(fileName);
        boolean there = Files.isRegularFile(file);
        if (!there) {
            System.out.println("Skipped: there is no " + file + "; set CONVOY_TEST_DATA");
        }
        Assumptions.assumeTrue(there, "there is no " + file + "; set CONVOY_TEST_DATA");
        return new OnnxTests(new ZipFile(file.toFile()));
    }

    /** The folder {@code onnx} of the test data, there or not. */
    public static Path folder() {
        String given = System.getenv("CONVOY_TEST_DATA");
        Path data = given != null
                ? Path.of(given)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        return data.resolve("onnx").normalize();
    }

    /** The folders of all tests within the file, {@code node/test_abs} for example. */
    public List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        zip.stream()
                .map(ZipEntry::getName)
                .filter(n -> n.endsWith("/model.onnx"))
                .forEach(n -> names.add(n.substring(0, n.lastIndexOf('/'))));
        return List.copyOf(names);
    }

    /**
     * A test with its first set of data.
     *
     * @throws IOException if a tensor is of a type that is not supported, or no tensor
     */
    public OnnxTest read(String folder) throws IOException {
        ModelProto model = ModelProto.parseFrom(bytes(folder + "/model.onnx"));
        GraphProto graph = model.getGraph();
        SequencedMap<String, Tensor> inputs = new LinkedHashMap<>();
        List<Tensor> outputs = new ArrayList<>();
        for (int i = 0; i < graph.getInputCount(); i++) {
            String entry = folder + "/test_data_set_0/input_" + i + ".pb";
            if (zip.getEntry(entry) != null) {
                inputs.put(graph.getInput(i).getName(), tensor(entry, graph.getInput(i)));
            }
        }
        for (int i = 0; i < graph.getOutputCount(); i++) {
            outputs.add(tensor(folder + "/test_data_set_0/output_" + i + ".pb", graph.getOutput(i)));
        }
        return new OnnxTest(folder.substring(folder.lastIndexOf('/') + 1), model, inputs, outputs);
    }

    private Tensor tensor(String entry, ValueInfoProto declared) throws IOException {
        if (!declared.getType().hasTensorType()) {
            throw new IOException(entry + " is no tensor");
        }
        return tensor(TensorProto.parseFrom(bytes(entry)));
    }

    /** A tensor of a message. */
    public static Tensor tensor(TensorProto proto) throws IOException {
        return new TensorReader(new ExternalFiles(Path.of(".")), Limits.defaults()).read(proto);
    }

    private byte[] bytes(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new IOException("There is no " + entry + " in " + zip.getName());
        }
        try (InputStream in = zip.getInputStream(found)) {
            return in.readAllBytes();
        }
    }

    /** Type, shape, and values within ONNX's tolerance. */
    public static void check(String what, Tensor expected, Tensor actual) {
        assertEquals(expected.spec(), actual.spec(), what);
        if (!expected.type().isArithmetic()) {
            assertEquals(expected, actual, what);
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            double wanted = expected.get(i);
            double got = actual.get(i);
            boolean same = Double.compare(wanted, got) == 0
                    || Math.abs(wanted - got) <= ABSOLUTE + RELATIVE * Math.abs(wanted);
            if (!same) {
                assertEquals(wanted, got, what + ", element " + i + " of " + expected.spec());
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
