/**
 * Immutable host data: element types, shapes and tensors. A {@link dev.convoy.tensor.Tensor} is one primitive array and
 * a {@link dev.convoy.tensor.TensorSpec}; nobody closes it, and kernels borrow its array without copying.
 */
@NullMarked
package dev.convoy.tensor;

import org.jspecify.annotations.NullMarked;
