package dev.convoy.spi.interpret;

import org.jspecify.annotations.Nullable;

/** Computes one step; shared by all sessions of an executable, so it keeps nothing between runs but in its workspace. */
@FunctionalInterface
public interface Kernel {

    /** Reads the operands and writes every result that is {@linkplain Arguments#wants wanted}. */
    void run(Arguments arguments);

    /** What a session keeps for this kernel, {@link Arguments#workspace}; null if it needs nothing. */
    default @Nullable Object newWorkspace() {
        return null;
    }

    /**
     * Whether a run reads the array of an operand. What a kernel has packed when it was made it need not read again, and
     * nobody needs to keep.
     *
     * @param input in the order of {@link Step#inputs}
     */
    default boolean reads(int input) {
        return true;
    }

    /**
     * Whether a run can write its first result to a {@linkplain Arguments#place place} among elements of others, which it
     * leaves as they are. Asked where nobody takes the other results. A backend of which no kernel can is not told of places.
     */
    default boolean writesTo(Place place) {
        return false;
    }

    /** How it computes, in a word or two, for {@link dev.convoy.spi.Plan}. */
    default String describe() {
        return "loops";
    }

    /** The size of what it has made of constants. */
    default long packedBytes() {
        return 0;
    }
}
