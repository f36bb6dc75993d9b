package dev.convoy.data.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Dataset;
import dev.convoy.tensor.SplitMix64;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads from a server that does everything wrong. */
@Timeout(60)
class DownloadTest {

    private static final byte[] CONTENT = bytes(300_000, 1);

    @TempDir
    Path cache;

    private Mirror mirror;

    @BeforeEach
    void start() throws IOException {
        mirror = new Mirror();
    }

    @AfterEach
    void stop() {
        mirror.close();
    }

    private static byte[] bytes(int length, long seed) {
        SplitMix64 random = SplitMix64.of(seed);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.bits(i);
        }
        return bytes;
    }

    private static RemoteFile file(String name, byte[] content, URI... mirrors) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new RemoteFile(
                    name, List.of(mirrors), content.length, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static NamedDataset dataset(RemoteFile... files) {
        NamedDataset.Reader none = new NamedDataset.Reader() {
            @Override
            public Dataset train(Path folder) {
                throw new AssertionError();
            }

            @Override
            public Dataset test(Path folder) {
                throw new AssertionError();
            }
        };
        return new NamedDataset("letters", "Letters", List.of(files), List.of("a", "b"), "free", none);
    }

    private static NamedDataset from(URI... mirrors) {
        return dataset(file("a.bin", CONTENT, mirrors));
    }

    private DownloadOptions options() {
        return DownloadOptions.defaults().cache(cache).offline(false);
    }

    private Path folder() {
        return cache.toAbsolutePath().resolve("datasets").resolve("letters");
    }

    /** The download fails; nothing is left behind. */
    private DownloadException fails(NamedDataset dataset, DownloadOptions options) throws IOException {
        DownloadException thrown = assertThrows(DownloadException.class, () -> dataset.locate(options));
        assertEquals(List.of(), left(), thrown.getMessage());
        String message = thrown.getMessage();
        assertTrue(message.startsWith("Letters: a.bin could not be downloaded\n  http://127.0.0.1:"), message);
        assertTrue(
                message.contains("Remedy: try again when the network is there, or put these files into '" + folder()
                        + "', or into any folder that you name with --data DIR: a.bin (300000 bytes, from "
                        + dataset.files().getFirst().mirrors().getFirst() + ")"),
                message);
        return thrown;
    }

    private void failsBecause(Mirror.Answer answer, String reason) throws IOException {
        URI uri = mirror.on("/a", answer);
        DownloadException thrown = fails(from(uri), options());
        assertEquals(1, thrown.attempts().size());
        assertEquals(uri, thrown.attempts().getFirst().mirror());
        String got = thrown.attempts().getFirst().reason();
        assertTrue(got.contains(reason), got);
        assertTrue(thrown.getMessage().contains("\n  " + uri + ": " + got + "\n"), thrown.getMessage());
    }

    private List<Path> left() throws IOException {
        if (!Files.exists(folder())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        }
    }

    @Test
    void downloadsAndReportsProgress() throws IOException {
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)));
        List<Long> progress = new ArrayList<>();
        Path folder = letters.locate(options().progress((file, done) -> {
            assertEquals("a.bin", file.name());
            progress.add(done);
        }));
        assertEquals(folder(), folder);
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("a.bin")));
        assertEquals(List.of(folder.resolve("a.bin")), left());
        assertEquals(0, progress.getFirst());
        assertEquals(CONTENT.length, progress.getLast());
        assertEquals(progress.stream().sorted().distinct().toList(), progress);
    }

    @Test
    void whatIsInTheCacheIsNotAskedFor() throws IOException {
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)));
        letters.locate(options());
        letters.locate(options());
        letters.locate(options().offline(true));
        assertEquals(List.of("/a"), mirror.asked());
    }

    @Test
    void onlyWhatIsMissingIsDownloaded() throws IOException {
        byte[] second = bytes(10, 2);
        NamedDataset letters = dataset(
                file("a.bin", CONTENT, mirror.on("/a", Mirror.content(CONTENT))),
                file("b.bin", second, mirror.on("/b", Mirror.content(second))));
        Files.createDirectories(folder());
        Files.write(folder().resolve("a.bin"), CONTENT);
        letters.locate(options());
        assertEquals(List.of("/b"), mirror.asked());
    }

    @Test
    void anEmptyFileIsAFileToo() throws IOException {
        byte[] empty = {};
        URI uri = mirror.on("/e", exchange -> exchange.sendResponseHeaders(200, -1));
        Path folder = dataset(file("e.bin", empty, uri)).locate(options());
        assertEquals(0, Files.size(folder.resolve("e.bin")));
    }

    @Test
    void refusesAFileThatEndsEarly() throws IOException {
        failsBecause(Mirror.announcing(CONTENT.length, Arrays.copyOf(CONTENT, 1000)), " of 300000 bytes");
    }

    @Test
    void refusesAFileThatEndsEarlyWithoutALength() throws IOException {
        failsBecause(Mirror.unannounced(Arrays.copyOf(CONTENT, 1000)), "ended after 1000 of 300000 bytes");
    }

    @Test
    void refusesMoreThanTheFileHas() throws IOException {
        failsBecause(
                Mirror.unannounced(Arrays.copyOf(CONTENT, CONTENT.length + 1)),
                "the server sends more than the file's 300000 bytes");
    }

    @Test
    void refusesAnotherLength() throws IOException {
        failsBecause(
                Mirror.announcing(CONTENT.length + 1L, CONTENT),
                "the server announces 300001 bytes, the file has 300000 bytes");
    }

    @Test
    void refusesAShorterLength() throws IOException {
        failsBecause(Mirror.content(new byte[7]), "the server announces 7 bytes, the file has 300000 bytes");
    }

    @Test
    void refusesOtherBytes() throws IOException {
        byte[] other = CONTENT.clone();
        other[CONTENT.length - 1] ^= 1;
        failsBecause(Mirror.content(other), "these are other bytes: SHA-256 ");
    }

    @Test
    void refusesAMissingFile() throws IOException {
        failsBecause(Mirror.status(404), "HTTP 404");
    }

    @Test
    void followsRedirects() throws IOException {
        mirror.on("/there", Mirror.content(CONTENT));
        mirror.on("/then", Mirror.redirect("/there"));
        from(mirror.on("/a", Mirror.redirect(mirror.uri("/then").toString()))).locate(options());
        assertEquals(List.of("/a", "/then", "/there"), mirror.asked());
    }

    @Test
    void endsARedirectLoop() throws IOException {
        failsBecause(Mirror.redirect("/a"), "redirected more than 5 times");
        assertEquals(6, mirror.asked().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://example.invalid/a", "file:///etc/hostname", "ftp://127.0.0.1/a", "http://[", ""})
    void doesNotFollowRedirectsToUnsafeAddresses(String location) throws IOException {
        failsBecause(Mirror.redirect(location), "redirected to '" + location + "', which is no ");
    }

    @Test
    void givesUpOnAServerThatStops() throws IOException {
        NamedDataset letters = from(mirror.on("/a", mirror.stalling(CONTENT)));
        DownloadException thrown = fails(letters, options().timeout(Duration.ofMillis(300)));
        assertEquals("no data for 0.3 s", thrown.attempts().getFirst().reason());
    }

    @Test
    void givesUpOnAServerThatDoesNotAnswer() throws IOException {
        NamedDataset letters = from(mirror.on("/a", mirror.silent()));
        DownloadException thrown = fails(letters, options().timeout(Duration.ofMillis(300)));
        assertEquals("no answer within 0.3 s", thrown.attempts().getFirst().reason());
    }

    @Test
    void triesTheNextMirror() throws IOException {
        byte[] other = bytes(CONTENT.length, 9);
        NamedDataset letters = from(
                mirror.on("/one", Mirror.status(500)),
                mirror.on("/two", Mirror.content(other)),
                mirror.on("/three", Mirror.content(CONTENT)),
                mirror.on("/four", Mirror.content(CONTENT)));
        letters.locate(options());
        assertEquals(List.of("/one", "/two", "/three"), mirror.asked());
        assertArrayEquals(CONTENT, Files.readAllBytes(folder().resolve("a.bin")));
    }

    @Test
    void namesEveryMirrorThatWasTried() throws IOException {
        URI one = mirror.on("/one", Mirror.status(403));
        URI two = mirror.on("/two", Mirror.status(404));
        URI unreachable;
        try (Mirror closed = new Mirror()) {
            unreachable = closed.uri("/a");
        }
        DownloadException thrown = fails(from(one, unreachable, two), options());
        assertEquals(
                List.of(one, unreachable, two),
                thrown.attempts().stream()
                        .map(DownloadException.Attempt::mirror)
                        .toList());
        assertTrue(
                thrown.getMessage()
                        .contains("\n  " + one + ": HTTP 403\n  " + unreachable + ": no connection to 127.0.0.1\n"),
                thrown.getMessage());
        assertTrue(thrown.getMessage().contains("\n  " + two + ": HTTP 404\nRemedy: "), thrown.getMessage());
    }

    @Test
    void offlineSaysWhatIsMissingAndWhereItGoes() throws IOException {
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)));
        Files.createDirectories(folder());
        Files.write(folder().resolve("a.bin"), new byte[5]);
        DownloadException thrown = assertThrows(
                DownloadException.class, () -> letters.locate(options().offline(true)));
        assertEquals(
                "Letters is not in the cache, and nothing is downloaded offline (CONVOY_OFFLINE): a.bin has 5 bytes,"
                        + " not 300000. Remedy: put these files into '" + folder()
                        + "', or into any folder that you name with --data DIR: a.bin (300000 bytes, from "
                        + mirror.uri("/a") + "); or go online",
                thrown.getMessage());
        assertEquals(List.of(), mirror.asked());
        assertEquals(List.of(), thrown.attempts());
    }

    @Test
    void aFailureLeavesTheFileThatWasThere() throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve("a.bin"), CONTENT);
        NamedDataset letters = from(mirror.on("/a", Mirror.content(bytes(CONTENT.length, 9))));
        assertThrows(DownloadException.class, () -> letters.locate(options().refresh(true)));
        assertEquals(List.of("/a"), mirror.asked());
        assertEquals(List.of(folder().resolve("a.bin")), left());
        assertArrayEquals(CONTENT, Files.readAllBytes(folder().resolve("a.bin")));
    }

    @Test
    void aFileOfAnotherSizeIsReplaced() throws IOException {
        Files.createDirectories(folder());
        Files.write(folder().resolve("a.bin"), new byte[5]);
        from(mirror.on("/a", Mirror.content(CONTENT))).locate(options());
        assertArrayEquals(CONTENT, Files.readAllBytes(folder().resolve("a.bin")));
    }

    @Test
    void sayWhatToDoWhenTheCacheCannotBeWritten() throws IOException {
        Path notAFolder = Files.write(cache.resolve("file"), new byte[1]);
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)));
        DownloadException thrown = assertThrows(
                DownloadException.class, () -> letters.locate(options().cache(notAFolder)));
        String message = thrown.getMessage();
        assertTrue(message.startsWith("Letters: the cache folder '" + notAFolder), message);
        assertTrue(message.contains("cannot be written: "), message);
        assertTrue(
                message.contains("Remedy: name a folder that can be written, with space on it, in CONVOY_CACHE"),
                message);
        assertEquals(List.of(), mirror.asked());
    }

    @Test
    void aFolderInTheFilesPlaceIsNoMirrorsFault() throws IOException {
        Files.createDirectories(folder().resolve("a.bin").resolve("something"));
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)), mirror.on("/b", Mirror.content(CONTENT)));
        DownloadException thrown = assertThrows(DownloadException.class, () -> letters.locate(options()));
        assertTrue(thrown.getMessage().contains("cannot be written: "), thrown.getMessage());
        assertEquals(List.of("/a"), mirror.asked());
        assertEquals(List.of(folder().resolve("a.bin")), left());
    }

    @Test
    void severalMayDownloadAtOnce() throws Exception {
        NamedDataset letters = from(mirror.on("/a", Mirror.content(CONTENT)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Path> locate = () -> letters.locate(options().refresh(true));
            for (Future<Path> done : threads.invokeAll(Collections.nCopies(6, locate))) {
                assertArrayEquals(CONTENT, Files.readAllBytes(done.get().resolve("a.bin")));
            }
        }
        assertEquals(List.of(folder().resolve("a.bin")), left());
    }

    @Test
    void removesPartsThatAKilledProcessLeft() throws IOException {
        Files.createDirectories(folder());
        Path old = Files.write(folder().resolve(".a.bin.1.part"), new byte[5]);
        Path others = Files.write(folder().resolve(".a.bin.2.part"), new byte[5]);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        from(mirror.on("/a", Mirror.content(CONTENT))).locate(options());
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(others), "that of a process that is still at it");
    }

    @Test
    void anInterruptEndsTheDownload() throws Exception {
        NamedDataset letters = from(mirror.on("/a", mirror.silent()), mirror.on("/b", Mirror.content(CONTENT)));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<DownloadException> failed =
                    threads.submit(() -> assertThrows(DownloadException.class, () -> letters.locate(options())));
            while (mirror.asked().isEmpty()) {
                Thread.sleep(5);
            }
            threads.shutdownNow();
            assertEquals(
                    "the download was interrupted",
                    failed.get().attempts().getFirst().reason());
        }
        assertEquals(List.of("/a"), mirror.asked());
    }
}
