package dev.convoy.walkthrough;

/** How one element of the result comes about. */
public sealed interface Step permits ConvolutionStep, PoolingStep {

    /** The element's row in the result, from 0. */
    int row();

    /** The element's column in the result, from 0. */
    int column();

    /** The element's channel in the result, from 0: which filter of a convolution, which channel of a pooling. */
    int channel();

    /** The part of the input under the window. */
    Patch patch();

    /** The element. */
    double value();

    /** The calculation as it is written on paper, {@code (2×1)+(4×2) = 10} or {@code max(2, 4) = 4}. */
    String equation();
}
