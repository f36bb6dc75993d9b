package dev.convoy.graph;

/** Relations of {@link ElementwiseOp.Compare}. */
public enum CompareFn {
    @Since(1)
    EQ,
    @Since(1)
    NE,
    @Since(1)
    LT,
    @Since(1)
    LE,
    @Since(1)
    GT,
    @Since(1)
    GE
}
