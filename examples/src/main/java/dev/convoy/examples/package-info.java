/**
 * Small programs to copy from. Networks, each a few lines, with a {@code main} that prints its table: the ones that
 * introductions to CNNs build ({@link LeNet5}, {@link FashionMnistNetwork}, {@link Cifar10Network}, {@link MnistNetwork}) and
 * two with branches ({@link InceptionModule}, {@link ResidualBlock}). Programs train them, the first of them
 * ({@link FashionMnistProgram}) line beside line of its Python. {@link ShippedModels} makes the trained models of this folder.
 */
@NullMarked
package dev.convoy.examples;

import org.jspecify.annotations.NullMarked;
