package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.importers.keras.internal.config.LayerDescription;
import dev.convoy.models.ImportReport.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that stands in the way of a model. */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void add(LayerDescription layer, FormatException problem) {
        problems.add(new Problem(layer.path(), layer.className(), problem.reason(), problem.remedy()));
    }

    /** A problem with a layer of a model that is written. */
    public void add(String path, String className, FormatException problem) {
        problems.add(new Problem(path, className, problem.reason(), problem.remedy()));
    }

    /** A problem of the file as a whole. */
    public void add(FormatException problem) {
        problems.add(new Problem("", "", problem.reason(), problem.remedy()));
    }

    /** Something to know that does not stand in the way; said once however often it is noted. */
    public void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    public boolean isEmpty() {
        return problems.isEmpty();
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    public List<String> notes() {
        return List.copyOf(notes);
    }
}
