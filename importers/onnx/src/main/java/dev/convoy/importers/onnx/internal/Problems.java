package dev.convoy.importers.onnx.internal;

import dev.convoy.importers.onnx.internal.node.NodeProblem;
import dev.convoy.models.ImportReport.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects everything that stands in the way of a model. */
public final class Problems {

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** A problem of one node. */
    public void add(String layer, String opType, NodeProblem problem) {
        problems.add(new Problem(layer, opType, problem.reason(), problem.remedy(), problem.values(), List.of()));
    }

    /** A problem of the file as a whole. */
    public void add(String reason, String remedy) {
        problems.add(new Problem("", "", reason, remedy));
    }

    /** A problem that type and shape of an input solve. */
    public void addUndeclared(String input, String reason, String remedy) {
        problems.add(new Problem("", "", reason, remedy, List.of(), List.of(input)));
    }

    /** Something to know that does not stand in the way. */
    public void note(String text) {
        notes.add(text);
    }

    /** All problems and notes of another. */
    public void addAll(Problems others) {
        problems.addAll(others.problems);
        notes.addAll(others.notes);
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
