package dev.convoy.importers.onnx.internal.node;

import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.importers.onnx.internal.file.GraphDescription;
import dev.convoy.layers.LayerScope;
import dev.convoy.layers.Noise;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A graph of an attribute as a graph of its own.
 *
 * @param graph its inputs are those of the attribute's graph, then one for each captured value
 * @param captured values around the node that the graph uses, but for numbers that are known
 */
public record Body(Graph graph, List<Value> captured) {

    public Body {
        captured = List.copyOf(captured);
    }

    static Body write(
            GraphDescription description,
            List<TensorSpec> arguments,
            OperatorTable operators,
            LayerScope layer,
            Map<String, Source> around) {
        GraphBuilder g = new GraphBuilder();
        List<Value> inputs = new ArrayList<>();
        arguments.forEach(spec -> inputs.add(g.input("input_" + inputs.size(), spec)));
        Map<String, Source> visible = new HashMap<>();
        List<Value> captured = new ArrayList<>();
        for (String name : description.captured()) {
            Source source = around.get(name);
            if (source == null) {
                throw new NodeProblem("the value '" + name + "', which its graph uses, comes from nowhere", "");
            }
            Optional<Known> known = source.known();
            if (known.isPresent()) {
                visible.put(name, new Number(g, known.get()));
            } else {
                captured.add(source.value());
                visible.put(
                        name,
                        Source.of(g.input(
                                "captured_" + captured.size(), source.value().spec())));
            }
        }
        List<Value> outputs = new GraphWriter(operators, new Scope(g, layer), visible).write(description, inputs);
        for (int i = 0; i < outputs.size(); i++) {
            g.output("output_" + i, outputs.get(i));
        }
        return new Body(g.build(), captured);
    }

    private record Number(GraphBuilder graph, Known number) implements Source {

        @Override
        public Value value() {
            return graph.constant(number.tensor());
        }

        @Override
        public Optional<Known> known() {
            return Optional.of(number);
        }
    }

    /** Parameters belong to the graph around, and are captured as all other values. */
    private record Scope(GraphBuilder graph, LayerScope around) implements LayerScope {

        @Override
        public boolean training() {
            return around.training();
        }

        @Override
        public boolean trainable() {
            return around.trainable();
        }

        @Override
        public Value parameter(String name) {
            throw new IllegalStateException("A body has no parameter '" + name + "'");
        }

        @Override
        public void update(String parameter, Value value) {
            throw new IllegalStateException("A body has no parameter '" + parameter + "'");
        }

        @Override
        public Value noise(Shape shape, Noise kind) {
            throw new NodeProblem("random numbers within a loop are not supported", "");
        }
    }
}
