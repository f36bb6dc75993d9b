/**
 * Cases as data: an op, its operands, and what has to come out. One class per op, {@code XCases}; expected values are
 * derived by hand, or come from the reference interpreter for generated problems.
 */
@NullMarked
package dev.convoy.conformance.cases;

import org.jspecify.annotations.NullMarked;
