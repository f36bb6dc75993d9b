package dev.convoy.conformance.check;

import org.jspecify.annotations.Nullable;

/**
 * Something a backend has to do.
 *
 * @param id its name by rule, {@code required/convolution.C3/groups-3-dilation-2} for example; unique. Checks that start
 *     with {@code optional/} are skipped if the backend refuses the graph
 * @param action throws {@link AssertionError} if the backend does something else; any other exception fails the check too
 * @param erratum for a documented example whose print does not follow from its own inputs: what is printed and what follows
 */
public record ConformanceCheck(
        String id, Action action, @Nullable String erratum) {

    /** What a check does with the backend under test. */
    @FunctionalInterface
    public interface Action {
        /**
         * @throws NotApplicableException if the check does not apply to this backend
         */
        void run(Subject subject);
    }

    public ConformanceCheck(String id, Action action) {
        this(id, action, null);
    }

    /** Whether a backend may refuse the graph. */
    public boolean isOptional() {
        return id.startsWith("optional/");
    }

    /** The part of the name before the first slash after the kind: {@code convolution.C3}. */
    public String rule() {
        return id.split("/")[1];
    }

    /** What the rule belongs to: the key of an op, {@code session}, {@code state} or {@code example}. */
    public String group() {
        return rule().split("\\.")[0];
    }

    @Override
    public String toString() {
        return id;
    }
}
