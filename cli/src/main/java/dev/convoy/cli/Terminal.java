package dev.convoy.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;

/**
 * Where a command reads and writes.
 *
 * @param in what a person types
 * @param out results
 * @param err messages
 * @param interactive whether a person reads along and can answer
 * @param colour whether that person may see colours and lines as wide as the window
 */
record Terminal(BufferedReader in, PrintWriter out, PrintWriter err, boolean interactive, boolean colour) {

    /** A terminal at which nobody types. */
    Terminal(PrintWriter out, PrintWriter err, boolean colour) {
        this(new BufferedReader(Reader.nullReader()), out, err, false, colour);
    }

    /** Standard input, output and error; plain if they are no terminal, or {@code NO_COLOR} is set. */
    static Terminal system() {
        Console console = System.console();
        boolean person = console != null && console.isTerminal();
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                writer(System.out),
                writer(System.err),
                person,
                person && System.getenv("NO_COLOR") == null);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
