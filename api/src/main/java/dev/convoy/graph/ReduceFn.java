package dev.convoy.graph;

/** Functions of {@link ReductionOp.Reduce}. */
public enum ReduceFn {
    @Since(1)
    SUM,
    /** Sum over count; integers: truncated towards zero. */
    @Since(1)
    MEAN,
    @Since(1)
    PROD,
    /** The largest, NaN if any is NaN; on bool: any. */
    @Since(1)
    MAX,
    /** The smallest, NaN if any is NaN; on bool: all. */
    @Since(1)
    MIN
}
