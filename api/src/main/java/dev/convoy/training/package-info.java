/**
 * Training: one more graph. Forward pass, loss, gradients, gradient transforms and optimizer updates are ordinary ops,
 * compiled once; parameters and slots live in the backend's state. Names, formulas and defaults are Keras 3's.
 */
@NullMarked
package dev.convoy.training;

import org.jspecify.annotations.NullMarked;
