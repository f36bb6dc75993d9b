package dev.convoy.graph;

/**
 * The closed set of ops that every backend implements, in sealed families so that no switch outgrows a page. Users
 * extend Convoy with layers and {@link CompositeOp composites}, never with core ops. Switch over them without a
 * {@code default}: a new op then makes the compiler list every place that must know it.
 *
 * <p>Rules that all ops share: operands and results have known element types; float arithmetic is IEEE 754 binary32
 * ({@code FLOAT64} in the reference interpreter); NaN propagates through arithmetic, maximum, minimum, ReLU and
 * reductions; integer arithmetic wraps around. Each record states its own rules, numbered; the number stands in the
 * message of a violation ({@code [convolution.C3]}) and in the name of the conformance case.
 */
public sealed interface CoreOp extends Op
        permits ElementwiseOp, ReductionOp, ContractionOp, SpatialOp, MovementOp, IndexingOp, ControlOp {}
