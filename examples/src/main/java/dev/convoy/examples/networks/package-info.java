/**
 * Networks for ImageNet's 224×224 pictures as their papers describe them, with random weights: what speed and memory are
 * measured on, and a start for a training of one's own.
 */
@NullMarked
package dev.convoy.examples.networks;

import org.jspecify.annotations.NullMarked;
