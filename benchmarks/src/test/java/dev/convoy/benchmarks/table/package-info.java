@NullMarked
package dev.convoy.benchmarks.table;

import org.jspecify.annotations.NullMarked;
