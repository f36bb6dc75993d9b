/**
 * The {@code convoy} command. {@link dev.convoy.cli.CliModule} is the one composition root: commands get what they need
 * by constructor. Each command is a file of its own; what goes wrong becomes one message in {@link dev.convoy.cli.Failures}.
 */
@NullMarked
package dev.convoy.cli;

import org.jspecify.annotations.NullMarked;
