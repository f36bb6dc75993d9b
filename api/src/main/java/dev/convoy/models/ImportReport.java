package dev.convoy.models;

import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an importer found in a file.
 *
 * @param source the file
 * @param format what kind of file it is, {@code Keras 2.4.0 HDF5} for example
 * @param problems everything that stands in the way of loading it; empty if it loads
 * @param notes what a user may want to know of a file that loads, such as settings that do not matter here
 */
public record ImportReport(String source, String format, List<Problem> problems, List<String> notes) {

    /**
     * @param layer path of the layer, or empty if the whole file is concerned
     * @param className class of the layer, or empty
     * @param reason what is wrong
     * @param remedy what the user can do about it
     * @param values inputs of which the values are asked for, see {@link ImportOptions#pinned(String, Tensor)}
     * @param specs inputs of which type and shape are asked for, see {@link ImportOptions#input(String, TensorSpec)}
     */
    public record Problem(
            String layer, String className, String reason, String remedy, List<String> values, List<String> specs) {

        public Problem {
            values = List.copyOf(values);
            specs = List.copyOf(specs);
        }

        /** A problem that asks for nothing. */
        public Problem(String layer, String className, String reason, String remedy) {
            this(layer, className, reason, remedy, List.of(), List.of());
        }

        /** One line: {@code layer 'encode' (Lambda): <reason>. Remedy: <remedy>}. */
        @Override
        public String toString() {
            String where = layer.isEmpty()
                    ? ""
                    : "layer '" + layer + "'" + (className.isEmpty() ? "" : " (" + className + ")") + ": ";
            return where + reason + (remedy.isEmpty() ? "" : ". Remedy: " + remedy);
        }
    }

    public ImportReport {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    public boolean isLoadable() {
        return problems.isEmpty();
    }

    /** The file, its format, and a line for each problem. */
    @Override
    public String toString() {
        String head = source + " (" + format + ")";
        return isLoadable()
                ? head + ": no problems"
                : head + " cannot be loaded, " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:")
                        + problems.stream().map(p -> "\n  " + p).collect(Collectors.joining());
    }
}
