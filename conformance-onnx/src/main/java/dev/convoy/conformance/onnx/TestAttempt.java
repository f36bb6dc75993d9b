package dev.convoy.conformance.onnx;

import dev.convoy.conformance.onnx.ModelLoading.Loaded;
import dev.convoy.conformance.onnx.OnnxTest.DataSet;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportReport.Problem;
import dev.convoy.models.Model;
import dev.convoy.models.Predictor;
import dev.convoy.onnx.format.Limits;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendException;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run of one test. Nothing that goes wrong leaves it. */
final class TestAttempt {

    /** The outcome of a test, without its time. */
    record Outcome(TestStatus status, String reason, SortedSet<String> operators) {}

    private final OnnxTest test;
    private final Backend backend;
    private final OnnxTestOptions options;
    private SortedSet<String> operators = new TreeSet<>();

    TestAttempt(OnnxTest test, Backend backend, OnnxTestOptions options) {
        this.test = test;
        this.backend = backend;
        this.options = options;
    }

    /** Runs the test; whatever is thrown is its outcome. */
    Outcome run() {
        try {
            Path folder = Files.createTempDirectory("convoy-onnx-test-");
            try {
                return run(folder);
            } finally {
                delete(folder);
            }
        } catch (NotATensorException e) {
            return outcome(TestStatus.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (ImportException e) {
            return outcome(
                    TestStatus.UNSUPPORTED,
                    e.report().problems().stream().map(TestAttempt::reason).collect(Collectors.joining("; ")));
        } catch (BackendException e) {
            return outcome(TestStatus.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return outcome(TestStatus.FAILED, "cannot be read: " + e.getMessage());
        } catch (Exception | Error e) {
            return outcome(TestStatus.FAILED, "internal: " + e + place(e));
        }
    }

    private static String reason(Problem problem) {
        return (problem.className().isEmpty() ? "" : problem.className() + ": ") + problem.reason();
    }

    private static String place(Throwable e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " (" + trace[0].getFileName() + ":" + trace[0].getLineNumber() + ")";
    }

    private Outcome outcome(TestStatus status, String reason) {
        return new Outcome(status, reason.replaceAll("\\s+", " "), operators);
    }

    private Outcome run(Path folder) throws IOException, NotATensorException {
        Path file = copy(test.model(), folder);
        for (String beside : test.besides()) {
            copy(beside, folder);
        }
        TestModel facts = TestModel.read(file, Limits.defaults());
        operators = facts.operators();
        facts.requireTensors();
        TestData data = new TestData(folder);
        Loaded loaded = null;
        Predictor predictor = null;
        try {
            for (DataSet dataSet : test.dataSets()) {
                SequencedMap<String, Tensor> inputs = inputs(dataSet, facts, data);
                SequencedMap<String, Tensor> expected = named(dataSet.outputs(), facts.outputs(), "output", data);
                if (loaded == null || predictor == null || loaded.isPinned()) {
                    close(predictor);
                    loaded = ModelLoading.load(file, inputs);
                    predictor = Predictor.of(loaded.model(), backend);
                }
                Optional<String> difference = difference(predictor, inputs, expected);
                if (difference.isPresent()) {
                    return outcome(TestStatus.FAILED, difference.get() + where(dataSet));
                }
            }
        } finally {
            close(predictor);
        }
        return outcome(TestStatus.PASSED, "");
    }

    private static void close(@Nullable Predictor predictor) {
        if (predictor != null) {
            predictor.close();
        }
    }

    private String where(DataSet dataSet) {
        return test.dataSets().size() > 1 ? " (" + dataSet.name() + ")" : "";
    }

    private Path copy(String file, Path folder) throws IOException {
        Path target = folder.resolve(file.substring(file.lastIndexOf('/') + 1));
        test.archive().copy(file, target, options.modelBytes());
        return target;
    }

    private SequencedMap<String, Tensor> inputs(DataSet dataSet, TestModel facts, TestData data)
            throws IOException, NotATensorException {
        SequencedMap<String, Tensor> inputs = named(dataSet.inputs(), facts.inputs(), "input", data);
        if (dataSet.name().isEmpty()) {
            for (int i = 0; i < facts.inputs().size(); i++) {
                inputs.putIfAbsent(facts.inputs().get(i), ramp(facts.sizes(i)));
            }
        }
        return inputs;
    }

    private SequencedMap<String, Tensor> named(
            Map<Integer, String> files, List<String> names, String side, TestData data)
            throws IOException, NotATensorException {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<Integer, String> file : files.entrySet()) {
            if (file.getKey() >= names.size()) {
                throw new TestArchiveException("'" + file.getValue() + "' is data of " + side + " " + file.getKey()
                        + ", the model has " + names.size());
            }
            tensors.put(names.get(file.getKey()), data.read(test.archive(), file.getValue(), options.dataBytes()));
        }
        return tensors;
    }

    /** {@code arange(n) / n} as float32, computed in float32 as NumPy does. */
    private static Tensor ramp(int[] sizes) {
        Tensor ramp = Tensor.zeros(TensorSpec.of(DataType.FLOAT32, sizes));
        float[] values = new float[ramp.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) i / values.length;
        }
        return Tensor.wrap(ramp.spec(), values);
    }

    private Optional<String> difference(Predictor predictor, Map<String, Tensor> inputs, Map<String, Tensor> expected) {
        Model model = predictor.model();
        Map<String, Tensor> given = new LinkedHashMap<>(inputs);
        given.keySet().retainAll(model.inputs().keySet());
        Map<String, Tensor> results = predictor.predict(given);
        for (Map.Entry<String, Tensor> output : expected.entrySet()) {
            Tensor actual = results.get(output.getKey());
            Optional<String> difference = actual == null
                    ? Optional.of("is missing")
                    : Difference.of(actual, output.getValue(), test.tolerance());
            if (difference.isPresent()) {
                return Optional.of("output '" + output.getKey() + "': " + difference.get());
            }
        }
        return Optional.empty();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
