package dev.convoy.importers.onnx;

import dev.convoy.importers.onnx.internal.Problems;
import dev.convoy.importers.onnx.internal.file.GraphReader;
import dev.convoy.importers.onnx.internal.file.ModelDescription;
import dev.convoy.importers.onnx.internal.model.ModelBuilder;
import dev.convoy.importers.onnx.internal.operators.Operators;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.ModelImporter;
import dev.convoy.models.ModelSource;
import dev.convoy.onnx.format.ExternalFiles;
import dev.convoy.onnx.format.Limits;
import dev.convoy.onnx.format.OnnxFormatException;
import dev.convoy.onnx.format.OnnxReader;
import dev.convoy.onnx.format.TensorReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Imports ONNX models, IR 3 to 13, as Functional models with a layer for each node. Weights may lie in files beside the
 * model. All problems are reported at once.
 */
public final class OnnxImporter implements ModelImporter {

    private static final long OLDEST_IR = 3;
    private static final long NEWEST_IR = 13;

    /** The first field of a model is its IR version; the tags of the fields that may follow. */
    private static final int IR_VERSION_TAG = 0x08;

    private static final Set<Integer> NEXT_TAGS = Set.of(0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72);

    @Override
    public String formats() {
        return "ONNX (.onnx)";
    }

    @Override
    public boolean accepts(ModelSource source) {
        Path file = source.model();
        if (String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(3);
            return start.length == 3
                    && start[0] == IR_VERSION_TAG
                    && start[1] > 0
                    && NEXT_TAGS.contains((int) start[2]);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ImportReport inspect(ModelSource source, ImportOptions options) {
        return read(source, options).report();
    }

    @Override
    public Model load(ModelSource source, ImportOptions options) {
        Outcome outcome = read(source, options);
        Model model = outcome.model();
        if (model == null) {
            throw new ImportException(outcome.report());
        }
        return model;
    }

    private record Outcome(@Nullable Model model, ImportReport report) {}

    private static Outcome read(ModelSource source, ImportOptions options) {
        Problems problems = new Problems();
        String format = "ONNX";
        Model model = null;
        if (source.weights() != null) {
            problems.add(
                    "a second file with weights, '" + source.weights() + "', is not read; ONNX names such files itself",
                    "leave it out");
        }
        try {
            ModelDescription description = describe(source.model());
            format = description.format();
            model = model(description, options, problems);
        } catch (OnnxFormatException e) {
            problems.add(e.reason(), e.remedy());
        } catch (IOException e) {
            problems.add("it cannot be read: " + e, "check the file and its permissions");
        } catch (StackOverflowError e) {
            problems.add("its nodes are nested too deeply", "");
        } catch (OutOfMemoryError e) {
            problems.add("it needs more memory than the JVM has", "give it more with -Xmx");
        }
        ImportReport report =
                new ImportReport(source.model().toString(), format, problems.problems(), problems.notes());
        return new Outcome(problems.isEmpty() ? model : null, report);
    }

    private static ModelDescription describe(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Limits limits = Limits.defaults();
        TensorReader tensors = new TensorReader(new ExternalFiles(folder == null ? file : folder), limits);
        return GraphReader.read(OnnxReader.read(file, limits), tensors);
    }

    private static @Nullable Model model(ModelDescription description, ImportOptions options, Problems problems) {
        description.unreadable().forEach(u -> problems.add(u.reason(), u.remedy()));
        long ir = description.irVersion();
        if (ir < OLDEST_IR || ir > NEWEST_IR) {
            problems.add(
                    "it has IR version " + ir + "; versions " + OLDEST_IR + " to " + NEWEST_IR + " are read",
                    "convert it with onnx.version_converter, or export it anew");
        }
        if (description.opset() > Operators.NEWEST_OPSET) {
            problems.note("its operators are of opset " + description.opset() + "; they are read as opset "
                    + Operators.NEWEST_OPSET + " defines them");
        }
        return ModelBuilder.build(description.graph(), options, new Operators(), problems);
    }
}
