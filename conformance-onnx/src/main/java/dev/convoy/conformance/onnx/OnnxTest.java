package dev.convoy.conformance.onnx;

import java.util.List;
import java.util.SequencedMap;

/**
 * One test: a model, and what it is expected to give for what.
 *
 * @param name of its folder, {@code test_abs} for example
 * @param archive where its files are
 * @param model the file of the model
 * @param besides files in the model's folder, data of large tensors for example
 * @param dataSets at least one
 * @param tolerance within which results have to be
 */
public record OnnxTest(
        String name,
        TestArchive archive,
        String model,
        List<String> besides,
        List<DataSet> dataSets,
        Tolerance tolerance) {

    /**
     * What goes in and what comes out. Inputs that are not stored are {@code arange(n) / n}.
     *
     * @param name of its folder
     * @param inputs files by the position of the input among those without an initializer
     * @param outputs files by the position of the output
     */
    public record DataSet(String name, SequencedMap<Integer, String> inputs, SequencedMap<Integer, String> outputs) {}

    public OnnxTest {
        besides = List.copyOf(besides);
        dataSets = List.copyOf(dataSets);
    }
}
