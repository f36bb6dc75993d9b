package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The documented examples as checks: {@code required/example.conv2d/conv2d-5x5-binary}. */
public final class DocumentedExamples {

    private static final String FILE = "documented-examples.json";

    private DocumentedExamples() {}

    /** One check for each example, in the order of the file. */
    public static List<ConformanceCheck> all() {
        List<ConformanceCheck> checks = new ArrayList<>();
        for (Example example : read()) {
            String id = "required/example." + example.kind() + "/" + example.id();
            checks.add(new ConformanceCheck(id, subject -> run(example, subject), example.erratum()));
        }
        return List.copyOf(checks);
    }

    static List<Example> read() {
        try (InputStream in = DocumentedExamples.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The resource " + FILE + " is missing");
            }
            List<Example> examples = new ArrayList<>();
            JsonMapper.shared().readTree(in).path("examples").forEach(entry -> examples.add(new Example(entry)));
            return List.copyOf(examples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Example example, Subject subject) {
        switch (example.kind()) {
            case "conv2d" -> PictureExamples.convolution(example, subject);
            case "conv2d_channels_first" -> PictureExamples.channelsFirst(example, subject);
            case "max_pool2d" -> PictureExamples.maxPool(example, subject);
            case "avg_pool2d" -> PictureExamples.averagePool(example, subject);
            case "global_avg_pool2d" -> PictureExamples.globalAverage(subject);
            case "image_kernels" -> PictureExamples.kernels(example, subject);
            case "conv_output_size" -> ShapeExamples.convolutionSize(example, subject);
            case "pool_output_size" -> ShapeExamples.poolSize(example, subject);
            case "conv_shape" -> ShapeExamples.convolutionShape(example, subject);
            case "pool_shape" -> ShapeExamples.poolShape(example, subject);
            case "params" -> ShapeExamples.parameters(example);
            case "formula" -> FormulaExamples.run(example, subject);
            case "interface" -> InterfaceExamples.run(example, subject);
            case "dropout" -> ModelExamples.dropout(subject);
            case "model" -> ModelExamples.model(example, subject);
            case "topology" -> ModelExamples.inception(example, subject);
            default -> throw new AssertionError("No check knows examples of kind '" + example.kind() + "'");
        }
    }
}
