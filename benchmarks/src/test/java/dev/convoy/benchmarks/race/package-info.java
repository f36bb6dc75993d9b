@NullMarked
package dev.convoy.benchmarks.race;

import org.jspecify.annotations.NullMarked;
