package dev.convoy.data.download;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where data sets are kept and how they are downloaded.
 *
 * @param cache a folder of its own for each data set is made in its {@code datasets}
 * @param offline whether nothing may be downloaded
 * @param refresh whether to download again what is there already; a failure leaves it as it was
 * @param timeout how long to wait for a connection, for an answer, and for the next bytes of a file
 * @param progress is told how far a download is
 */
public record DownloadOptions(
        Path cache, boolean offline, boolean refresh, Duration timeout, DownloadProgress progress) {

    /**
     * @throws IllegalArgumentException if the timeout is not positive
     */
    public DownloadOptions {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("DownloadOptions: the timeout is positive, got " + timeout);
        }
    }

    /**
     * Half a minute, and from the environment the cache ({@code CONVOY_CACHE}, else {@code convoy} in
     * {@code XDG_CACHE_HOME}, {@code ~/.cache}, on macOS {@code ~/Library/Caches}, on Windows {@code LOCALAPPDATA}) and
     * whether to stay offline ({@code CONVOY_OFFLINE=1}).
     */
    public static DownloadOptions defaults() {
        return of(System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    static DownloadOptions of(Map<String, String> environment, String system, Path home) {
        String offline = environment.getOrDefault("CONVOY_OFFLINE", "").strip();
        return new DownloadOptions(
                cache(environment, system, home),
                offline.equals("1") || offline.equalsIgnoreCase("true"),
                false,
                Duration.ofSeconds(30),
                (file, done) -> {});
    }

    private static Path cache(Map<String, String> environment, String system, Path home) {
        String own = environment.getOrDefault("CONVOY_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "convoy");
        }
        String local = environment.getOrDefault("LOCALAPPDATA", "");
        if (system.startsWith("Windows") && !local.isEmpty()) {
            return Path.of(local, "convoy");
        }
        return home.resolve(system.startsWith("Mac") ? "Library/Caches" : ".cache")
                .resolve("convoy");
    }

    public DownloadOptions cache(Path value) {
        return new DownloadOptions(value, offline, refresh, timeout, progress);
    }

    public DownloadOptions offline(boolean value) {
        return new DownloadOptions(cache, value, refresh, timeout, progress);
    }

    public DownloadOptions refresh(boolean value) {
        return new DownloadOptions(cache, offline, value, timeout, progress);
    }

    public DownloadOptions timeout(Duration value) {
        return new DownloadOptions(cache, offline, refresh, value, progress);
    }

    public DownloadOptions progress(DownloadProgress value) {
        return new DownloadOptions(cache, offline, refresh, timeout, value);
    }
}
