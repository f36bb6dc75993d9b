package dev.convoy.importers.keras.internal.mapping;

import dev.convoy.graph.BinaryFn;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.layers.Layer;
import dev.convoy.layers.LayerScope;
import dev.convoy.tensor.DataType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic that stands between the layers of a model, as {@code x / 127.5 - 1} or {@code a + b}.
 *
 * @param className the function in summaries
 * @param constants for each operand its value, or null where the operand is an input
 */
record ArithmeticLayer(String className, BinaryFn fn, List<@Nullable Double> constants) implements Layer {

    @Override
    public List<Value> apply(LayerScope scope, List<Value> inputs) {
        GraphBuilder g = scope.graph();
        Iterator<Value> tensors = inputs.iterator();
        DataType type = inputs.getFirst().spec().type();
        List<Value> operands = new ArrayList<>();
        for (Double constant : constants) {
            operands.add(constant == null ? tensors.next() : g.scalar(constant, type));
        }
        return List.of(g.binary(fn, operands.getFirst(), operands.getLast()));
    }
}
