package dev.convoy.data;

import dev.convoy.data.archive.FileSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the picture files of a source on several threads, while one reads them. What waits to be decoded is bounded;
 * a file that cannot be decoded does not keep the others from it.
 */
final class PictureLoader {

    /** What happens to all files. */
    record Loaded(Map<String, Image> pictures, Map<String, UnreadableFile> unreadable) {}

    /** Kept free beside the pictures, for those in the making and for everybody else. */
    private static final long RESERVE = 16L << 20;

    /** What may wait to be decoded: permits are KiB. */
    private static final int WAITING = 1 << 16;

    private static final int KIB = 1 << 10;

    private final FileSource source;
    private final String name;
    private final UnaryOperator<Image> change;
    private final ImageFolder.@Nullable Progress progress;
    private final Semaphore room = new Semaphore(WAITING);
    private final Map<String, Image> pictures = new HashMap<>();
    private final Map<String, UnreadableFile> unreadable = new HashMap<>();
    private int total;
    private volatile @Nullable Throwable failure;

    /**
     * @param name of the source, for messages
     * @param change what is done to every picture on the threads that decode
     */
    PictureLoader(
            FileSource source, String name, UnaryOperator<Image> change, ImageFolder.@Nullable Progress progress) {
        this.source = source;
        this.name = name;
        this.change = change;
        this.progress = progress;
    }

    Loaded load(Set<String> wanted, int threads) throws IOException {
        total = wanted.size();
        ExecutorService decoders = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("convoy-decode-", 0).factory());
        try (decoders) {
            try {
                source.read(entry -> wanted.contains(entry.name()) && isReadable(entry), new Sink(decoders));
            } catch (IOException | RuntimeException | Error e) {
                decoders.shutdownNow();
                throw e;
            }
        }
        rethrow(failure);
        return new Loaded(pictures, unreadable);
    }

    private boolean isReadable(FileSource.Entry entry) throws IOException {
        rethrow(failure);
        if (entry.size() > ImageDecoder.MAX_FILE_BYTES) {
            done(
                    entry.name(),
                    null,
                    "the file has " + entry.size() + " bytes, more than an image file may have ("
                            + ImageDecoder.MAX_FILE_BYTES + ")");
            return false;
        }
        require(entry.size() + RESERVE);
        return true;
    }

    private void require(long bytes) throws DatasetException {
        if (!Memory.holds(bytes)) {
            int held;
            synchronized (this) {
                held = pictures.size();
            }
            throw new DatasetException(
                    name,
                    "the memory is full after " + held + " of " + total + " pictures; "
                            + Memory.mebibytes(Memory.free()) + " are free",
                    "take smaller or fewer pictures, or give Java more memory (-Xmx)");
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    private final class Sink implements FileSource.Sink {
        private final ExecutorService decoders;

        Sink(ExecutorService decoders) {
            this.decoders = decoders;
        }

        @Override
        public void accept(String file, byte[] content) throws IOException {
            int permits = Math.min(WAITING, content.length / KIB + 1);
            try {
                room.acquire(permits);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(name + ": interrupted while pictures were read");
            }
            decoders.execute(() -> {
                try {
                    decode(file, content);
                } catch (Throwable e) { // the reading thread throws it
                    failure = e;
                } finally {
                    room.release(permits);
                }
            });
        }

        @Override
        public void unreadable(String file, IOException reason) {
            done(file, null, message(reason));
        }
    }

    private void decode(String file, byte[] content) throws IOException {
        if (failure != null) {
            return;
        }
        Image picture;
        try {
            picture = change.apply(Image.decode(content, file));
        } catch (ImageException e) {
            done(file, null, message(e).replaceFirst("^" + Pattern.quote(file + ": "), ""));
            return;
        } catch (OutOfMemoryError e) {
            done(file, null, "there is not enough memory to decode it. Remedy: give Java more memory (-Xmx)");
            return;
        }
        require(RESERVE);
        done(file, picture, "");
    }

    private static String message(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private synchronized void done(String file, @Nullable Image picture, String reason) {
        if (picture != null) {
            pictures.put(file, picture);
        } else {
            unreadable.put(file, new UnreadableFile(file, reason));
        }
        if (progress != null) {
            progress.at(pictures.size() + unreadable.size(), total);
        }
    }
}
