package dev.convoy.layers;

import dev.convoy.graph.Check;
import java.util.List;

/**
 * How a layer pads before its window slides; ops know explicit pads only.
 *
 * @param kind the word, or EXPLICIT
 * @param before pads before each spatial axis (top, left) for EXPLICIT; one entry stands for all axes
 * @param after pads after each spatial axis (bottom, right) for EXPLICIT
 */
public record Padding(Kind kind, List<Integer> before, List<Integer> after) {

    /** The words of Keras, and explicit numbers as in PyTorch and ONNX. */
    public enum Kind {
        /** No padding: {@code out = ceil((in - k + 1) / stride)}. */
        VALID,
        /** {@code out = ceil(in / stride)}; of an odd number of pads the last goes to the bottom/right. */
        SAME,
        /** All pads in front, so that an output sees no later input; one spatial axis only. */
        CAUSAL,
        EXPLICIT
    }

    public static final Padding VALID = new Padding(Kind.VALID, List.of(), List.of());
    public static final Padding SAME = new Padding(Kind.SAME, List.of(), List.of());
    public static final Padding CAUSAL = new Padding(Kind.CAUSAL, List.of(), List.of());

    /**
     * @throws dev.convoy.graph.GraphException if pads are negative, or before and after differ in length
     */
    public Padding {
        before = List.copyOf(before);
        after = List.copyOf(after);
        Check check = Check.of("Padding");
        check.that(
                before.size() == after.size(),
                "P1",
                "before and after have the same length",
                before.size(),
                after.size());
        check.that(
                before.stream().allMatch(p -> p >= 0) && after.stream().allMatch(p -> p >= 0),
                "P2",
                "pads are at least 0",
                ">= 0",
                before + " and " + after);
    }

    /** The same pads before and after each axis; one number stands for all axes. */
    public static Padding of(Integer... pads) {
        return new Padding(Kind.EXPLICIT, List.of(pads), List.of(pads));
    }

    public static Padding of(List<Integer> before, List<Integer> after) {
        return new Padding(Kind.EXPLICIT, before, after);
    }
}
