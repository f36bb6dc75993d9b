package dev.convoy.graph;

import org.jspecify.annotations.Nullable;

/**
 * A rule of an op, a layer or a graph is broken. The message names the op, the layer, the rule in words, what was
 * expected and what was found, and ends with the rule's label: {@code [convolution.C3]}.
 */
public final class GraphException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String op;
    private final @Nullable String layer;
    private final String problem;
    private final String rule;

    private GraphException(String op, @Nullable String layer, String problem, String rule) {
        super(op + (layer == null || layer.isEmpty() ? "" : " in layer '" + layer + "'") + ": " + problem + ". [" + rule
                + "]");
        this.op = op;
        this.layer = layer;
        this.problem = problem;
        this.rule = rule;
    }

    /**
     * @param op the op or layer class, {@code Convolution} for example
     * @param layer path of the layer, or null if not known here
     * @param problem the rule in words, expected and got; without a full stop
     * @param rule the label, {@code convolution.C3} for example
     */
    public static GraphException of(String op, @Nullable String layer, String problem, String rule) {
        return new GraphException(op, layer, problem, rule);
    }

    /** The label of the broken rule, {@code convolution.C3} for example. */
    public String rule() {
        return rule;
    }

    /** This problem with the layer named, if it was not already. */
    public GraphException inLayer(String path) {
        if (layer != null && !layer.isEmpty()) {
            return this;
        }
        GraphException located = new GraphException(op, path, problem, rule);
        located.setStackTrace(getStackTrace());
        return located;
    }
}
