package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.importers.onnx.internal.file.NodeDescription;
import dev.convoy.importers.onnx.internal.file.ValueDescription;
import dev.convoy.layers.LayerScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes several nodes straight into a graph: a graph in an attribute, or a piece of shape arithmetic. */
public final class GraphWriter {

    private final OperatorTable operators;
    private final LayerScope layer;
    private final Map<String, Source> sources;

    /**
     * @param around the values that the nodes may use, by name
     */
    public GraphWriter(OperatorTable operators, LayerScope layer, Map<String, Source> around) {
        this.operators = operators;
        this.layer = layer;
        this.sources = new HashMap<>(around);
    }

    /**
     * Writes a graph.
     *
     * @param arguments of its inputs, in order
     * @return its outputs, in order
     */
    List<Value> write(GraphDescription body, List<Value> arguments) {
        GraphBuilder g = layer.graph();
        body.initializers().forEach((name, tensor) -> sources.put(name, Source.of(g, tensor)));
        body.constants().forEach((name, tensor) -> sources.put(name, Source.of(g, tensor)));
        if (arguments.size() != body.inputs().size()) {
            throw new NodeProblem(
                    "its graph takes " + body.inputs().size() + " inputs, it is given " + arguments.size(), "");
        }
        for (int i = 0; i < body.inputs().size(); i++) {
            sources.put(body.inputs().get(i).name(), Source.of(arguments.get(i)));
        }
        write(body.nodes());
        List<Value> outputs = new ArrayList<>();
        for (ValueDescription output : body.outputs()) {
            outputs.add(source(output.name()).value());
        }
        return outputs;
    }

    /** Writes nodes, operands before their use. */
    public void write(List<NodeDescription> nodes) {
        for (NodeDescription node : nodes) {
            List<Value> results = results(node);
            for (int i = 0; i < results.size(); i++) {
                sources.put(node.outputs().get(i), Source.of(results.get(i)));
            }
        }
    }

    private List<Value> results(NodeDescription node) {
        try {
            return NodeScope.write(node, operators, layer, sources);
        } catch (NodeProblem e) {
            throw e.within(node.opType(), node.name());
        }
    }

    /**
     * A value by its name.
     *
     * @throws NodeProblem if there is none
     */
    public Source source(String name) {
        Source source = sources.get(name);
        if (source == null) {
            throw new NodeProblem("the value '" + name + "' comes from nowhere", "");
        }
        return source;
    }
}
