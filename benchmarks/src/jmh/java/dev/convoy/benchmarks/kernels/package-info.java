/** Kernels of the CPU backend one by one, by JMH, each as its share of what the machine can do. */
@NullMarked
package dev.convoy.benchmarks.kernels;

import org.jspecify.annotations.NullMarked;
