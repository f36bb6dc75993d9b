package dev.convoy.onnx.lowering;

/** For what a graph is written. */
public enum Target {
    /** A file for any runtime: the operator whose specification says what the op means. */
    FILE,
    /**
     * ONNX Runtime: the same, with more operators where its kernels depart from the specification or the op set (NaN in
     * maxima, small sigmoids, sums of large integers, negative indices).
     */
    ONNX_RUNTIME
}
