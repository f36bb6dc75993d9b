/**
 * Networks to copy from, each a few lines: the ones that introductions to CNNs build ({@link LeNet5},
 * {@link FashionMnistNetwork}, {@link Cifar10Network}, {@link MnistNetwork}) and two with branches
 * ({@link InceptionModule}, {@link ResidualBlock}). Each has a {@code main} that prints its table.
 */
@NullMarked
package dev.convoy.examples;

import org.jspecify.annotations.NullMarked;
