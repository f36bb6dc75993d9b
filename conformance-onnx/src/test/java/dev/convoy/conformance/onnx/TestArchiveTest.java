package dev.convoy.conformance.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives come from strangers. */
class TestArchiveTest {

    private static final int LIMIT = 1 << 20;

    @TempDir
    private Path folder;

    private Path zip(Map<String, byte[]> entries) throws IOException {
        Path file = folder.resolve("tests.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return file;
    }

    private static String refusal(Path file) {
        TestArchiveException refused = assertThrows(TestArchiveException.class, () -> {
            try (TestArchive archive = TestArchive.open(file)) {
                for (String name : archive.files()) {
                    archive.read(name, LIMIT);
                }
            }
        });
        return String.valueOf(refused.getMessage());
    }

    @Test
    void zipFilesAndFoldersHoldTheSame() throws IOException {
        byte[] bytes = "something".getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("node/test_x/model.onnx", bytes);
        entries.put("node/test_x/test_data_set_0/input_0.pb", new byte[0]);
        Path unpacked = folder.resolve("unpacked");
        for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
            Path file = unpacked.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        for (Path place : List.of(zip(entries), unpacked)) {
            try (TestArchive archive = TestArchive.open(place)) {
                assertEquals(entries.keySet(), archive.files());
                assertArrayEquals(bytes, archive.read("node/test_x/model.onnx", LIMIT));
                OnnxTest test = OnnxTests.find(archive).getFirst();
                assertEquals("test_x", test.name());
                assertEquals(
                        Map.of(0, "node/test_x/test_data_set_0/input_0.pb"),
                        test.dataSets().getFirst().inputs());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil.pb", "a/../../evil.pb", "/etc/evil", "C:evil", "a\\b"})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        String refusal = refusal(zip(Map.of(name, new byte[1])));
        assertEquals("'" + name + "' in 'tests.zip' has a name that leads out of the archive", refusal);
    }

    @Test
    void largeFilesAreRefusedBeforeTheyAreRead() throws IOException {
        String refusal = refusal(zip(Map.of("bomb.pb", new byte[LIMIT + 1])));
        assertEquals("'bomb.pb' in 'tests.zip' has 1048577 bytes, more than the limit of 1048576", refusal);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 500_000, 900_000})
    void filesThatAreNotAsLongAsTheySayAreRefused(int declared) throws IOException {
        Path file = zip(Map.of("liar.pb", new byte[600_000]));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int directory = buffer.getInt(bytes.length - 22 + 16);
        assertEquals(0x02014b50, buffer.getInt(directory), "signature of the central directory");
        buffer.putInt(directory + 24, declared);
        Files.write(file, bytes);
        String refusal = refusal(file);
        assertTrue(refusal.contains("is not as long as it declares") || refusal.contains("declares"), refusal);
    }

    @Test
    void impossibleCompressionIsRefused() throws IOException {
        Path file = zip(Map.of("liar.pb", new byte[10]));
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(buffer.getInt(bytes.length - 22 + 16) + 24, 1_000_000);
        Files.write(file, bytes);
        String refusal = refusal(file);
        assertTrue(refusal.startsWith("'liar.pb' in 'tests.zip' declares 1000000 bytes, stored as "), refusal);
    }

    @Test
    void whatIsNoArchiveIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("text.zip"), "no zip file");
        assertTrue(refusal(file).contains("is neither a folder nor a zip file, or is damaged"));
        assertThrows(NoSuchFileException.class, () -> TestArchive.open(folder.resolve("missing.zip")));
    }

    @Test
    void linksInFoldersAreNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.onnx"), "secret");
        Path tests = Files.createDirectory(folder.resolve("tests"));
        Files.createSymbolicLink(tests.resolve("model.onnx"), secret);
        try (TestArchive archive = TestArchive.open(tests)) {
            assertEquals(0, archive.files().size());
        }
    }
}
