package dev.convoy.onnx.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.UnknownFieldSet;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files: written and read again, and hostile ones. */
class OnnxFilesTest {

    @TempDir
    private Path folder;

    private static ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .setGraph(GraphProto.newBuilder().setName("g"))
                .build();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("m.onnx"), bytes);
    }

    @Test
    void keepsFieldsItDoesNotKnow() throws IOException {
        UnknownFieldSet newer = UnknownFieldSet.newBuilder()
                .addField(4711, UnknownFieldSet.Field.newBuilder().addVarint(42).build())
                .build();
        ModelProto model = model().toBuilder().setUnknownFields(newer).build();
        Path file = folder.resolve("m.onnx");
        OnnxWriter.write(model, Map.of(), file, OnnxWriter.EXTERNAL_FROM);
        assertEquals(model, OnnxReader.read(file, Limits.defaults()));
    }

    @Test
    void keepsLargeInitializersBesideTheModel() throws IOException {
        float[] values = new float[1000];
        Arrays.setAll(new Integer[1000], i -> {
            values[i] = i;
            return i;
        });
        Tensor large = Tensor.of(values, 1000);
        Tensor small = Tensor.of(new float[] {1}, 1);
        Path file = folder.resolve("m.onnx");
        OnnxWriter.write(model(), Map.of("large", large, "small", small), file, 100);
        assertEquals(4000, Files.size(folder.resolve("m.onnx.data")));
        ModelProto read = OnnxReader.read(file, Limits.defaults());
        TensorReader tensors = new TensorReader(new ExternalFiles(folder), Limits.defaults());
        for (var initializer : read.getGraph().getInitializerList()) {
            assertEquals(initializer.getName().equals("large") ? large : small, tensors.read(initializer));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void refusesWhatIsNoModel() throws IOException {
        refused("is empty. Remedy: copy, download or export the model anew", new byte[0]);
        refused("no graph", new byte[] {0x08, 8});
        refused("near byte", "not a model at all, but text".getBytes(StandardCharsets.UTF_8));
        refused(
                "is a pointer of Git LFS, not the model itself. Remedy: fetch the model with 'git lfs pull'",
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 123456\n"
                        .getBytes(StandardCharsets.UTF_8));
        refused(
                "no IR version",
                ModelProto.newBuilder()
                        .setGraph(GraphProto.getDefaultInstance())
                        .build()
                        .toByteArray());
        OnnxFormatException e = assertThrows(
                OnnxFormatException.class, () -> OnnxReader.read(folder.resolve("none"), Limits.defaults()));
        assertTrue(e.getMessage().contains("is no file"), e.getMessage());
        assertMessage(
                "is a folder. Remedy: name a file in it",
                assertThrows(OnnxFormatException.class, () -> OnnxReader.read(folder, Limits.defaults())));
    }

    @Test
    void refusesDepthCountAndSizeBeyondTheLimits() throws IOException {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int i = 0; i < 40; i++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }
        refused(
                "deeper than 64 levels",
                model().toBuilder().setGraph(graph).build().toByteArray());

        Limits few = new Limits(1000, 64, 10, 1000);
        GraphProto.Builder many = GraphProto.newBuilder();
        for (int i = 0; i < 20; i++) {
            many.addNode(NodeProto.getDefaultInstance());
        }
        Path file = file(model().toBuilder().setGraph(many).build().toByteArray());
        assertMessage(
                "more than 10 messages", assertThrows(OnnxFormatException.class, () -> OnnxReader.read(file, few)));
        Path large = file(new byte[2000]);
        assertMessage(
                "more than the limit", assertThrows(OnnxFormatException.class, () -> OnnxReader.read(large, few)));
    }

    /** Every prefix of a model, and models with changed bytes, are read or refused; nothing else is thrown. */
    @Test
    void survivesDamage() throws IOException {
        byte[] whole = model().toBuilder()
                .setGraph(GraphProto.newBuilder()
                        .addNode(NodeProto.newBuilder()
                                .setOpType("Relu")
                                .addInput("x")
                                .addOutput("y"))
                        .addInitializer(OnnxWriter.proto("w", Tensor.of(new float[] {1, 2, 3}, 3))))
                .build()
                .toByteArray();
        int refused = 0;
        for (int length = 0; length < whole.length; length++) {
            refused += survives(Arrays.copyOf(whole, length)) ? 0 : 1;
        }
        assertTrue(refused > whole.length / 2, refused + " of " + whole.length);
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] = (byte) random.nextInt();
            survives(damaged);
        }
        assertTrue(survives(whole));
    }

    private boolean survives(byte[] bytes) throws IOException {
        try {
            OnnxReader.read(file(bytes), Limits.defaults());
            return true;
        } catch (OnnxFormatException e) {
            assertFalse(e.getMessage().isBlank());
            return false;
        }
    }

    private void refused(String words, byte[] bytes) throws IOException {
        Path file = file(bytes);
        assertMessage(words, assertThrows(OnnxFormatException.class, () -> OnnxReader.read(file, Limits.defaults())));
    }

    private static void assertMessage(String words, OnnxFormatException e) {
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
