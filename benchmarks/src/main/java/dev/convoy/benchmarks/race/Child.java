package dev.convoy.benchmarks.race;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM with this one's class path that answers each line it is given with a line. */
final class Child implements AutoCloseable {

    private static final long END_SECONDS = 5;

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter requests;

    /** Starts the main class with its arguments. */
    Child(Class<?> main, String... arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("--add-modules", "jdk.incubator.vector"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        words.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        answers = process.inputReader(StandardCharsets.UTF_8);
        requests = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Gives it a line, and does not wait for the answer. */
    void ask(String request) {
        try {
            requests.write(request + "\n");
            requests.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("A child process ended: " + process.info());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its input, at which it ends. */
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
