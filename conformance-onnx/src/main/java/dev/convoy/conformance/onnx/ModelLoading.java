package dev.convoy.conformance.onnx;

import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport.Problem;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.tensor.Tensor;
import java.nio.file.Path;
import java.util.Map;

/**
 * Loads a test's model as a user would: as it is, and if the report asks for the value or the spec of an input, again with
 * that of the test.
 */
final class ModelLoading {

    private ModelLoading() {}

    /**
     * A model, and whether it holds values of the test's data.
     *
     * @param isPinned whether it is for these inputs only
     */
    record Loaded(Model model, boolean isPinned) {}

    /**
     * @param inputs of the test, by name
     * @throws ImportException if the model has problems that the inputs do not solve
     */
    static Loaded load(Path file, Map<String, Tensor> inputs) {
        ImportOptions options = ImportOptions.defaults();
        while (true) {
            try {
                Model model = Models.load(ModelSource.of(file), options);
                return new Loaded(
                        model, !options.pinned().isEmpty() || !options.inputs().isEmpty());
            } catch (ImportException e) {
                ImportOptions more = options;
                for (Problem problem : e.report().problems()) {
                    more = solved(problem, inputs, more);
                }
                if (more == options) {
                    throw e;
                }
                options = more;
            }
        }
    }

    /** The options with what a problem asks for and the test has. */
    private static ImportOptions solved(Problem problem, Map<String, Tensor> inputs, ImportOptions options) {
        ImportOptions more = options;
        for (String name : problem.values()) {
            Tensor value = inputs.get(name);
            if (value != null && !more.pinned().containsKey(name)) {
                more = more.pinned(name, value);
            }
        }
        for (String name : problem.specs()) {
            Tensor value = inputs.get(name);
            if (value != null && !more.inputs().containsKey(name)) {
                more = more.input(name, value.spec());
            }
        }
        return more;
    }
}
