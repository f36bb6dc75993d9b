/** Tests of the pictures, read back as XML. */
@NullMarked
package dev.convoy.report;

import org.jspecify.annotations.NullMarked;
