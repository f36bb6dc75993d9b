package dev.convoy.backend.cpu.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training in a JVM of its own that is killed with SIGKILL again and again, some times while it writes a checkpoint, and
 * started again each time, ends with the same bits as one that never was.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
class KilledTrainingTest {

    private static final int EPOCHS = 40;
    private static final long SECONDS = 300;

    @TempDir
    Path folder;

    @Test
    void threeKills() throws IOException, InterruptedException {
        killed(3, 1);
    }

    @Tag("slow")
    @Test
    void twentyKills() throws IOException, InterruptedException {
        killed(20, 5);
    }

    private void killed(int kills, int whileWriting) throws IOException, InterruptedException {
        Path checkpoint = folder.resolve("training.ckpt");
        Path undisturbed = folder.resolve("undisturbed");
        run(folder.resolve("undisturbed.ckpt"), undisturbed);
        Random random = new Random(20);
        int written = 0;
        for (int kill = 0; kill < kills; kill++) {
            Process process = start(checkpoint, folder.resolve("disturbed"));
            boolean write = kill < whileWriting;
            awaitBatches(process, checkpoint, 2 + random.nextInt(6));
            if (write && awaitTemporary(process)) {
                written++;
            }
            assertTrue(process.isAlive(), "the training ended before it was killed");
            process.destroyForcibly().waitFor();
            clean();
        }
        assertEquals(whileWriting, written);
        run(checkpoint, folder.resolve("disturbed"));
        assertEquals(Files.readString(undisturbed), Files.readString(folder.resolve("disturbed")));
    }

    private void run(Path checkpoint, Path result) throws IOException, InterruptedException {
        Process process = start(checkpoint, result);
        assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "the training does not end");
        assertEquals(0, process.exitValue(), this::log);
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Process start(Path checkpoint, Path result) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ResumableTraining.class.getName(),
                checkpoint.toString(),
                Integer.toString(EPOCHS),
                result.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** Waits until the checkpoint was replaced so many times. */
    private static void awaitBatches(Process process, Path checkpoint, int batches) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        Object last = null;
        for (int seen = 0; seen < batches && process.isAlive() && System.nanoTime() < end; Thread.onSpinWait()) {
            Object now = Files.exists(checkpoint) ? Files.getAttribute(checkpoint, "unix:ino") : null;
            seen += now != null && !now.equals(last) ? 1 : 0;
            last = now;
        }
    }

    /** Waits until a checkpoint is being written. */
    private boolean awaitTemporary(Process process) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (process.isAlive() && System.nanoTime() < end) {
            if (!temporaries().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tmp")).toList();
        }
    }

    private void clean() throws IOException {
        for (Path file : temporaries()) {
            Files.delete(file);
        }
    }
}
