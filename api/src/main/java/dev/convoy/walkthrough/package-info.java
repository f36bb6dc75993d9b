/**
 * A convolution or pooling worked out by hand, as on paper: every position of the window with its products, the sum, the
 * size of the result by the formula, the number of parameters; and the named kernels of image processing, applied to
 * pictures by the ordinary layer. {@link dev.convoy.walkthrough.Walkthrough} is where to start. Sums are exact decimal
 * arithmetic, which no backend takes part in.
 */
@NullMarked
package dev.convoy.walkthrough;

import org.jspecify.annotations.NullMarked;
