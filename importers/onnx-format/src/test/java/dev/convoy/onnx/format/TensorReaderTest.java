package dev.convoy.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.onnx.proto.StringStringEntryProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tensors in ONNX files: raw, typed, external, and what is refused. */
class TensorReaderTest {

    @TempDir
    private Path folder;

    private Tensor read(TensorProto.Builder proto) throws IOException {
        return new TensorReader(new ExternalFiles(folder), Limits.defaults()).read(proto.build());
    }

    private static TensorProto.Builder proto(DataType type, long... dims) {
        TensorProto.Builder proto = TensorProto.newBuilder().setName("w").setDataType(ElementTypes.number(type));
        Arrays.stream(dims).forEach(proto::addDims);
        return proto;
    }

    static Stream<DataType> stored() {
        return Stream.of(DataType.values()).filter(t -> t.storage() != DataType.Storage.NONE);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void readsWhatIsWritten(DataType type) throws IOException {
        Object array = type.storage().newArray(5);
        for (int i = 0; i < 5; i++) {
            switch (array) {
                case float[] a -> a[i] = i - 2.5f;
                case double[] a -> a[i] = i - 2.5;
                case int[] a -> a[i] = i - 2;
                case long[] a -> a[i] = i - 2;
                case short[] a -> a[i] = (short) (i - 2);
                case byte[] a -> a[i] = (byte) (type == DataType.INT4 ? i - 2 : i + 3);
                case boolean[] a -> a[i] = i % 2 == 0;
                default -> throw new AssertionError(type);
            }
        }
        Tensor tensor = Tensor.wrap(TensorSpec.of(type, 5), array);
        assertEquals(tensor, read(OnnxWriter.proto("w", tensor).toBuilder()));
    }

    /** The bytes of 1.0f, 0x3F800000, little-endian; and 4-bit numbers, the first in the low bits (ONNX IR, onnx.proto). */
    @Test
    void storesLittleEndianAndTwoNibblesToAByte() {
        assertEquals(List.of(0, 0, 0x80, 0x3F), bytes(Tensor.of(new float[] {1}, 1)));
        assertEquals(List.of(0xF1, 0x02), bytes(Tensor.wrap(TensorSpec.of(DataType.INT4, 3), new byte[] {1, -1, 2})));
    }

    private static List<Integer> bytes(Tensor tensor) {
        byte[] bytes = RawData.of(tensor);
        return java.util.stream.IntStream.range(0, bytes.length)
                .mapToObj(i -> bytes[i] & 0xFF)
                .toList();
    }

    @Test
    void readsTypedLists() throws IOException {
        assertEquals(
                Tensor.of(new float[] {1.5f, -2}, 2),
                read(proto(DataType.FLOAT32, 2).addFloatData(1.5f).addFloatData(-2)));
        assertEquals(Tensor.of(new long[] {7}, 1), read(proto(DataType.INT64, 1).addInt64Data(7)));
        assertEquals(
                Tensor.of(new boolean[] {true, false}, 2),
                read(proto(DataType.BOOL, 2).addInt32Data(1).addInt32Data(0)));
        assertEquals(
                Tensor.wrap(TensorSpec.of(DataType.FLOAT16, 1), new short[] {0x3C00}),
                read(proto(DataType.FLOAT16, 1).addInt32Data(0x3C00)));
        assertEquals(
                Tensor.wrap(TensorSpec.of(DataType.UINT32, 1), new int[] {-1}),
                read(proto(DataType.UINT32, 1).addUint64Data(0xFFFF_FFFFL)));
        assertEquals(
                Tensor.wrap(TensorSpec.of(DataType.UINT4, 3), new byte[] {1, 15, 2}),
                read(proto(DataType.UINT4, 3).addInt32Data(0xF1).addInt32Data(2)));
        assertEquals(Tensor.of(new double[] {0.5}), read(proto(DataType.FLOAT64).addDoubleData(0.5)));
    }

    @Test
    void refusesShapesThatTheDataDoesNotFill() {
        refused(
                "needs 3 stored numbers, the file holds 1",
                proto(DataType.FLOAT32, 3).addFloatData(1));
        refused(
                "takes 12 bytes, the file holds 2",
                proto(DataType.FLOAT32, 3).setRawData(com.google.protobuf.ByteString.copyFrom(new byte[2])));
        refused("has a dimension of -1", proto(DataType.FLOAT32, -1));
        refused("larger than the limit", proto(DataType.FLOAT32, 1L << 30, 1L << 30));
        refused("larger than the limit", proto(DataType.FLOAT32, 1L << 31 - 1, 4, 1L << 30, 1L << 30, 0));
        refused("element type number 8", proto(DataType.STRING, 1));
        refused("element type number 99", proto(DataType.FLOAT32).setDataType(99));
    }

    private void refused(String words, TensorProto.Builder proto) {
        OnnxFormatException e = assertThrows(OnnxFormatException.class, () -> read(proto));
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }

    private TensorProto.Builder external(String location, String... more) {
        TensorProto.Builder proto = proto(DataType.FLOAT32, 2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location));
        for (int i = 0; i < more.length; i += 2) {
            proto.addExternalData(entry(more[i], more[i + 1]));
        }
        return proto;
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    @Test
    void readsExternalDataAtItsOffset() throws IOException {
        Files.write(folder.resolve("w.bin"), new byte[] {9, 9, 9, 9, 0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40});
        assertEquals(Tensor.of(new float[] {1, 2}, 2), read(external("w.bin", "offset", "4", "length", "8")));
        refused("ends at byte 8 + 8", external("w.bin", "offset", "8"));
        refused("its external data says 4", external("w.bin", "length", "4"));
        refused("negative", external("w.bin", "offset", "-1"));
        refused("is 'x'", external("w.bin", "offset", "x"));
        refused("is missing", external("other.bin"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../w.bin", "/etc/passwd", "a/../../w.bin", "..\\w.bin", "", "..", "a/../w.bin"})
    void refusesExternalDataOutsideTheFolder(String location) {
        refused("outside the model's folder", external(location));
    }

    @Test
    void refusesLinksOutOfTheFolder() throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        Files.write(folder.resolve("secret"), new byte[8]);
        Files.createSymbolicLink(model.resolve("w.bin"), folder.resolve("secret"));
        OnnxFormatException e = assertThrows(
                OnnxFormatException.class,
                () -> new TensorReader(new ExternalFiles(model), Limits.defaults())
                        .read(external("w.bin").build()));
        assertTrue(e.getMessage().contains("outside the model's folder"), e.getMessage());
    }
}
