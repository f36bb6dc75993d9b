/** Convoy beside its peers, in one run: what is claimed about speed is a ratio measured here. */
@NullMarked
package dev.convoy.benchmarks;

import org.jspecify.annotations.NullMarked;
