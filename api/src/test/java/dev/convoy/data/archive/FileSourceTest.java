package dev.convoy.data.archive;

import static dev.convoy.data.archive.TarBytes.gzip;
import static dev.convoy.data.archive.TarBytes.header;
import static dev.convoy.data.archive.TarBytes.octal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSourceTest {

    private static final byte[] HELLO = bytes("hello");

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path write(byte[] archive) throws IOException {
        return Files.write(folder.resolve("archive.tar"), archive);
    }

    /** Files and what they hold; {@code !} before the reason of one that cannot be read. */
    private static Map<String, String> read(Path path) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        FileSource source = FileSource.of(path);
        source.read(entry -> true, new FileSource.Sink() {
            @Override
            public void accept(String name, byte[] content) {
                files.put(name, new String(content, StandardCharsets.UTF_8));
            }

            @Override
            public void unreadable(String name, IOException reason) {
                files.put(name, "!" + reason.getMessage());
            }
        });
        assertEquals(
                List.copyOf(files.keySet()),
                source.list().entries().stream().map(FileSource.Entry::name).toList());
        return files;
    }

    private ArchiveException refused(byte[] archive, String problem) throws IOException {
        Path path = write(archive);
        ArchiveException thrown = assertThrows(ArchiveException.class, () -> read(path));
        assertTrue(thrown.getMessage().startsWith(path + ": "), thrown::getMessage);
        assertTrue(thrown.getMessage().contains(problem), thrown::getMessage);
        return thrown;
    }

    private static byte[] one(String name) {
        return new TarBytes().file(name, HELLO).bytes();
    }

    @Test
    void filesOfATarPlainAndCompressed() throws IOException {
        byte[] tar = new TarBytes()
                .entry("./a/", '5', new byte[0])
                .file("./a/x.txt", HELLO)
                .file("empty", new byte[0])
                .entry("old", '\0', bytes("z".repeat(512)))
                .bytes();
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("a/x.txt", "hello");
        expected.put("empty", "");
        expected.put("old", "z".repeat(512));
        assertEquals(expected, read(write(tar)));
        assertEquals(expected, read(write(gzip(tar))));
    }

    @Test
    void longNamesInThreeWays() throws IOException {
        String longName = "d/".repeat(100) + "x.txt";
        assertEquals(
                Map.of("some/folder/x.txt", "hello"),
                read(write(new TarBytes()
                        .raw(header("x.txt", '0', octal(5), "some/folder"), HELLO)
                        .bytes())));
        assertEquals(
                Map.of(longName, "hello"),
                read(write(new TarBytes()
                        .entry("././@LongLink", 'L', bytes(longName + "\0"))
                        .file("short", HELLO)
                        .bytes())));
        String record = " path=" + longName + "\n";
        byte[] pax = bytes((record.length() + 3) + record + "11 mtime=1\n");
        assertEquals(
                Map.of(longName, "hello", "next", "hello"),
                read(write(new TarBytes()
                        .entry("pax", 'x', pax)
                        .file("short", HELLO)
                        .file("next", HELLO)
                        .bytes())));
    }

    @Test
    void sizesBeyondOctalAreRead() throws IOException {
        byte[] base256 = ByteBuffer.allocate(12).put((byte) 0x80).putLong(4, 5).array();
        assertEquals(
                Map.of("x", "hello"),
                read(write(
                        new TarBytes().raw(header("x", '0', base256, ""), HELLO).bytes())));
        byte[] pax = bytes("9 size=5\n");
        assertEquals(
                Map.of("x", "hello"),
                read(write(new TarBytes()
                        .entry("pax", 'x', pax)
                        .raw(header("x", '0', octal(0), ""), HELLO)
                        .bytes())));
    }

    @Test
    void linksAndDevicesAreLeftOutWithANote() throws IOException {
        Path path = write(new TarBytes()
                .entry("passwd", '2', new byte[0])
                .entry("hard", '1', new byte[0])
                .entry("tty", '3', new byte[0])
                .file("x", HELLO)
                .bytes());
        assertEquals(Map.of("x", "hello"), read(path));
        assertEquals(
                List.of("link 'passwd' is not followed", "link 'hard' is not followed", "device 'tty' is not followed"),
                FileSource.of(path).list().notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "C:x", "a\\..\\x", "a/.."})
    void namesThatLeadOutAreRefused(String name) throws IOException {
        refused(one(name), "which leads out of the archive (at byte 0)");
    }

    @Test
    void aNameIsThereOnce() throws IOException {
        ArchiveException thrown =
                refused(new TarBytes().file("a/x", HELLO).file("./a/x", HELLO).bytes(), "two entries are named 'a/x'");
        assertEquals(1024, thrown.position());
    }

    @Test
    void everyTruncationIsFound() throws IOException {
        byte[] tar = new TarBytes().file("x", HELLO).file("y", HELLO).unended();
        for (int length = 1; length <= tar.length; length += 51) {
            refused(Arrays.copyOf(tar, length), "the file ends");
        }
        refused(tar, "the file ends, 512 bytes early (at byte 2048)");
    }

    @Test
    void everyTruncationOfACompressedTarIsFound() throws IOException {
        byte[] packed = gzip(one("x"));
        for (int length = 3; length < packed.length; length += 3) {
            Path path = write(Arrays.copyOf(packed, length));
            assertThrows(ArchiveException.class, () -> read(path), "cut to " + length);
        }
    }

    @Test
    void headersAreChecked() throws IOException {
        byte[] tar = new TarBytes().file("x", HELLO).file("y", HELLO).bytes();
        tar[1024] ^= 1;
        assertEquals(1024, refused(tar, "a header has a wrong checksum").position());
        refused(gzip(bytes("no tar at all ".repeat(100))), "this is no tar archive");
        refused(
                new TarBytes()
                        .raw(header("x", '0', bytes("not a number"), ""), HELLO)
                        .bytes(),
                "is no number");
    }

    @Test
    void sizesThatCannotBeAreRefusedWithoutTakingMemory() throws IOException {
        byte[] huge = ByteBuffer.allocate(12)
                .put((byte) 0x80)
                .putLong(4, Long.MAX_VALUE)
                .array();
        refused(new TarBytes().raw(header("x", '0', huge, ""), HELLO).bytes(), "is no number");
        refused(
                new TarBytes()
                        .raw(header("x", '0', octal((1L << 33) - 1), ""), HELLO)
                        .bytes(),
                "more than 2 GiB");
        refused(new TarBytes().raw(header("x", '0', octal(1 << 30), ""), HELLO).bytes(), "the file ends");
        refused(new TarBytes().raw(header("L", 'L', octal(1 << 30), ""), HELLO).bytes(), "a header of type 'L'");
        refused(new TarBytes().raw(header("x", 'x', octal(1 << 30), ""), HELLO).bytes(), "a header of type 'x'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "path=x\n",
                "99 path=x\n",
                "9 path=x",
                "-1 path=x\n",
                "0 =\n",
                "99999999999 path=x\n",
                " ",
                "0",
                "path"
            })
    void brokenPaxHeadersAreRefused(String records) throws IOException {
        refused(
                new TarBytes()
                        .entry("pax", 'x', bytes(records))
                        .file("x", HELLO)
                        .bytes(),
                "is not made of records");
    }

    @Test
    void whatIsNotReadIsSaid() throws IOException {
        refused(new TarBytes().entry("x", 'S', new byte[0]).bytes(), "is of type 'S', which is not read");
        refused(new TarBytes().entry("g", 'g', bytes("10 path=x\n")).bytes(), "gives all files one name or size");
        byte[] sparse = bytes("22 GNU.sparse.major=1\n");
        refused(new TarBytes().entry("pax", 'x', sparse).file("x", HELLO).bytes(), "is a sparse file");
        Path text = Files.write(folder.resolve("readme.txt"), HELLO);
        assertThrows(ArchiveException.class, () -> FileSource.of(text));
        assertThrows(NoSuchFileException.class, () -> FileSource.of(folder.resolve("missing")));
    }

    @Test
    void aCompressedBombIsRefused() throws IOException {
        byte[] zeros = new byte[80 << 20];
        refused(gzip(new TarBytes().file("x", zeros).bytes()), "more than 200 times as large");
    }

    private static byte[] zip(String... names) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(HELLO);
                }
            }
        }
        return out.toByteArray();
    }

    @Test
    void filesOfAZip() throws IOException {
        assertEquals(Map.of("a/x", "hello", "y", "hello"), read(write(zip("a/", "a/x", "y"))));
        refused(zip("../x"), "leads out of the archive");
        refused(Arrays.copyOf(zip("x"), 60), "the zip file is damaged");
        byte[] twice = new String(zip("a", "b"), StandardCharsets.ISO_8859_1)
                .replace("b", "a")
                .getBytes(StandardCharsets.ISO_8859_1);
        refused(twice, "two entries are named 'a'");
    }

    @Test
    void aZipThatLiesAboutSizesIsFound() throws IOException {
        byte[] zip = zip("x");
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        byte[] bomb = zip.clone();
        ByteBuffer.wrap(bomb).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 1 << 30);
        refused(bomb, "declares 1073741824 bytes");
        byte[] longer = zip.clone();
        longer[directory + 24] = 9;
        assertEquals(Map.of("x", "!it is not as long as it declares (9 bytes)"), read(write(longer)));
        byte[] shorter = zip.clone();
        shorter[directory + 24] = 3;
        assertEquals(Map.of("x", "!it is not as long as it declares (3 bytes)"), read(write(shorter)));
        byte[] checksum = zip.clone();
        checksum[directory + 16] ^= 1;
        assertEquals(Map.of("x", "!it has a wrong checksum"), read(write(checksum)));
    }

    @Test
    void filesOfAFolderWithLinksOnlyInside() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createDirectories(root.resolve("b/c"));
        Files.write(root.resolve("b/c/x"), HELLO);
        Files.write(root.resolve("a"), HELLO);
        Files.write(folder.resolve("outside"), HELLO);
        Files.createSymbolicLink(root.resolve("b/inside"), root.resolve("a"));
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside"));
        Files.createSymbolicLink(root.resolve("loop"), root);
        assertEquals(Map.of("a", "hello", "b/c/x", "hello", "b/inside", "hello"), read(root));
        assertEquals(
                List.of("link 'loop' is not followed", "link 'out' is not followed"),
                FileSource.of(root).list().notes().stream().sorted().toList());
    }

    @Test
    void mutantsGiveTypedErrorsOnly() throws IOException {
        byte[] tar = new TarBytes()
                .entry("././@LongLink", 'L', bytes("a/long/name\0"))
                .file("short", HELLO)
                .entry("pax", 'x', bytes("14 path=other\n"))
                .file("x", HELLO)
                .bytes();
        assertEquals(Map.of("a/long/name", "hello", "other", "hello"), read(write(tar)));
        byte[][] seeds = {tar, gzip(tar), zip("a/x", "y")};
        Random random = new Random(20);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            byte[] mutant = seeds[i % seeds.length].clone();
            for (int change = 0; change <= i % 4; change++) {
                mutant[random.nextInt(mutant.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            try {
                read(write(mutant));
            } catch (ArchiveException e) {
                refused++;
            }
        }
        assertTrue(refused > 200, refused + " of 600 mutants refused");
    }
}
