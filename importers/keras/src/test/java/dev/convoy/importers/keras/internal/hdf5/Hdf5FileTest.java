package dev.convoy.importers.keras.internal.hdf5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.importers.keras.ClassicHdf5;
import dev.convoy.importers.keras.internal.FormatException;
import dev.convoy.tensor.Shape;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5FileTest {

    private static final Hdf5Limits LIMITS = Hdf5Limits.defaults();

    private static Hdf5Group read(ClassicHdf5 file) {
        return Hdf5File.of("test.h5", file.bytes(), LIMITS).root();
    }

    private static String refusal(byte[] file, Consumer<Hdf5Group> use) {
        return assertThrows(
                        FormatException.class,
                        () -> use.accept(Hdf5File.of("test.h5", file, LIMITS).root()))
                .reason();
    }

    @Test
    void readsWhatAnIndependentReaderReads() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().text("model_config", "{\"ä\": 1}").at("a/b").floats("kernel:0", new int[] {2, 3}, 1, 2, 3, 4, 5, 6);
        byte[] bytes = file.bytes();
        try (HdfFile jhdf = HdfFile.fromBytes(bytes)) {
            assertEquals("{\"ä\": 1}", jhdf.getAttribute("model_config").getData());
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, (float[])
                    jhdf.getDatasetByPath("a/b/kernel:0").getDataFlat());
        }
        Hdf5Group root = read(file);
        assertEquals("{\"ä\": 1}", root.attribute("model_config").orElseThrow().string());
        Hdf5Dataset kernel = root.datasetAt("a/b/kernel:0").orElseThrow();
        assertEquals(Shape.of(2, 3), kernel.shape());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, kernel.floats());
        assertEquals("/a/b/kernel:0", kernel.path());
    }

    @Test
    void readsFilesOfJhdfsWriterFromDisk(@TempDir Path dir) throws Exception {
        Path path = dir.resolve("new.h5");
        try (WritableHdfFile file = HdfFile.write(path)) {
            file.putAttribute("layer_names", new String[] {"conv1", "dense"});
            WritableGroup group = file.putGroup("conv1");
            group.putDataset("scalar", 3.5f);
            group.putDataset("kernel", new float[][] {{1, 2}, {3, 4}});
        }
        try (Hdf5File file = Hdf5File.open(path, LIMITS)) {
            assertEquals(
                    List.of("conv1", "dense"),
                    file.root().attribute("layer_names").orElseThrow().strings());
            Hdf5Group group = file.root().group("conv1").orElseThrow();
            assertEquals(Shape.SCALAR, group.dataset("scalar").orElseThrow().shape());
            assertArrayEquals(
                    new float[] {3.5f}, group.dataset("scalar").orElseThrow().floats());
            assertArrayEquals(
                    new float[] {1, 2, 3, 4},
                    group.dataset("kernel").orElseThrow().floats());
        }
        Files.delete(path);
    }

    @Test
    void convertsDoublesAndIntegers() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().doubles("d", new int[] {2}, 0.5, -2).longs("count", new int[0], 7_000_000_000L);
        assertArrayEquals(
                new float[] {0.5f, -2}, read(file).dataset("d").orElseThrow().floats());
        assertArrayEquals(
                new float[] {7e9f}, read(file).dataset("count").orElseThrow().floats());
    }

    @Test
    void readsTextsOfFixedAndVariableLength() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().fixedTexts("fixed", List.of("conv2d", "ümlaut", "")).texts("variable", List.of("a", "", "bcd"));
        assertEquals(
                List.of("conv2d", "ümlaut", ""),
                read(file).attribute("fixed").orElseThrow().strings());
        assertEquals(
                List.of("a", "", "bcd"),
                read(file).attribute("variable").orElseThrow().strings());
    }

    @Test
    void readsTextsLongerThanAnAttributeCanBe() {
        String longText = "{\"x\": \"" + "0123456789".repeat(20_000) + "\"}";
        ClassicHdf5 file = new ClassicHdf5();
        file.root().text("model_config", longText);
        assertEquals(
                longText, read(file).attribute("model_config").orElseThrow().string());
    }

    @Test
    void readsGroupsOfManyMembers() {
        ClassicHdf5 file = new ClassicHdf5();
        IntStream.range(0, 1000).forEach(i -> file.root().floats("m" + i, new int[] {1}, i));
        Hdf5Group root = read(file);
        assertEquals(1000, root.names().size());
        assertArrayEquals(new float[] {731}, root.dataset("m731").orElseThrow().floats());
    }

    /** Two chunks of [2, 2] for a [2, 3] array, the second cut off at the border; shuffled, then deflated. */
    @Test
    void readsCompressedChunks() throws Exception {
        ClassicHdf5 file = new ClassicHdf5();
        byte[] first = deflated(shuffled(1, 2, 4, 5));
        byte[] second = deflated(shuffled(3, 0, 6, 0));
        ByteBuffer stored = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        stored.put(0, first).put(128, second);
        long dataAt = 96;
        stored.position(256)
                .put("TREE".getBytes("ASCII"))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) 2);
        stored.putLong(-1).putLong(-1);
        key(stored, first.length, 0, 0).putLong(dataAt);
        key(stored, second.length, 0, 2).putLong(dataAt + 128);
        byte[] layout = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3)
                .put((byte) 2)
                .put((byte) 3)
                .putLong(dataAt + 256)
                .putInt(2)
                .putInt(2)
                .putInt(4)
                .array();
        byte[] filters = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1)
                .put((byte) 2)
                .position(8)
                .putShort((short) 2)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(4)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 1)
                .putShort((short) 1)
                .putInt(6)
                .putInt(0)
                .array();
        file.root()
                .dataset(
                        "c",
                        new ClassicHdf5.Data(ClassicHdf5.FLOAT32, new int[] {2, 3}, stored.array(), layout, filters));
        assertArrayEquals(
                new float[] {1, 2, 3, 4, 5, 6},
                read(file).dataset("c").orElseThrow().floats());
    }

    private static ByteBuffer key(ByteBuffer tree, int stored, long row, long column) {
        return tree.putInt(stored).putInt(0).putLong(row).putLong(column).putLong(0);
    }

    private static byte[] shuffled(float... values) {
        ByteBuffer plain = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        byte[] shuffled = new byte[plain.capacity()];
        for (float value : values) {
            plain.putFloat(value);
        }
        for (int i = 0; i < shuffled.length; i++) {
            shuffled[i % 4 * values.length + i / 4] = plain.get(i);
        }
        return shuffled;
    }

    private static byte[] deflated(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void refusesLinksBeforeFollowingThem() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().softLink("weights", "/etc/passwd");
        String reason = refusal(file.bytes(), Hdf5Group::names);
        assertTrue(reason.contains("soft link 'weights'"), reason);
    }

    @Test
    void refusesSizesThatTheFileDoesNotHold() {
        ClassicHdf5 file = new ClassicHdf5();
        byte[] layout = ByteBuffer.allocate(18)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 3)
                .put((byte) 1)
                .putLong(96)
                .putLong(1L << 40)
                .array();
        file.root()
                .dataset(
                        "big",
                        new ClassicHdf5.Data(ClassicHdf5.FLOAT32, new int[] {40_000, 40_000}, new byte[8], layout));
        String reason =
                refusal(file.bytes(), root -> root.dataset("big").orElseThrow().floats());
        assertTrue(reason.contains("declares 6400000000 bytes"), reason);
    }

    @Test
    void refusesAGroupInsideItself() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().group("a").group("b").floats("x", new int[] {1}, 1);
        byte[] bytes = file.bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long root = buffer.getLong(64);
        int node = indexOf(bytes, "SNOD", 0);
        buffer.putLong(node + 8 + 8, root);
        String reason = refusal(bytes, group -> descend(group, 0));
        assertTrue(reason.contains("contains itself") || reason.contains("refers to itself"), reason);
    }

    private static void descend(Hdf5Group group, int depth) {
        assertTrue(depth < 100, "the loop was not noticed");
        group.names().forEach(name -> group.group(name).ifPresent(g -> descend(g, depth + 1)));
    }

    @Test
    void refusesATreeThatRefersToItself() {
        ClassicHdf5 file = new ClassicHdf5();
        IntStream.range(0, 400).forEach(i -> file.root().floats("m" + i, new int[] {1}, i));
        byte[] bytes = file.bytes();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int top = -1;
        for (int at = indexOf(bytes, "TREE", 0); at >= 0; at = indexOf(bytes, "TREE", at + 4)) {
            top = bytes[at + 5] > 0 ? at : top;
        }
        buffer.putLong(top + 32, top);
        String reason = refusal(bytes, Hdf5Group::names);
        assertTrue(reason.contains("B-tree"), reason);
    }

    private static int indexOf(byte[] bytes, String text, int from) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
    }

    @Test
    void saysThatAFileWasCutOff() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().floats("x", new int[] {100}, new float[100]);
        byte[] bytes = file.bytes();
        String reason = refusal(Arrays.copyOf(bytes, bytes.length - 50), Hdf5Group::names);
        assertTrue(reason.contains("the file was cut off"), reason);
    }

    @Test
    void keepsToItsLimits() {
        ClassicHdf5 file = new ClassicHdf5();
        file.root().at("a/b/c/d").floats("x", new int[] {1000}, new float[1000]);
        byte[] bytes = file.bytes();
        Hdf5Limits shallow = new Hdf5Limits(3, 1000, 1 << 20, Duration.ofMinutes(1));
        Hdf5Group root = Hdf5File.of("deep.h5", bytes, shallow).root();
        assertThrows(FormatException.class, () -> root.datasetAt("a/b/c/d/x"));
        Hdf5Limits small = new Hdf5Limits(10, 1000, 3999, Duration.ofMinutes(1));
        Hdf5Dataset dataset = Hdf5File.of("big.h5", bytes, small)
                .root()
                .datasetAt("a/b/c/d/x")
                .orElseThrow();
        assertTrue(assertThrows(FormatException.class, dataset::floats).remedy().contains("-Xmx"));
    }
}
