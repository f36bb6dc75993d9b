package dev.convoy.cli;

import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err messages
 * @param colour whether a person reads along, who may see colours and lines as wide as the window
 */
record Terminal(PrintWriter out, PrintWriter err, boolean colour) {

    /** Standard output and error; plain if either is no terminal, or {@code NO_COLOR} is set. */
    static Terminal system() {
        Console console = System.console();
        boolean person = console != null && console.isTerminal() && System.getenv("NO_COLOR") == null;
        return new Terminal(writer(System.out), writer(System.err), person);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }
}
