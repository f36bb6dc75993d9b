package dev.convoy.models;

import java.util.List;
import java.util.SequencedMap;

/** A model of any number of inputs and outputs, with branches and shared layers (Keras 3 {@code Model(inputs, outputs)}). */
public final class Functional extends AbstractModel {

    private Functional(Parts parts, Network network) {
        super(parts, network);
    }

    /** A model named {@code functional} with one input and one output. */
    public static Functional of(Symbol input, Symbol output) {
        return of("functional", List.of(input), List.of(output));
    }

    /**
     * The layers between inputs and outputs.
     *
     * @throws IllegalArgumentException if an output depends on an input that is not listed, or two layers have one name
     */
    public static Functional of(String name, List<Symbol> inputs, List<Symbol> outputs) {
        Network network = new Network(inputs, outputs);
        return new Functional(Parts.of(name, network), network);
    }

    /**
     * The layers between inputs and outputs, the outputs named.
     *
     * @throws IllegalArgumentException if an output depends on an input that is not listed, or two layers have one name
     */
    public static Functional of(String name, List<Symbol> inputs, SequencedMap<String, Symbol> outputs) {
        Network network = new Network(inputs, outputs);
        return new Functional(Parts.of(name, network), network);
    }

    @Override
    Functional copy(Parts parts, Network itsNetwork) {
        return new Functional(parts, itsNetwork);
    }
}
