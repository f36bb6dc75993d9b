/** Whole programs, each of which loads a network, classifies one picture and ends: what a cold start is measured on. */
@NullMarked
package dev.convoy.benchmarks.start;

import org.jspecify.annotations.NullMarked;
