package dev.convoy.cli;

import dev.convoy.layers.Add;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Dense;
import dev.convoy.layers.GlobalAveragePooling2D;
import dev.convoy.layers.Input;
import dev.convoy.layers.Softmax;
import dev.convoy.models.Functional;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Model;
import dev.convoy.models.ModelImporter;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Sequential;
import dev.convoy.models.Symbol;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes models from files that hold the word {@code tiny} and the model's kind: {@code brightness}, a classifier of grey
 * 2x2 images with logits 2 - 4m and 4m - 2 for mean brightness m; {@code two}, with inputs a and b and outputs sum and
 * both; {@code broken}, with two problems; {@code bug}, on which the importer itself fails.
 */
public final class TinyImporter implements ModelImporter {

    private static final int MAX_BYTES = 100;

    @Override
    public String formats() {
        return "Tiny (.tiny)";
    }

    @Override
    public boolean accepts(ModelSource source) {
        return text(source).startsWith("tiny ");
    }

    private static String text(ModelSource source) {
        try {
            Path file = source.model();
            return Files.size(file) > MAX_BYTES ? "" : Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ImportReport inspect(ModelSource source, ImportOptions options) {
        List<ImportReport.Problem> problems = text(source).equals("tiny broken")
                ? List.of(
                        new ImportReport.Problem("encode", "Lambda", "Lambda holds code", "replace it by a layer"),
                        new ImportReport.Problem("fold", "Fold", "the class is not known", "name it in ImportOptions"))
                : List.of();
        return new ImportReport(source.model().getFileName().toString(), "Tiny 1", problems, List.of());
    }

    @Override
    public Model load(ModelSource source, ImportOptions options) {
        ImportReport report = inspect(source, options);
        if (!report.isLoadable()) {
            throw new ImportException(report);
        }
        return switch (text(source)) {
            case "tiny brightness" -> brightness();
            case "tiny two" -> two();
            default -> throw new IllegalStateException("the importer has a bug");
        };
    }

    private static Model brightness() {
        Model model = Sequential.of(
                "brightness", Input.of(2, 2, 1), List.of(GlobalAveragePooling2D.of(), Dense.of(2), Softmax.of()));
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("dense/kernel", Tensor.of(new float[] {-4, 4}, 1, 2));
        weights.put("dense/bias", Tensor.of(new float[] {2, -2}, 2));
        return model.withParameters(Parameters.of(weights));
    }

    private static Model two() {
        Symbol a = Symbol.of(Input.of(3).named("a"));
        Symbol b = Symbol.of(Input.of(3).named("b"));
        Symbol sum = a.to(LayerNode.named("sum:0", Add.of()), b);
        Symbol both = a.to(LayerNode.named("both", Concatenate.of()), b);
        return Functional.of("two", List.of(a, b), List.of(sum, both));
    }
}
