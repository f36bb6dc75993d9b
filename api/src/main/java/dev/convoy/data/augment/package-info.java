/**
 * Pictures changed at random on their way into a training ({@link dev.convoy.data.augment.Augmentation}), named and
 * parametrised as the preprocessing layers of Keras 3. Every random number is drawn by counter from a stream of the
 * sample's own, so that a picture gets the same change in any batch, on any thread, and after a resume.
 */
@NullMarked
package dev.convoy.data.augment;

import org.jspecify.annotations.NullMarked;
