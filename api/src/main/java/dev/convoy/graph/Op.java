package dev.convoy.graph;

import java.util.Locale;
import java.util.Map;

/**
 * What a {@link Node} computes, without its operands: attributes only, validated when the record is made. Either one of
 * the closed {@link CoreOp core ops} that every backend knows, or a {@link CompositeOp} that decomposes into them.
 */
public sealed interface Op permits CoreOp, CompositeOp {

    /** The name in messages and printed graphs, {@code Convolution} for example. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** The name in rule labels such as {@code conv_input_grad.C2}: {@link #name()} in snake case. */
    default String key() {
        return key(name());
    }

    /** A name in snake case. */
    static String key(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    /** This op with named dimensions in its attributes replaced by sizes; most ops have none and return themselves. */
    default Op bind(Map<String, Integer> sizes) {
        return this;
    }
}
