package dev.convoy.graph;

import dev.convoy.tensor.DataType;

/**
 * Ops that compute each element of the result from the elements at the same place.
 *
 * <p>Operands of {@link Binary}, {@link Compare} and {@link Select} broadcast as in NumPy and ONNX: shapes are aligned at
 * their last axes, and an axis of size 1, or a missing one, stretches.
 */
public sealed interface ElementwiseOp extends CoreOp {

    /**
     * {@code y = fn(x)}.
     *
     * <ul>
     *   <li>C1: one operand, whose type {@link UnaryFn#accepts} names.
     *   <li>The result has the operand's shape, and type bool for IS_NAN and IS_INF, else the operand's type.
     * </ul>
     */
    @Since(1)
    record Unary(UnaryFn fn) implements ElementwiseOp {}

    /**
     * {@code y = fn(a, b)}.
     *
     * <ul>
     *   <li>C1: two operands of the same type, which {@link BinaryFn#accepts} names.
     *   <li>C2: the shapes broadcast.
     *   <li>Integer division by zero fails when it runs, on backends that can tell; the result is unspecified elsewhere.
     * </ul>
     */
    @Since(1)
    record Binary(BinaryFn fn) implements ElementwiseOp {}

    /**
     * {@code y = a fn b}, as bool. Comparisons with NaN are false, but for NE.
     *
     * <ul>
     *   <li>C1: two operands of the same arithmetic type; bool only for EQ and NE.
     *   <li>C2: the shapes broadcast.
     * </ul>
     */
    @Since(1)
    record Compare(CompareFn fn) implements ElementwiseOp {}

    /**
     * {@code y = condition ? a : b}.
     *
     * <ul>
     *   <li>C1: three operands: condition bool, a and b of the same arithmetic type.
     *   <li>C2: the three shapes broadcast.
     * </ul>
     */
    @Since(1)
    record Select() implements ElementwiseOp {}

    /**
     * {@code y = (to) x}: from real to integer truncates towards zero and saturates (NaN becomes 0) as a Java cast;
     * to bool is {@code x != 0}; from bool gives 0 and 1; int64 to int32 keeps the low bits. Storage types convert to and
     * from real types by rounding to nearest, ties to even, and to narrow integers by keeping the low bits.
     *
     * <ul>
     *   <li>C1: one operand; neither type is string or complex.
     * </ul>
     */
    @Since(1)
    record Cast(DataType to) implements ElementwiseOp {}
}
