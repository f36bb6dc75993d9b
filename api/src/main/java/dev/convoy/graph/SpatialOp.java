package dev.convoy.graph;

import java.util.List;

/**
 * Pooling and its gradients, over 1 to 3 spatial axes. With {@code ceilMode} the number of windows is rounded up, see
 * {@link Window#outputSize}; the last windows then reach over the padded input.
 */
public sealed interface SpatialOp extends CoreOp {

    /**
     * The largest element of each window, and where it is. Padding never wins. Two results: the values, of the operand's
     * type; and int64 positions in the flattened spatial axes of the operand ({@code y·w + x} for two), whatever the
     * layout (PyTorch's {@code return_indices}). Of equal elements the first in row-major order is taken.
     *
     * <ul>
     *   <li>C1: one operand, real or int32.
     *   <li>C2: it has the rank of the window plus 2.
     *   <li>C3: every window has an element inside the input ({@link Window#meets}).
     *   <li>C4: at least one window fits along each spatial axis.
     *   <li>Windows with NaN: unspecified.
     * </ul>
     */
    @Since(1)
    record MaxPool(Window window, boolean ceilMode, Layout layout) implements SpatialOp {}

    /**
     * Adds each element of a gradient to the place its index names: the gradient of {@link MaxPool}, and ONNX's
     * MaxUnpool when no index comes twice.
     *
     * <ul>
     *   <li>C1: two operands: gradient (real), indices (int64).
     *   <li>C2: both have the same shape, of the rank of {@code inputSize} plus 2.
     *   <li>C3: an index outside the result fails when it runs.
     * </ul>
     *
     * @param inputSize spatial size of the result
     */
    @Since(1)
    record MaxPoolGrad(Layout layout, List<Integer> inputSize) implements SpatialOp {
        public MaxPoolGrad {
            inputSize = List.copyOf(inputSize);
        }
    }

    /**
     * The mean of each window: its sum over its count. What lies outside the input counts as zero; the count is
     * {@code divisorOverride} if that is positive, else the elements inside the padded input with
     * {@code countIncludePad}, else the elements inside the input (PyTorch 2, ONNX 19).
     *
     * <ul>
     *   <li>C1: one operand, real.
     *   <li>C2: it has the rank of the window plus 2.
     *   <li>C3: every window has an element inside the input ({@link Window#meets}).
     *   <li>C4: at least one window fits along each spatial axis.
     *   <li>C5: divisorOverride is 0 (none) or positive.
     * </ul>
     */
    @Since(1)
    record AvgPool(Window window, boolean ceilMode, boolean countIncludePad, int divisorOverride, Layout layout)
            implements SpatialOp {
        public AvgPool {
            Check.of("AvgPool")
                    .that(
                            divisorOverride >= 0,
                            "C5",
                            "divisorOverride is 0 (none) or positive",
                            ">= 0",
                            divisorOverride);
        }
    }

    /**
     * The gradient of {@link AvgPool} with respect to its operand: each element of the gradient, over its window's
     * count, added to every element of that window.
     *
     * <ul>
     *   <li>C1: one operand, real.
     *   <li>C2: it has the rank of the window plus 2.
     *   <li>C4: its spatial size is what the pooling gives for {@code inputSize}.
     * </ul>
     *
     * @param pool the op whose gradient this is
     * @param inputSize spatial size of the pooling's operand, which is that of the result
     */
    @Since(1)
    record AvgPoolGrad(AvgPool pool, List<Integer> inputSize) implements SpatialOp {
        public AvgPoolGrad {
            inputSize = List.copyOf(inputSize);
            Check.of("AvgPoolGrad")
                    .that(
                            inputSize.size() == pool.window().rank(),
                            "C4",
                            "inputSize has one entry per spatial axis",
                            pool.window().rank(),
                            inputSize);
        }
    }
}
