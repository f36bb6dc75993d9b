/** Tests of the kit itself: the reference passes, broken backends fail by name, every op has its cases and documentation. */
@NullMarked
package dev.convoy.conformance;

import org.jspecify.annotations.NullMarked;
