package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendProvider;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.AdditionalAnswers;
import org.mockito.Mockito;

class OnnxTestRunTest {

    private static final TensorSpec FOUR = TensorSpec.of(DataType.FLOAT32, 4);
    private static final Tensor X = Tensor.of(new float[] {-2, -0.5f, 0, 3}, 4);
    private static final Tensor RELU = Tensor.of(new float[] {0, 0, 0, 3}, 4);

    @TempDir
    private Path folder;

    private List<TestResult> run(OnnxTestOptions options) throws Exception {
        return run(BackendsUnderTest.provider("cpu"), options);
    }

    private List<TestResult> run(BackendProvider provider, OnnxTestOptions options) throws Exception {
        List<TestResult> heard = new ArrayList<>();
        try (TestArchive archive = TestArchive.open(folder)) {
            OnnxTestReport report = OnnxTestRun.run(provider, OnnxTests.find(archive), options, heard::add);
            assertEquals(report.results(), heard);
            return heard;
        }
    }

    private TestResult runOne() throws Exception {
        List<TestResult> results = run(OnnxTestOptions.defaults());
        assertEquals(1, results.size());
        return results.getFirst();
    }

    private Path relu(String name) throws IOException {
        return Layout.write(folder, name, Layout.model("Relu", List.of(FOUR), FOUR));
    }

    @Test
    void aRightResultPassesAndAWrongOneFails() throws Exception {
        Layout.data(relu("test_a_right"), 0, List.of(X), List.of(RELU));
        Layout.data(relu("test_b_wrong"), 0, List.of(X), List.of(Tensor.of(new float[] {0, 0, 0.5f, 2}, 4)));
        Layout.data(relu("test_c_right"), 0, List.of(X), List.of(RELU));
        List<TestResult> results = run(OnnxTestOptions.defaults());
        assertEquals(
                List.of(TestStatus.PASSED, TestStatus.FAILED, TestStatus.PASSED),
                results.stream().map(TestResult::status).toList());
        assertEquals(
                "output 'y': 2 of 4 elements differ, most at [3]: 3.0 instead of 2.0",
                results.get(1).reason());
        assertEquals("[Relu]", results.getFirst().operators().toString());
    }

    @Test
    void everyDataSetCounts() throws Exception {
        Path test = relu("test_sets");
        Layout.data(test, 0, List.of(X), List.of(RELU));
        Layout.data(test, 1, List.of(X), List.of(X));
        assertEquals(
                "output 'y': 2 of 4 elements differ, most at [0]: 0.0 instead of -2.0 (test_data_set_1)",
                runOne().reason());
    }

    @Test
    void whatIsRefusedIsUnsupportedWithTheReason() throws Exception {
        Path test = Layout.write(folder, "test_magic", Layout.model("Magic", List.of(FOUR), FOUR));
        Layout.data(test, 0, List.of(X), List.of(X));
        TestResult result = runOne();
        assertEquals(TestStatus.UNSUPPORTED, result.status());
        assertTrue(result.reason().startsWith("Magic: "), result::reason);
    }

    @Test
    void inputsWhoseValueIsWantedAreGivenIt() throws Exception {
        ModelProto model = Layout.model(
                "Reshape", List.of(FOUR, TensorSpec.of(DataType.INT64, 2)), TensorSpec.of(DataType.FLOAT32, 2, 2));
        Path test = Layout.write(folder, "test_reshape", model);
        Tensor shape = Tensor.of(new long[] {2, 2}, 2);
        Layout.data(test, 0, List.of(X, shape), List.of(X.reshape(2, 2)));
        Layout.data(test, 1, List.of(RELU, Tensor.of(new long[] {4, 1}, 2)), List.of(RELU.reshape(4, 1)));
        TestResult result = runOne();
        assertEquals(TestStatus.PASSED, result.status(), result::reason);
    }

    @Test
    void sequencesAreUnsupported() throws Exception {
        ModelProto.Builder model = Layout.model("Identity", List.of(FOUR), FOUR).toBuilder();
        TypeProto element = model.getGraph().getInput(0).getType();
        model.getGraphBuilder()
                .getInputBuilder(0)
                .setType(TypeProto.newBuilder()
                        .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(element)));
        Layout.data(Layout.write(folder, "test_sequence", model.build()), 0, List.of(X), List.of(X));
        TestResult result = runOne();
        assertEquals(TestStatus.UNSUPPORTED, result.status());
        assertEquals("its input 'x0' is a sequence", result.reason());
    }

    @Test
    void resultsOfAnotherTypeFail() throws Exception {
        Layout.data(relu("test_type"), 0, List.of(X), List.of(Tensor.of(new double[] {0, 0, 0, 3}, 4)));
        assertEquals("output 'y': is float32[4] instead of float64[4]", runOne().reason());
    }

    /** arange(4) / 4 goes in. */
    @Test
    void lightModelsGetARamp() throws Exception {
        ModelProto model = Layout.model("Relu", List.of(FOUR), FOUR);
        Files.write(folder.resolve("light_relu.onnx"), model.toByteArray());
        Layout.tensor(folder.resolve("light_relu_output_0.pb"), Tensor.of(new float[] {0, 0.25f, 0.5f, 0.75f}, 4));
        TestResult result = runOne();
        assertEquals("light_relu", result.test());
        assertEquals(TestStatus.PASSED, result.status(), result::reason);
    }

    @Test
    void damagedFilesFail() throws Exception {
        Path test = relu("test_damaged");
        Layout.data(test, 0, List.of(X), List.of(RELU));
        Files.write(test.resolve("test_data_set_0/output_0.pb"), new byte[] {(byte) 0xFF, 1, 2, 3});
        TestResult result = runOne();
        assertEquals(TestStatus.FAILED, result.status());
        assertTrue(
                result.reason().startsWith("cannot be read: 'test_damaged/test_data_set_0/output_0.pb'"),
                result::reason);
    }

    @Test
    void testsThatTakeTooLongFailAndTheOthersRun() throws Exception {
        Layout.data(relu("test_slow"), 0, List.of(X), List.of(RELU));
        List<TestResult> results = run(OnnxTestOptions.defaults().withTimeLimit(Duration.ZERO));
        assertEquals("too slow: more than 0.0 s", results.getFirst().reason());
    }

    @Test
    void errorsOfABackendAreFailuresAndTheOthersRun() throws Exception {
        Layout.data(relu("test_a"), 0, List.of(X), List.of(RELU));
        Layout.data(relu("test_b"), 0, List.of(X), List.of(RELU));
        List<TestResult> results = run(overflowing(), OnnxTestOptions.defaults());
        assertEquals(2, results.size());
        for (TestResult result : results) {
            assertEquals(TestStatus.FAILED, result.status());
            assertTrue(result.reason().startsWith("internal: java.lang.StackOverflowError"), result::reason);
        }
    }

    /** A provider whose backend throws an error whenever it is asked whether it can run something. */
    private static BackendProvider overflowing() {
        BackendProvider cpu = BackendsUnderTest.provider("cpu");
        BackendProvider provider = Mockito.mock(BackendProvider.class, AdditionalAnswers.delegatesTo(cpu));
        Mockito.doAnswer(call -> {
                    Backend made = cpu.create(call.getArgument(0));
                    Backend backend = Mockito.mock(Backend.class, AdditionalAnswers.delegatesTo(made));
                    Mockito.doThrow(new StackOverflowError()).when(backend).check(Mockito.any());
                    return backend;
                })
                .when(provider)
                .create(Mockito.any());
        return provider;
    }
}
