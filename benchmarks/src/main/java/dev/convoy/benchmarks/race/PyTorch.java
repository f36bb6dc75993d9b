package dev.convoy.benchmarks.race;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * PyTorch in a process of its own, which waits while others run. The system property {@value #PYTHON} names the Python to
 * start; without it there is no such side.
 */
public final class PyTorch implements Contestant {

    /** Names a Python that has PyTorch. */
    public static final String PYTHON = "torch.python";

    /** The ways in which PyTorch can keep pictures in memory. */
    public enum Layout {
        CHANNELS_FIRST,
        CHANNELS_LAST
    }

    private static final long END_SECONDS = 5;

    /** OpenMP's threads spin for a while after their last run; others are not to pay for that. */
    private static final long REST_MILLIS = 20;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /**
     * @param task that the script knows
     * @throws PeerAbsentException if there is no Python with PyTorch
     */
    public PyTorch(String task, Layout layout, int batch, int threads) {
        String python = System.getProperty(PYTHON);
        if (python == null) {
            throw new PeerAbsentException("no PyTorch to compare with; -D" + PYTHON + " names a Python that has it");
        }
        try {
            process = new ProcessBuilder(
                            python,
                            "-c",
                            script(),
                            Integer.toString(threads),
                            task,
                            layout.name().toLowerCase(Locale.ROOT),
                            Integer.toString(batch))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.UTF_8);
            requests = process.outputWriter(StandardCharsets.UTF_8);
            String ready = answers.readLine();
            if (ready == null || !ready.startsWith("ready ")) {
                throw new PeerAbsentException("'" + python + "' does not run PyTorch; its message stands above");
            }
            name = "PyTorch " + ready.substring("ready ".length()) + (layout == Layout.CHANNELS_LAST ? " nhwc" : "");
        } catch (IOException e) {
            throw new PeerAbsentException("'" + python + "' does not start: " + e.getMessage());
        }
    }

    private static String script() throws IOException {
        try (InputStream in = PyTorch.class.getResourceAsStream("pytorch.py")) {
            return new String(Objects.requireNonNull(in, "pytorch.py").readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void run(long nanos, Timings timings) {
        try {
            requests.write(nanos / 1e9 + "\n");
            requests.flush();
            String times = answers.readLine();
            if (times == null) {
                throw new IllegalStateException("PyTorch ended; its message stands above");
            }
            for (String time : times.split(" ")) {
                timings.add(Long.parseLong(time));
            }
            Thread.sleep(REST_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroy();
            }
        } catch (IOException | InterruptedException e) {
            process.destroy();
        }
    }
}
