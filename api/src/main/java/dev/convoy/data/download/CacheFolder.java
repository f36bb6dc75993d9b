package dev.convoy.data.download;

import dev.convoy.data.download.DownloadException.Attempt;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The folder of a data set in the cache. A file has its final name only when it is whole, for it is downloaded under a
 * name that no other process takes; two that download the same file both move the same bytes into place.
 */
final class CacheFolder {

    private static final System.Logger LOG = System.getLogger(CacheFolder.class.getName());
    private static final String PART = ".part";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final NamedDataset dataset;
    private final DownloadOptions options;
    private final Path folder;

    CacheFolder(NamedDataset dataset, DownloadOptions options) {
        this.dataset = dataset;
        this.options = options;
        this.folder = options.cache().toAbsolutePath().resolve("datasets").resolve(dataset.name());
    }

    Path filled() throws DownloadException {
        List<RemoteFile> wanted = dataset.files().stream()
                .filter(file -> !isThere(file) || options.refresh() && !options.offline())
                .toList();
        if (wanted.isEmpty()) {
            return folder;
        }
        if (options.offline()) {
            throw new DownloadException(
                    dataset.title() + " is not in the cache, and nothing is downloaded offline (CONVOY_OFFLINE): "
                            + String.join(
                                    ", ", wanted.stream().map(this::missing).toList()),
                    List.of(),
                    dataset.remedy(folder) + "; or go online");
        }
        try {
            Files.createDirectories(folder);
            removeAbandoned();
        } catch (IOException e) {
            throw unwritable(e);
        }
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(options.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            for (RemoteFile file : wanted) {
                LOG.log(
                        System.Logger.Level.INFO,
                        () -> "Downloading " + file.name() + " of " + dataset.title() + " (" + file.size()
                                + " bytes) into " + folder);
                download(client, file);
            }
        } finally {
            client.shutdownNow();
        }
        return folder;
    }

    private boolean isThere(RemoteFile file) {
        return sizeOf(file) == file.size();
    }

    /** In bytes; -1 for what is no file. */
    private long sizeOf(RemoteFile file) {
        Path place = folder.resolve(file.name());
        try {
            return Files.isRegularFile(place) ? Files.size(place) : -1;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "Taking " + place + " as missing", e);
            return -1;
        }
    }

    private String missing(RemoteFile file) {
        long size = sizeOf(file);
        return file.name() + (size < 0 ? " is missing" : " has " + size + " bytes, not " + file.size());
    }

    private void download(HttpClient client, RemoteFile file) throws DownloadException {
        List<Attempt> attempts = new ArrayList<>();
        for (URI mirror : file.mirrors()) {
            try {
                download(new Download(client, file, options), file, mirror);
                return;
            } catch (Download.WriteException e) {
                throw unwritable(e);
            } catch (IOException e) {
                attempts.add(new Attempt(mirror, reason(e)));
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
            }
        }
        throw new DownloadException(
                dataset.title() + ": " + file.name() + " could not be downloaded",
                attempts,
                "try again when the network is there, or " + dataset.remedy(folder));
    }

    /** Download's own words; the JDK's exceptions often have none, so their names are told too. */
    private static String reason(IOException e) {
        return e.getClass() == IOException.class && e.getMessage() != null
                ? e.getMessage()
                : DownloadException.reason(e);
    }

    private void download(Download download, RemoteFile file, URI mirror) throws IOException {
        Path part = folder.resolve("." + file.name() + "." + UUID.randomUUID() + PART);
        try {
            try (OutputStream out = create(part)) {
                download.from(mirror, out);
            }
            move(part, folder.resolve(file.name()));
        } finally {
            delete(part);
        }
    }

    private static OutputStream create(Path part) throws Download.WriteException {
        try {
            return Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new Download.WriteException(e);
        }
    }

    private static void move(Path part, Path place) throws Download.WriteException {
        try {
            try {
                Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, place, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new Download.WriteException(e);
        }
    }

    private static void delete(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "Could not remove " + part, e);
        }
    }

    /** Parts that a killed process left behind. */
    private void removeAbandoned() throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".*" + PART)) {
            for (Path part : parts) {
                if (part.toFile().lastModified() < limit.toEpochMilli()) {
                    delete(part);
                }
            }
        }
    }

    private DownloadException unwritable(IOException e) {
        IOException cause =
                e instanceof Download.WriteException && e.getCause() instanceof IOException inner ? inner : e;
        return new DownloadException(
                dataset.title() + ": the cache folder '" + folder + "' cannot be written",
                cause,
                "name a folder that can be written, with space on it, in CONVOY_CACHE, or " + dataset.remedy(folder));
    }
}
