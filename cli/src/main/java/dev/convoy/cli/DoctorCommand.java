package dev.convoy.cli;

import dev.convoy.spi.Availability;
import dev.convoy.spi.Backends;
import dev.convoy.spi.Purpose;
import jakarta.inject.Inject;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code convoy doctor}: what runs here, and what would have to be done for the rest. */
@Command(
        name = "doctor",
        description =
                "Shows every backend and whether it runs here, the Java runtime, and which backend would be chosen.")
final class DoctorCommand implements Callable<Integer> {

    private static final String VECTOR_MODULE = "jdk.incubator.vector";

    private final Terminal terminal;
    private final BackendDirectory directory;

    @Inject
    DoctorCommand(Terminal terminal, BackendDirectory directory) {
        this.terminal = terminal;
        this.directory = directory;
    }

    @Override
    public Integer call() {
        List<Backends.Found> found = directory.find();
        printRuntime();
        section("Backends");
        if (found.isEmpty()) {
            line("none on the class path. Remedy: add convoy-backend-cpu, which runs everywhere");
        }
        found.forEach(this::printBackend);
        section("Choice");
        for (Purpose purpose : Purpose.values()) {
            line(purpose.name().toLowerCase(Locale.ROOT) + ": " + choice(purpose, found));
        }
        section("Class path");
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            line(entry);
        }
        return found.stream().anyMatch(Backends.Found::isAvailable) ? 0 : Main.PROBLEMS;
    }

    private void printRuntime() {
        Runtime runtime = Runtime.getRuntime();
        section("Java");
        line("convoy " + VersionProvider.convoy() + ", from " + origin());
        line("Java " + Runtime.version() + ", " + System.getProperty("java.vendor") + ", "
                + System.getProperty("java.home"));
        line(System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch") + ", " + runtime.availableProcessors() + " processors");
        line("memory: " + (runtime.maxMemory() >> 20) + " MiB at most (-Xmx raises it), "
                + ((runtime.totalMemory() - runtime.freeMemory()) >> 20) + " MiB in use");
        boolean vector = ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
        line(
                vector
                        ? "SIMD: the Vector API is there (" + VECTOR_MODULE + ")"
                        : "SIMD: off, the CPU backend runs scalar code. Remedy: start Java with --add-modules "
                                + VECTOR_MODULE);
    }

    private void printBackend(Backends.Found backend) {
        switch (backend.availability()) {
            case Availability.Available(String device) -> line(backend.name() + ": available, " + device);
            case Availability.Unavailable(String reason, String remedy) -> {
                line(backend.name() + ": not available, " + reason);
                line("  Remedy: " + remedy);
            }
        }
    }

    private static String choice(Purpose purpose, List<Backends.Found> found) {
        @Nullable String property = System.getProperty("convoy.backend");
        @Nullable String asked = property != null ? property : System.getenv("CONVOY_BACKEND");
        if (asked != null) {
            String source = property != null ? "the property convoy.backend" : "CONVOY_BACKEND";
            Optional<Backends.Found> named =
                    found.stream().filter(f -> f.name().equals(asked)).findFirst();
            String state = named.map(f -> f.isAvailable() ? "" : ", which is not available here")
                    .orElse(", which is not on the class path");
            return asked + " (named by " + source + state + ")";
        }
        List<Backends.Found> ranked = Backends.ranked(purpose, found);
        if (ranked.isEmpty()) {
            return "none, as no backend is available";
        }
        String order = ranked.stream()
                .map(f -> f.name() + " "
                        + (f.provider() == null ? 0 : f.provider().priority(purpose)))
                .collect(Collectors.joining(", "));
        return ranked.getFirst().name() + " (the highest priority: " + order + ")";
    }

    private static String origin() {
        var source = DoctorCommand.class.getProtectionDomain().getCodeSource();
        return source == null
                ? "an unknown place"
                : Path.of(source.getLocation().getPath()).toString();
    }

    private void section(String title) {
        terminal.out().println(title);
    }

    private void line(String text) {
        terminal.out().println("  " + text);
    }
}
