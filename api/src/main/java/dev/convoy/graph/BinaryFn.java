package dev.convoy.graph;

import dev.convoy.graph.UnaryFn.Domain;
import dev.convoy.tensor.DataType;

/** Functions of {@link ElementwiseOp.Binary}. */
public enum BinaryFn {
    @Since(1)
    ADD(Domain.NUMBER),
    @Since(1)
    SUB(Domain.NUMBER),
    @Since(1)
    MUL(Domain.NUMBER),
    /** Integers: truncated towards zero. */
    @Since(1)
    DIV(Domain.NUMBER),
    /** {@code a} to the power {@code b}; integers: by repeated multiplication, a negative exponent gives 0, 1 or -1. */
    @Since(1)
    POW(Domain.NUMBER),
    /** The larger; NaN if either is NaN. */
    @Since(1)
    MAX(Domain.NUMBER),
    /** The smaller; NaN if either is NaN. */
    @Since(1)
    MIN(Domain.NUMBER),
    /** Remainder with the sign of the divisor (Python's {@code %}). */
    @Since(1)
    MOD(Domain.NUMBER),
    /** Remainder with the sign of the dividend (C's {@code fmod}, Java's {@code %}). */
    @Since(1)
    REM(Domain.NUMBER),
    /** Logical on bool, bitwise on integers. */
    @Since(1)
    AND(Domain.BITS),
    /** Logical on bool, bitwise on integers. */
    @Since(1)
    OR(Domain.BITS),
    /** Logical on bool, bitwise on integers. */
    @Since(1)
    XOR(Domain.BITS);

    private final Domain domain;

    BinaryFn(Domain domain) {
        this.domain = domain;
    }

    /** Whether the function is defined on a type. */
    public boolean accepts(DataType type) {
        return domain.contains(type);
    }
}
