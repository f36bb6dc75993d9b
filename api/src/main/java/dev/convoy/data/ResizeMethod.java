package dev.convoy.data;

/**
 * How {@link Preprocessing} resizes: with a {@link Resampling} as Pillow, in 8 bits, or with an {@link Interpolation} as
 * TensorFlow, in single precision and without antialiasing.
 */
public sealed interface ResizeMethod permits Resampling, Interpolation {}
