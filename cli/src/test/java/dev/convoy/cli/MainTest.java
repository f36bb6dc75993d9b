package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Stage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version, and command lines that cannot be understood. */
class MainTest {

    @Test
    void everyBindingResolves() {
        Terminal terminal =
                new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()), false);
        Guice.createInjector(Stage.TOOL, new CliModule(terminal)).getAllBindings();
    }

    @Test
    void helpListsTheCommands() {
        Cli.Result result = Cli.run("--help");
        assertEquals(0, result.status());
        for (String command :
                new String[] {"predict", "run", "inspect", "compare", "bench", "doctor", "conformance", "conv"}) {
            assertTrue(result.out().contains("\n  " + command + " "), result.out());
        }
        assertEquals("", result.err());
        assertFalse(result.out().contains("\u001b"), "no colours where there is no terminal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"predict", "run", "inspect", "compare", "bench", "doctor", "conformance", "conv"})
    void everyCommandHasHelp(String command) {
        Cli.Result result = Cli.run(command, "--help");
        assertEquals(0, result.status());
        assertTrue(result.out().startsWith("Usage: convoy " + command), result.out());
        assertEquals(result, Cli.run("help", command));
    }

    @Test
    void versionNamesConvoyAndJava() {
        Cli.Result result = Cli.run("--version");
        assertEquals(0, result.status());
        assertTrue(result.out().startsWith("convoy "), result.out());
        assertTrue(result.out().contains("Java " + Runtime.version()), result.out());
    }

    @Test
    void mistypedCommandsGetASuggestion() {
        assertEquals(new Cli.Result(2, "", """
            convoy: Unmatched argument at index 0: 'predcit'
            Did you mean: predict, compare?
            Try 'convoy --help'.
            """), Cli.run("predcit"));
    }

    @Test
    void unknownOptionsAreNamed() {
        Cli.Result result = Cli.run("doctor", "--verbos");
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("convoy: Unknown option: '--verbos'\n"), result.err());
        assertTrue(result.err().endsWith("Try 'convoy doctor --help'.\n"), result.err());
    }

    @Test
    void noCommandIsAnError() {
        assertEquals(new Cli.Result(2, "", "convoy: Name a command\nTry 'convoy --help'.\n"), Cli.run());
    }

    @Test
    void missingParametersAreNamed() {
        assertEquals(
                new Cli.Result(
                        2, "", "convoy: Missing required parameters: 'MODEL', 'IMAGE'\nTry 'convoy predict --help'.\n"),
                Cli.run("predict"));
    }

    @Test
    void wrongNumbersAreNamed(@TempDir Path folder) throws IOException {
        Cli.Result result = Cli.run("predict", Cli.model(folder, "brightness"), "x.png", "--top", "many");
        assertEquals(2, result.status());
        assertTrue(result.err().startsWith("convoy: Invalid value for option '--top'"), result.err());
    }

    @Test
    void debugShowsTheStackTrace() {
        Cli.Result plain = Cli.run("inspect", "no-such.keras");
        assertFalse(plain.err().contains("\tat "), plain.err());
        Cli.Result debug = Cli.run("inspect", "no-such.keras", "--debug");
        assertEquals(plain.status(), debug.status());
        assertTrue(debug.err().contains("\tat dev.convoy."), debug.err());
    }

    @Test
    void fullMemoryComesWithItsRemedy() {
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false);
        assertEquals(2, new Failures(terminal).outOfMemory(new OutOfMemoryError("Java heap space")));
        assertTrue(
                err.toString().startsWith("convoy: Java ran out of memory (Java heap space; its limit is "),
                err.toString());
        assertTrue(err.toString().contains("Remedy: give it more, CONVOY_JAVA_OPTIONS=-Xmx8g"), err.toString());
    }

    @Test
    void convoysOwnErrorsAreCalledSo(@TempDir Path folder) throws IOException {
        Cli.Result result = Cli.run("inspect", Cli.model(folder, "bug"));
        assertEquals(70, result.status());
        assertEquals(
                "convoy: internal error: java.lang.IllegalStateException: the importer has a bug. "
                        + "Remedy: run again with --debug and report what it prints\n",
                result.err());
    }
}
