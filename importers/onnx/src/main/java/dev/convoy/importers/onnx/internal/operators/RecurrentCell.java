package dev.convoy.importers.onnx.internal.operators;

import dev.convoy.graph.ContractionOp.MatMul;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One step of a recurrent operator, with ONNX 22's formulas and order of gates. */
enum RecurrentCell {
    RNN(1, 1, List.of("Tanh")),
    GRU(3, 1, List.of("Sigmoid", "Tanh")),
    LSTM(4, 2, List.of("Sigmoid", "Tanh", "Tanh"));

    private final int gates;
    private final int states;
    private final List<String> activations;

    RecurrentCell(int gates, int states, List<String> activations) {
        this.gates = gates;
        this.states = states;
        this.activations = activations;
    }

    int gates() {
        return gates;
    }

    /** How many values are carried from step to step: h, for LSTM also c. */
    int states() {
        return states;
    }

    /** ONNX's defaults. */
    List<String> activations() {
        return activations;
    }

    /**
     * What a step works with.
     *
     * @param x the input times its weights, biases added, {@code [batch, gates · hidden]}
     * @param weights recurrent ones, {@code [gates · hidden, hidden]}
     * @param bias added to what the last gate's recurrent weights give, {@code [hidden]}; null if x contains it
     * @param peepholes {@code [3 · hidden]}
     * @param couples whether LSTM forgets what it does not take in
     */
    record Step(
            Value x,
            List<Value> states,
            Value weights,
            @Nullable Value bias,
            @Nullable Value peepholes,
            boolean couples,
            List<RecurrentFunctions.Function> functions) {

        int hidden() {
            return weights.shape().size(1);
        }

        Value h() {
            return states.getFirst();
        }

        /** The elements of some gates. */
        Value part(GraphBuilder g, Value all, int from, int to) {
            int axis = all.shape().rank() - 1;
            return g.slice(all, axis, from * hidden(), to * hidden());
        }

        /** A state times the recurrent weights of some gates. */
        Value recurrent(GraphBuilder g, Value state, int from, int to) {
            return g.add(new MatMul(false, true), state, g.slice(weights, 0, from * hidden(), to * hidden()));
        }

        Value apply(int function, GraphBuilder g, Value x) {
            return functions.get(function).apply(g, x);
        }
    }

    /** The states after a step. */
    List<Value> next(GraphBuilder g, Step step) {
        return switch (this) {
            case RNN -> List.of(step.apply(0, g, g.add(step.x(), step.recurrent(g, step.h(), 0, 1))));
            case GRU -> gru(g, step);
            case LSTM -> lstm(g, step);
        };
    }

    /** Gates z, r, h. */
    private static List<Value> gru(GraphBuilder g, Step step) {
        Value h = step.h();
        Value both = step.apply(0, g, g.add(step.part(g, step.x(), 0, 2), step.recurrent(g, h, 0, 2)));
        Value z = step.part(g, both, 0, 1);
        Value r = step.part(g, both, 1, 2);
        Value bias = step.bias();
        Value before =
                bias == null ? step.recurrent(g, g.mul(r, h), 2, 3) : g.mul(r, g.add(step.recurrent(g, h, 2, 3), bias));
        Value candidate = step.apply(1, g, g.add(step.part(g, step.x(), 2, 3), before));
        return List.of(g.add(candidate, g.mul(z, g.sub(h, candidate))));
    }

    /** Gates i, o, f, c; peepholes i, o, f. */
    private static List<Value> lstm(GraphBuilder g, Step step) {
        Value c = step.states().get(1);
        Value all = g.add(step.x(), step.recurrent(g, step.h(), 0, 4));
        List<Value> gates = new ArrayList<>();
        for (int gate = 0; gate < 4; gate++) {
            gates.add(step.part(g, all, gate, gate + 1));
        }
        Value i = step.apply(0, g, peeped(g, step, gates.get(0), 0, c));
        Value f = step.couples()
                ? g.sub(g.scalar(1, i.spec().type()), i)
                : step.apply(0, g, peeped(g, step, gates.get(2), 2, c));
        Value candidate = step.apply(1, g, gates.get(3));
        Value nextC = g.add(g.mul(f, c), g.mul(i, candidate));
        Value o = step.apply(0, g, peeped(g, step, gates.get(1), 1, nextC));
        return List.of(g.mul(o, step.apply(2, g, nextC)), nextC);
    }

    private static Value peeped(GraphBuilder g, Step step, Value gate, int peephole, Value c) {
        Value peepholes = step.peepholes();
        return peepholes == null ? gate : g.add(gate, g.mul(step.part(g, peepholes, peephole, peephole + 1), c));
    }
}
