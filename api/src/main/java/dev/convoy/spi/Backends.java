package dev.convoy.spi;

import dev.convoy.graph.OpSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The backends on the class path, and the choice among them: one named in code or on the command line, else the system
 * property {@code convoy.backend}, else the environment variable {@code CONVOY_BACKEND}, else the available one with the
 * highest priority. A backend that is named and not usable is an error that lists every provider; there is no silent
 * fallback. A choice that the code leaves open is logged: which, and why not the others.
 */
public final class Backends {

    /**
     * A provider found on the class path, or the trace of one that failed to load.
     *
     * @param name its name; the class name if it failed to load
     * @param provider null if it failed to load
     */
    public record Found(String name, @Nullable BackendProvider provider, Availability availability) {

        public boolean isAvailable() {
            return availability instanceof Availability.Available;
        }

        /** For example {@code cuda (unavailable: libcuda.so.1 not found. Remedy: install the NVIDIA driver)}. */
        public String describe() {
            return switch (availability) {
                case Availability.Available(String device) -> name + " (available: " + device + ")";
                case Availability.Unavailable(String reason, String remedy) ->
                    name + " (unavailable: " + reason + ". Remedy: " + remedy + ")";
            };
        }
    }

    private Backends() {}

    /** Every provider on the class path, sorted by name; one that breaks while loading never hides the others. */
    public static List<Found> find() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Map<String, Found> found = new LinkedHashMap<>();
        for (ClassLoader loader : new ClassLoader[] {context, Backends.class.getClassLoader()}) {
            var providers =
                    ServiceLoader.load(BackendProvider.class, loader).stream().iterator();
            while (true) {
                try {
                    if (!providers.hasNext()) {
                        break;
                    }
                    Found one = load(providers.next());
                    found.putIfAbsent(one.name(), one);
                } catch (ServiceConfigurationError | LinkageError e) {
                    found.putIfAbsent(e.toString(), broken("a provider", e));
                }
            }
        }
        return found.values().stream().sorted(Comparator.comparing(Found::name)).toList();
    }

    private static Found load(Provider<BackendProvider> candidate) {
        try {
            BackendProvider provider = candidate.get();
            if (provider.opSetVersion() > OpSet.VERSION) {
                return new Found(
                        provider.name(),
                        provider,
                        new Availability.Unavailable(
                                "it was written for op set " + provider.opSetVersion() + ", this is " + OpSet.VERSION,
                                "use the convoy-api version that the backend was built with"));
            }
            return new Found(provider.name(), provider, provider.availability());
        } catch (ServiceConfigurationError | LinkageError | RuntimeException e) {
            return broken(candidate.type().getName(), e);
        }
    }

    private static Found broken(String name, Throwable e) {
        Throwable cause = e instanceof ServiceConfigurationError && e.getCause() != null ? e.getCause() : e;
        return new Found(
                name,
                null,
                new Availability.Unavailable("it failed to load: " + cause, "check its jar and the jars it needs"));
    }

    /**
     * Makes the backend to use.
     *
     * @param name the backend asked for, or null to leave the choice to property, environment and priority
     * @throws BackendException if the one asked for is absent or not usable, or none is; lists every provider
     */
    public static Backend open(@Nullable String name, Purpose purpose, BackendOptions options) {
        List<Found> found = find();
        String asked = name != null ? name : configured();
        Found chosen = asked != null ? named(asked, found) : best(purpose, found);
        if (name == null) {
            log(chosen, asked == null ? "by priority" : "as asked", found);
        }
        BackendProvider provider = chosen.provider();
        if (provider == null) {
            throw new BackendException(
                    "Backend '" + chosen.name() + "' failed to load. Providers found: " + list(found));
        }
        return provider.create(purpose, options);
    }

    /** The first line that a JVM logs takes it as long as to load a small model; so there is one for a choice alone. */
    private static void log(Found chosen, String why, List<Found> found) {
        System.getLogger(Backends.class.getName())
                .log(
                        System.Logger.Level.INFO,
                        () -> "Backend " + chosen.describe() + ", " + why + "; others: "
                                + list(found.stream().filter(f -> f != chosen).toList()));
    }

    private static @Nullable String configured() {
        String property = System.getProperty("convoy.backend");
        return property != null ? property : System.getenv("CONVOY_BACKEND");
    }

    private static Found named(String name, List<Found> found) {
        Optional<Found> match =
                found.stream().filter(f -> f.name().equals(name)).findFirst();
        if (match.isEmpty()) {
            throw new BackendException("There is no backend '" + name + "' on the class path. Providers found: "
                    + list(found) + ". Remedy: add the jar convoy-backend-" + name + ", or name one of these");
        }
        if (match.get().availability() instanceof Availability.Unavailable(String reason, String remedy)) {
            throw new BackendException("Backend '" + name + "' is not usable: " + reason + ". Remedy: " + remedy
                    + ". Providers found: " + list(found));
        }
        return match.get();
    }

    private static Found best(Purpose purpose, List<Found> found) {
        return ranked(purpose, found).stream()
                .findFirst()
                .orElseThrow(() -> new BackendException("No usable backend on the class path. Providers found: "
                        + list(found) + ". Remedy: add convoy-backend-cpu, which runs everywhere"));
    }

    /** The available providers, the one that would be chosen first. */
    public static List<Found> ranked(Purpose purpose, List<Found> found) {
        List<Found> available =
                new ArrayList<>(found.stream().filter(Found::isAvailable).toList());
        available.sort(Comparator.comparingInt(
                        (Found f) -> f.provider() == null ? 0 : f.provider().priority(purpose))
                .reversed());
        return available;
    }

    private static String list(List<Found> found) {
        return found.isEmpty() ? "none" : found.stream().map(Found::describe).collect(Collectors.joining(", "));
    }
}
