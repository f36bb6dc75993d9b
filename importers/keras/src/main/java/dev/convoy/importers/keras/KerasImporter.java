package dev.convoy.importers.keras;

import dev.convoy.data.Preprocessing;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.ConfigReader;
import dev.convoy.importers.keras.internal.config.ModelDescription;
import dev.convoy.importers.keras.internal.file.FileKind;
import dev.convoy.importers.keras.internal.file.ModelFiles;
import dev.convoy.importers.keras.internal.mapping.LayerProblem;
import dev.convoy.importers.keras.internal.mapping.MappedLayers;
import dev.convoy.importers.keras.internal.mapping.ModelBuilder;
import dev.convoy.importers.keras.internal.mapping.Problems;
import dev.convoy.importers.keras.internal.mapping.TeachableMachine;
import dev.convoy.importers.keras.internal.weights.FoundWeights;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.Model;
import dev.convoy.models.ModelImporter;
import dev.convoy.models.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Imports models of Keras 1, 2 and 3: {@code .keras} files, HDF5 models, and architecture JSON with a file of weights.
 * What a file is, is seen from its first bytes. Nothing in a file is executed; all problems are reported at once.
 */
public final class KerasImporter implements ModelImporter {

    private static final List<String> EXTENSIONS = List.of(".keras", ".h5", ".hdf5");

    @Override
    public String formats() {
        return "Keras (.keras, .h5, .json with .h5)";
    }

    @Override
    public boolean accepts(ModelSource source) {
        String name = String.valueOf(source.model().getFileName()).toLowerCase(Locale.ROOT);
        if (EXTENSIONS.stream().anyMatch(name::endsWith)) {
            return true;
        }
        try {
            return switch (FileKind.of(source.model())) {
                case HDF5, JSON, UNPACKED_KERAS, SAVED_MODEL, TFLITE -> true;
                case ZIP, PICKLE, NUMPY, PDF, HTML, LFS_POINTER, EMPTY, UNKNOWN -> false;
            };
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public ImportReport inspect(ModelSource source, ImportOptions options) {
        return read(source, options, false).report();
    }

    @Override
    public Model load(ModelSource source, ImportOptions options) {
        Outcome outcome = read(source, options, true);
        Model model = outcome.model();
        if (model == null) {
            throw new ImportException(outcome.report());
        }
        return model;
    }

    private record Outcome(@Nullable Model model, ImportReport report) {}

    /** @param withWeights false to find the problems alone */
    private static Outcome read(ModelSource source, ImportOptions options, boolean withWeights) {
        Problems problems = new Problems();
        String format = "Keras";
        Model model = null;
        try (ModelFiles files = ModelFiles.open(source)) {
            format = files.format();
            model = model(files, options, problems, withWeights);
        } catch (FormatException e) {
            problems.add(e);
        } catch (LayerProblem e) {
            e.reportTo(problems);
        } catch (StackOverflowError e) {
            problems.add(new FormatException("models are nested too deeply in it", "", e));
        } catch (OutOfMemoryError e) {
            problems.add(new FormatException("it needs more memory than the JVM has", "give it more with -Xmx", e));
        } catch (IOException e) {
            problems.add(new FormatException("it cannot be read: " + e, "check the file and its permissions", e));
        }
        return new Outcome(
                problems.isEmpty() ? model : null,
                new ImportReport(name(source), format, problems.problems(), problems.notes()));
    }

    private static @Nullable Model model(
            ModelFiles files, ImportOptions options, Problems problems, boolean withWeights) {
        ModelDescription description = ConfigReader.model(files.architecture());
        MappedLayers layers = MappedLayers.of(description, files.version(), options, problems);
        if (!problems.isEmpty()) {
            return null;
        }
        long largest = Math.max(1_000_000, 16 * files.weights().size());
        ModelBuilder empty = new ModelBuilder(layers, Map.of(), largest);
        Model unweighted = empty.build(description);
        FoundWeights weights = FoundWeights.of(files, description, empty::needs);
        weights.problems().forEach(problems::add);
        if (!problems.isEmpty()) {
            return null;
        }
        Model model = weights.isEmpty() || !withWeights
                ? unweighted
                : new ModelBuilder(layers, weights.read(), largest).build(description);
        if (files.usage().preprocessing() == null && TeachableMachine.wrote(description, model)) {
            problems.note("a Teachable Machine image project; pictures are cut square and scaled to -1..1");
            return files.usage().applyTo(model.withPreprocessing(Preprocessing.named("teachable-machine")));
        }
        return files.usage().applyTo(model);
    }

    private static String name(ModelSource source) {
        Path weights = source.weights();
        return source.model() + (weights == null ? "" : " with " + weights);
    }
}
