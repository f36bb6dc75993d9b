package dev.convoy.spi;

import java.util.Map;

/**
 * How a backend is to be made.
 *
 * @param threads how many threads a run may use; 0 for the backend's own choice
 * @param settings further settings by name, as the backend documents them
 */
public record BackendOptions(int threads, Map<String, String> settings) {

    /**
     * @throws IllegalArgumentException if threads is negative
     */
    public BackendOptions {
        if (threads < 0) {
            throw new IllegalArgumentException("threads is 0 (the backend's choice) or positive, got " + threads);
        }
        settings = Map.copyOf(settings);
    }

    public static BackendOptions defaults() {
        return new BackendOptions(0, Map.of());
    }

    public BackendOptions withThreads(int count) {
        return new BackendOptions(count, settings);
    }
}
