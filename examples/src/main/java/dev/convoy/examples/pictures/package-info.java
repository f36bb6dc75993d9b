/**
 * Test pictures drawn by program, so that they may be given away and a test can draw them again: {@link Clothes} like those
 * of Fashion-MNIST and {@link Digits} like those of MNIST, out of outlines on a {@link Canvas}. {@link DrawnPictures} writes
 * the files.
 */
@NullMarked
package dev.convoy.examples.pictures;

import org.jspecify.annotations.NullMarked;
