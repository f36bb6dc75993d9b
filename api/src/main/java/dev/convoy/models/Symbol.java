package dev.convoy.models;

import dev.convoy.graph.GraphException;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of a model that is being put together (Keras' {@code KerasTensor}): type and shape, and the call that gives
 * it. A call checks its inputs at once, so that a mistake is reported at the line that makes it.
 */
public final class Symbol {

    /**
     * One call of a layer.
     *
     * @param node what is called
     * @param inputs what it is called with
     */
    record Call(LayerNode node, List<Symbol> inputs) {}

    private final Extent extent;
    private final @Nullable Call call;
    private final int index;
    private final @Nullable String name;

    private Symbol(Extent extent, @Nullable Call call, int index, @Nullable String name) {
        this.extent = extent;
        this.call = call;
        this.index = index;
        this.name = name;
    }

    /** An input of the model; axes other than the batch may be named too, and are then free from call to call. */
    public static Symbol of(Input input) {
        return new Symbol(Extent.of(input.spec()), null, 0, input.name());
    }

    /** A float32 input of a shape without the batch. */
    public static Symbol input(int... shape) {
        return of(Input.of(shape));
    }

    /**
     * The only output of a layer called with this and further inputs; the layer has parameters of its own.
     *
     * @throws GraphException if the layer cannot take such inputs
     */
    public Symbol to(Layer layer, Symbol... more) {
        return to(LayerNode.of(layer), more);
    }

    /**
     * The only output of a node called with this and further inputs; calls of one node share its parameters.
     *
     * @throws GraphException if the layer cannot take such inputs
     */
    public Symbol to(LayerNode node, Symbol... more) {
        List<Symbol> inputs = new ArrayList<>(List.of(this));
        inputs.addAll(List.of(more));
        return call(node, inputs).getFirst();
    }

    /**
     * All outputs of a node.
     *
     * @throws GraphException if the layer cannot take such inputs
     */
    public static List<Symbol> call(LayerNode node, List<Symbol> inputs) {
        return outputs(new Call(node, List.copyOf(inputs)));
    }

    static List<Symbol> outputs(Call call) {
        List<Symbol> outputs = new ArrayList<>();
        List<Extent> inputs = call.inputs().stream().map(Symbol::extent).toList();
        for (Extent extent : Extent.outputs(call.node(), inputs)) {
            outputs.add(new Symbol(extent, call, outputs.size(), null));
        }
        return List.copyOf(outputs);
    }

    /** Type and shape; axes whose size is free are named. */
    public TensorSpec spec() {
        return extent.declared();
    }

    Extent extent() {
        return extent;
    }

    /** The call that gives this; null for an input. */
    @Nullable
    Call call() {
        return call;
    }

    /** Which of the call's outputs this is. */
    int index() {
        return index;
    }

    /** The name of an input, if it was given one. */
    @Nullable
    String name() {
        return name;
    }

    @Override
    public String toString() {
        return (call == null ? "Input" : call.node().toString()) + " " + spec();
    }
}
