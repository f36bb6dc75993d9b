package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A training that Ctrl-C ends in the middle of an epoch writes a checkpoint, and goes on to the same bits. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptedTrainingTest {

    private static final long SECONDS = 60;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private List<String> words(Path data, Path out) {
        return List.of(
                "train",
                "fashion-mnist",
                "--data",
                data.toString(),
                "--epochs",
                "6",
                "--batch",
                "4",
                "--out",
                out.toString(),
                "--backend",
                "cpu");
    }

    @Test
    void resumesToTheSameBits() throws IOException, InterruptedException {
        Signal signal = Signal.available();
        Path data = TinyPictures.mnist(folder.resolve("mnist"), 300, 20);
        Path out = folder.resolve("run");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(words(data, out));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith("Epoch 2/6")) {
                    send(signal, process);
                }
            }
        }
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the training does not end");
        assertEquals(signal.status, process.exitValue(), output::toString);
        String resumption = CommandLines.of(words(data, out)) + " --resume";
        assertTrue(output.toString().contains("\n  " + resumption + "\n"), output::toString);
        assertFalse(Files.exists(out.resolve("model.keras")), output::toString);

        Cli.Result refused = Cli.run(words(data, out).toArray());
        assertEquals(2, refused.status());
        assertTrue(
                refused.err().contains("holds a run that was interrupted (history.csv, checkpoint.zip)"),
                refused.err());

        List<Object> again = new ArrayList<>(words(data, out));
        again.add("--resume");
        Cli.Result resumed = Cli.run(again.toArray());
        assertEquals(0, resumed.status(), resumed.err());
        assertFalse(resumed.out().contains("Epoch 2/6"), resumed.out());

        Path whole = folder.resolve("whole");
        assertEquals(0, Cli.run(words(data, whole).toArray()).status());
        assertEquals(
                TinyPictures.content(whole.resolve("model.keras")), TinyPictures.content(out.resolve("model.keras")));
        assertEquals(Files.readString(whole.resolve("history.csv")), Files.readString(out.resolve("history.csv")));
    }

    private static void send(Signal signal, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        assertEquals(0, kill.waitFor());
    }

    /** What asks a process to end, and the status that it ends with. */
    private enum Signal {
        INT(130, 2),
        TERM(143, 15);

        private static final Path STATUS = Path.of("/proc/self/status");

        private final int status;
        private final int number;

        Signal(int status, int number) {
            this.status = status;
            this.number = number;
        }

        /** Ctrl-C, unless this process was started in the background of a shell: then its children ignore it. */
        static Signal available() throws IOException {
            if (INT.isIgnored()) {
                System.out.println("SIGINT is ignored here; the training is stopped by SIGTERM");
                return TERM;
            }
            return INT;
        }

        private boolean isIgnored() throws IOException {
            if (!Files.exists(STATUS)) {
                return false;
            }
            try (Stream<String> lines = Files.lines(STATUS)) {
                return lines.filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring("SigIgn:".length()).strip(), 16))
                        .anyMatch(mask -> (mask >> (number - 1) & 1) == 1);
            }
        }
    }
}
