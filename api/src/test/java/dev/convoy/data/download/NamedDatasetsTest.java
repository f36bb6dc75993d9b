package dev.convoy.data.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The registry, the environment, and the files that can be looked at here. */
class NamedDatasetsTest {

    private static final Path HOME = Path.of("/home/ada");
    private static final String SHA256 = "0".repeat(64);

    private static Path external(String folder) {
        String configured = System.getenv("CONVOY_TEST_DATA");
        Path data = configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("convoy.root", "."), "..", "shared", "data");
        Path found = data.resolve(folder);
        Assumptions.assumeTrue(Files.exists(found), () -> "skipped: no " + found + "; set CONVOY_TEST_DATA");
        return found;
    }

    @Test
    void findsADataSetByItsName() {
        assertSame(NamedDatasets.FASHION_MNIST, NamedDatasets.of("fashion-mnist"));
        String message = assertThrows(IllegalArgumentException.class, () -> NamedDatasets.of("imagenet"))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "There is no data set named 'imagenet'. Remedy: take one of mnist, fashion-mnist, cifar10"),
                message);
    }

    @Test
    void fashionMnistIsTheFilesThatArePublished() throws IOException, NoSuchAlgorithmException {
        Path folder = external("fashion-mnist");
        for (RemoteFile file : NamedDatasets.FASHION_MNIST.files()) {
            byte[] content = Files.readAllBytes(folder.resolve(file.name()));
            assertEquals(file.size(), content.length);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            assertEquals(file.sha256(), HexFormat.of().formatHex(digest), file.name());
        }
    }

    @Test
    void readsAFolderWithoutANetwork() throws IOException {
        Path folder = external("fashion-mnist");
        assertEquals(60_000, NamedDatasets.FASHION_MNIST.train(folder).size());
        assertEquals(10_000, NamedDatasets.FASHION_MNIST.test(folder).size());
        assertEquals(
                "Ankle boot",
                NamedDatasets.FASHION_MNIST.test(folder).classNames().get(9));
    }

    @Test
    void namesTheClassesOfWhatItReads() throws IOException {
        Path folder = external("cifar10");
        List<String> names = NamedDatasets.CIFAR10.test(folder).classNames();
        assertEquals(List.of("airplane", "truck"), List.of(names.getFirst(), names.getLast()));
        for (NamedDataset dataset : NamedDatasets.all()) {
            assertEquals(10, Set.copyOf(dataset.classNames()).size(), dataset.name());
        }
    }

    @Test
    void theCacheComesFromTheEnvironment() {
        assertEquals(Path.of("/c"), cache(Map.of("CONVOY_CACHE", "/c", "XDG_CACHE_HOME", "/x"), "Linux"));
        assertEquals(Path.of("/x/convoy"), cache(Map.of("XDG_CACHE_HOME", "/x"), "Linux"));
        assertEquals(Path.of("/home/ada/.cache/convoy"), cache(Map.of("XDG_CACHE_HOME", "relative"), "Linux"));
        assertEquals(Path.of("/home/ada/.cache/convoy"), cache(Map.of(), "Linux"));
        assertEquals(Path.of("/home/ada/Library/Caches/convoy"), cache(Map.of(), "Mac OS X"));
        assertEquals(Path.of("/l/convoy"), cache(Map.of("LOCALAPPDATA", "/l"), "Windows 11"));
    }

    private static Path cache(Map<String, String> environment, String system) {
        return DownloadOptions.of(environment, system, HOME).cache();
    }

    @Test
    void theEnvironmentMaySayOffline() {
        assertTrue(
                DownloadOptions.of(Map.of("CONVOY_OFFLINE", "1"), "Linux", HOME).offline());
        assertTrue(DownloadOptions.of(Map.of("CONVOY_OFFLINE", "true"), "Linux", HOME)
                .offline());
        assertFalse(
                DownloadOptions.of(Map.of("CONVOY_OFFLINE", "0"), "Linux", HOME).offline());
        assertFalse(DownloadOptions.of(Map.of(), "Linux", HOME).offline());
        DownloadOptions defaults = DownloadOptions.of(Map.of(), "Linux", HOME);
        assertThrows(IllegalArgumentException.class, () -> defaults.timeout(Duration.ZERO));
    }

    @Test
    void filesComeOverHttpsAndStayInTheirFolder() {
        for (String address :
                List.of("http://example.org/a", "ftp://example.org/a", "http://127.0.0.1.example.org/a", "/a")) {
            List<URI> mirrors = List.of(URI.create(address));
            assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", mirrors, 1, SHA256), address);
        }
        List<URI> safe = List.of(URI.create("https://example.org/a"), URI.create("http://localhost:80/a"));
        assertEquals(safe, new RemoteFile("a", safe, 1, SHA256).mirrors());
        for (String name : List.of("../a", "/a", "a/b", ".a", "", "a\\b")) {
            assertThrows(IllegalArgumentException.class, () -> new RemoteFile(name, safe, 1, SHA256), name);
        }
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", List.of(), 1, SHA256));
        assertThrows(IllegalArgumentException.class, () -> new RemoteFile("a", safe, 1, "abc"));
    }
}
