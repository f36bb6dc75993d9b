/** The comparisons that the project holds itself to: what is compared, with which goal, and the page that shows it. */
@NullMarked
package dev.convoy.benchmarks.table;

import org.jspecify.annotations.NullMarked;
