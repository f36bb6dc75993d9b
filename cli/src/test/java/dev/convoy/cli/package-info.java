/** Tests of the command, run in-process with captured output. */
@NullMarked
package dev.convoy.cli;

import org.jspecify.annotations.NullMarked;
