package dev.convoy.graph;

import java.util.List;

/** Ops that sum products: matrix multiplication, convolution and the two gradients of a convolution. */
public sealed interface ContractionOp extends CoreOp {

    /**
     * {@code y[…, m, n] = Σ_k a[…, m, k] · b[…, k, n]}.
     *
     * <ul>
     *   <li>C1: two operands of the same type: real or int32 (exact, wrapping around).
     *   <li>C2: both have rank 2 or more.
     *   <li>C3: the inner sizes k are equal.
     *   <li>C4: the axes in front of the last two broadcast as in {@link ElementwiseOp}.
     * </ul>
     *
     * @param transposeA whether a is given as {@code […, k, m]}
     * @param transposeB whether b is given as {@code […, n, k]}
     */
    @Since(1)
    record MatMul(boolean transposeA, boolean transposeB) implements ContractionOp {}

    /**
     * Cross-correlation of data with a kernel (the kernel is not flipped), over 1 to 3 spatial axes. In channels-last
     * terms, with i the window's position and g the group of output channel o:
     *
     * <pre>y[n, p…, o] = Σ_{i…, c} x[n, p·stride + i·dilation - padBegin, g·(cin/groups) + c] · w[i…, c, o]</pre>
     *
     * Elements outside x count as zero. Output channel o belongs to group {@code o / (cout / groups)}.
     *
     * <ul>
     *   <li>C1: two operands, data and kernel, of the same type: real or int32 (exact, wrapping around).
     *   <li>C2: both have the rank of the window plus 2.
     *   <li>C3: input channels = groups × input channels per group of the kernel.
     *   <li>C4: output channels are a multiple of groups.
     *   <li>C5: the window's size is the kernel's spatial size.
     *   <li>C6: at least one window fits along each spatial axis.
     * </ul>
     *
     * @param groups at least 1 (C4)
     * @param layout of data, kernel and result
     */
    @Since(1)
    record Convolution(Window window, int groups, Layout layout) implements ContractionOp {
        public Convolution {
            Check.of("Convolution").that(groups >= 1, "C4", "groups is at least 1", ">= 1", groups);
        }
    }

    /**
     * The gradient of {@link Convolution} with respect to its data, from the gradient of its result and the kernel; also
     * the transposed convolution of Keras, PyTorch and ONNX.
     *
     * <ul>
     *   <li>C1: two operands, gradient and kernel, of the same real type.
     *   <li>C2: both have the rank of the window plus 2.
     *   <li>C3: channels of the gradient = output channels of the kernel, a multiple of groups.
     *   <li>C5: the window's size is the kernel's spatial size.
     *   <li>C6: the spatial size of the gradient is what the convolution gives for {@code inputSize}.
     * </ul>
     *
     * @param inputSize spatial size of the convolution's data, which is the spatial size of the result
     */
    @Since(1)
    record ConvInputGrad(Window window, int groups, Layout layout, List<Integer> inputSize) implements ContractionOp {
        public ConvInputGrad {
            inputSize = List.copyOf(inputSize);
            Check check = Check.of("ConvInputGrad");
            check.that(groups >= 1, "C3", "groups is at least 1", ">= 1", groups);
            check.that(
                    inputSize.size() == window.rank(),
                    "C6",
                    "inputSize has one entry per spatial axis",
                    window.rank(),
                    inputSize);
        }
    }

    /**
     * The gradient of {@link Convolution} with respect to its kernel, from its data and the gradient of its result.
     *
     * <ul>
     *   <li>C1: two operands, data and gradient, of the same real type.
     *   <li>C2: both have the rank of the window plus 2.
     *   <li>C3: channels of the data and of the gradient are multiples of groups.
     *   <li>C4: both have the same batch size.
     *   <li>C6: the spatial size of the gradient is what the convolution gives for the data.
     * </ul>
     *
     * The result is a kernel in {@code layout}, its spatial size that of the window.
     */
    @Since(1)
    record ConvFilterGrad(Window window, int groups, Layout layout) implements ContractionOp {
        public ConvFilterGrad {
            Check.of("ConvFilterGrad").that(groups >= 1, "C3", "groups is at least 1", ">= 1", groups);
        }
    }
}
