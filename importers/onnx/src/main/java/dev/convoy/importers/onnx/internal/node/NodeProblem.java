package dev.convoy.importers.onnx.internal.node;

import java.util.List;

/** A node cannot be imported; becomes a problem in the importer's report, under the node's name. */
public final class NodeProblem extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String remedy;
    private final transient List<String> values;

    /**
     * @param reason what is wrong, without a full stop
     * @param remedy what the user can do, or empty
     */
    public NodeProblem(String reason, String remedy) {
        this(reason, remedy, List.of());
    }

    /**
     * @param values inputs of which the values would solve it
     */
    public NodeProblem(String reason, String remedy, List<String> values) {
        super(reason + (remedy.isEmpty() ? "" : ". Remedy: " + remedy));
        this.reason = reason;
        this.remedy = remedy;
        this.values = List.copyOf(values);
    }

    /** The same problem, of a node that is part of another one. */
    NodeProblem within(String opType, String name) {
        return new NodeProblem(
                "its part " + (name.isEmpty() ? "" : "'" + name + "' ") + "(" + opType + "): " + reason,
                remedy,
                values);
    }

    public String reason() {
        return reason;
    }

    public String remedy() {
        return remedy;
    }

    public List<String> values() {
        return values;
    }
}
