package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.spi.Availability;
import dev.convoy.spi.Backends;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    private static final Backends.Found REFERENCE = new Backends.Found(
            "reference", new ReferenceProvider(), new Availability.Available("interpreter in double"));
    private static final Backends.Found ABSENT = new Backends.Found(
            "absent", new AbsentProvider(), new Availability.Unavailable("libabsent.so not found", "install it"));

    private final StringWriter out = new StringWriter();
    private final Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(new StringWriter()), false);

    private int run(Backends.Found... found) {
        return new DoctorCommand(terminal, () -> List.of(found)).call();
    }

    @Test
    void showsWhatRunsAndWhatWouldHaveToBeDone() {
        assertEquals(0, run(ABSENT, REFERENCE));
        String text = out.toString().replace(System.lineSeparator(), "\n");
        assertTrue(text.contains("""
            Backends
              absent: not available, libabsent.so not found
                Remedy: install it
              reference: available, interpreter in double
            Choice
              predict: reference (the highest priority: reference -1000)
              train: reference (the highest priority: reference -1000)
            """), text);
        assertTrue(text.contains("Java " + Runtime.version()), text);
        assertTrue(text.contains("SIMD: "), text);
        assertTrue(text.contains("memory: "), text);
    }

    @Test
    void namesTheBackendThatIsAskedFor() {
        String before = System.setProperty("convoy.backend", "absent");
        try {
            run(ABSENT, REFERENCE);
        } finally {
            if (before == null) {
                System.clearProperty("convoy.backend");
            } else {
                System.setProperty("convoy.backend", before);
            }
        }
        assertTrue(
                out.toString()
                        .contains(
                                "predict: absent (named by the property convoy.backend, which is not available here)"),
                out.toString());
    }

    @Test
    void noBackendIsAProblem() {
        assertEquals(1, run());
        assertTrue(
                out.toString()
                        .contains("none on the class path. Remedy: add convoy-backend-cpu, which runs everywhere"),
                out.toString());
        assertTrue(out.toString().contains("predict: none, as no backend is available"), out.toString());
    }

    @Test
    void findsTheProvidersOnTheClassPath() {
        Cli.Result result = Cli.run("doctor");
        assertEquals(0, result.status());
        assertTrue(result.out().contains("  absent: not available, libabsent.so not found\n"), result.out());
        assertTrue(result.out().contains("  reference: available, interpreter in double\n"), result.out());
    }
}
