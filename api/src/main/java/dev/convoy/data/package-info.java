/**
 * Data on its way into and out of a model: {@link dev.convoy.data.Image}s decoded and resized as Pillow and Keras do it,
 * {@link dev.convoy.data.Preprocessing} that makes them the tensor a model was trained on, NumPy files
 * ({@link dev.convoy.data.Npy}), and {@link dev.convoy.data.Dataset}s to train on: MNIST, CIFAR-10, folders and archives
 * of pictures. Every file is taken as untrusted: sizes are checked before memory is taken.
 */
@NullMarked
package dev.convoy.data;

import org.jspecify.annotations.NullMarked;
