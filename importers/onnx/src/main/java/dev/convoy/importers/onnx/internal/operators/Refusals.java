package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.node.NodeProblem;
import java.util.Set;

/** Why an operator is not read, and what to do instead. */
final class Refusals {

    private static final Set<String> DATA_DEPENDENT = Set.of("Unique", "NonMaxSuppression");

    private static final Set<String> TEXT =
            Set.of("StringNormalizer", "StringConcat", "StringSplit", "RegexFullMatch", "TfIdfVectorizer");

    private static final Set<String> RANDOM = Set.of(
            "Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike");

    private static final Set<String> SIGNALS = Set.of("DFT", "STFT", "MelWeightMatrix");

    private Refusals() {}

    static NodeProblem of(NodeDescription node) {
        String type = node.opType();
        if (!node.domain().isEmpty()) {
            return new NodeProblem(
                    "the operator " + type + " is not ONNX's own but of '" + node.domain()
                            + "', so the file does not say what it computes",
                    "export the model with ONNX's own operators only");
        }
        if (DATA_DEPENDENT.contains(type)) {
            return dataDependent();
        }
        if (RANDOM.contains(type)) {
            return new NodeProblem(
                    "it draws random numbers, and a prediction depends on its inputs alone",
                    "export the model with the numbers as an input");
        }
        if (SIGNALS.contains(type)) {
            return new NodeProblem(
                    "spectra of signals are not supported", "export the model without this step, and do it in Java");
        }
        if (type.equals("ImageDecoder")) {
            return new NodeProblem(
                    "files within a model are not supported",
                    "export the model without it, and read images with Image");
        }
        if (TEXT.contains(type)) {
            return new NodeProblem("it works on strings, which are not supported", "");
        }
        if (type.startsWith("Sequence") || type.equals("ConcatFromSequence") || type.equals("SplitToSequence")) {
            return new NodeProblem(
                    "it works on a sequence of tensors, which is not supported",
                    "export the model with Concat and Split instead");
        }
        if (type.startsWith("Optional")) {
            return new NodeProblem("it works on optional values, which are not supported", "");
        }
        if (type.equals("Constant")) {
            return new NodeProblem("constants of strings and sparse constants are not supported", "");
        }
        return new NodeProblem(
                "the operator " + type + " is not supported",
                "export it with other operators; docs/onnx.md lists those that are read");
    }

    static NodeProblem dataDependent() {
        return new NodeProblem(
                "the shape of its result depends on the data, and shapes have to be known before a model runs",
                "export the model without this step, and do it in Java on the model's outputs");
    }
}
