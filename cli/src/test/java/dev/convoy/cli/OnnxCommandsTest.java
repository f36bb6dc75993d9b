package dev.convoy.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.data.Npy;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.onnx.proto.TensorShapeProto;
import dev.convoy.onnx.proto.TypeProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on ONNX files. */
class OnnxCommandsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** @param dims sizes as numbers, names of free axes as strings */
    private static ValueInfoProto input(String name, DataType type, Object... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Object dim : dims) {
            TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
            if (dim instanceof Integer size) {
                one.setDimValue(size);
            } else {
                one.setDimParam((String) dim);
            }
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(ElementTypes.number(type))
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    private static NodeProto node(String opType, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(opType)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private Path write(List<ValueInfoProto> inputs, NodeProto... nodes) throws IOException {
        return write(inputs, List.of("y"), nodes);
    }

    private Path write(List<ValueInfoProto> inputs, List<String> outputs, NodeProto... nodes) throws IOException {
        GraphProto graph = GraphProto.newBuilder()
                .setName("graph")
                .addAllInput(inputs)
                .addAllNode(List.of(nodes))
                .addAllOutput(outputs.stream()
                        .map(name -> ValueInfoProto.newBuilder().setName(name).build())
                        .toList())
                .build();
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(graph)
                .build();
        return Files.write(folder.resolve("model.onnx"), model.toByteArray());
    }

    @Test
    void aShapeThatIsAnInputIsPinned() throws IOException {
        Path model = write(
                List.of(input("x", DataType.FLOAT32, 2, 4), input("shape", DataType.INT64, 1)),
                node("Reshape", List.of("x", "shape"), "y"));
        Path x = folder.resolve("x.npy");
        Npy.write(x, Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4));
        Path shape = folder.resolve("shape.npy");
        Npy.write(shape, Tensor.of(new long[] {8}, 1));
        Path y = folder.resolve("y.npy");

        Cli.Result unpinned = Cli.run("run", model, "--input", x, "--output", y, "--backend", "cpu");
        assertEquals(2, unpinned.status());
        assertTrue(unpinned.err().contains("in the shell --pin shape=FILE.npy"), unpinned.err());
        assertFalse(Files.exists(y));

        Cli.Result pinned =
                Cli.run("run", model, "--pin", "shape=" + shape, "--input", x, "--output", y, "--backend", "cpu");
        assertEquals(0, pinned.status(), pinned.err());
        assertEquals(Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 8), Npy.read(y));
        Cli.Result inspected = Cli.run("inspect", model, "--pin", "shape=" + shape);
        assertTrue(inspected.out().contains("output y: float32[8]"), inspected.out());
    }

    @Test
    void inputsOfOtherFilesCannotBePinned() throws IOException {
        Path one = folder.resolve("one.npy");
        Npy.write(one, Tensor.of(new float[3], 1, 3));
        Cli.Result result =
                Cli.run("compare", Cli.model(folder, "two"), "--pin", "a=" + one, "--backends", "reference,cpu");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Input 'a' cannot be pinned, only those of ONNX files can. Remedy: leave --pin out\n"),
                result);
    }

    @Test
    void sizesThatTheModelLeavesFreeAreGiven() throws IOException {
        Path model = write(List.of(input("x", DataType.FLOAT32, "n", 3, "h", "w")), node("Sigmoid", List.of("x"), "y"));
        Path target = folder.resolve("target.onnx");
        Cli.Result free = Cli.run("convert", model, target);
        assertEquals(2, free.status());
        assertTrue(free.err().contains("Remedy: give all behind the batch, --shape x="), free.err());
        assertFalse(Files.exists(target));
        Cli.Result given = Cli.run("convert", model, target, "--shape", "x=3,5,7");
        assertEquals(0, given.status(), given.err());
        assertTrue(given.out().contains("the model and the file loaded again: largest difference"), given.out());

        assertEquals(2, Cli.run("compare", model, "--backends", "reference,cpu").status());
        Cli.Result compared = Cli.run("compare", model, "--backends", "reference,cpu", "--shape", "x=3,5,7");
        assertEquals(0, compared.status(), compared.err());
        assertTrue(compared.out().contains("float32[1, 3, 5, 7]"), compared.out());
    }

    @Test
    void modelsInFloat16AreComparedOnRandomNumbers() throws IOException {
        Path model = write(List.of(input("x", DataType.FLOAT16, 1, 9)), node("Sigmoid", List.of("x"), "y"));
        Cli.Result compared = Cli.run("compare", model, "--backends", "reference,cpu");
        assertEquals(0, compared.status(), compared.err());
        assertTrue(compared.out().contains("float16[1, 9]"), compared.out());
        Path x = folder.resolve("x.npy");
        Npy.write(x, Tensor.of(new double[9], 1, 9));
        Path y = folder.resolve("y.npy");
        assertEquals(
                0,
                Cli.run("run", model, "--input", x, "--output", y, "--backend", "cpu")
                        .status());
        assertEquals(TensorSpec.of(DataType.FLOAT16, 1, 9), Npy.read(y).spec());
        assertEquals(0x3800, Short.toUnsignedInt(((short[]) Npy.read(y).array())[0]));
    }

    @Test
    void whatHasSeveralOutputsIsNoClassifier() throws IOException {
        NodeProto split = node("Split", List.of("x"), "y").toBuilder()
                .addOutput("z")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axis")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(2))
                .build();
        Path model = write(List.of(input("x", DataType.FLOAT32, 1, 1, 2, 2)), List.of("y", "z"), split);
        Cli.Result result = Cli.run("predict", model, Cli.picture(folder, "white.png", 255), "--backend", "cpu");
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "convoy: Model 'graph' has outputs [y, z], predict works on models with one. Remedy: use"
                                + " 'convoy run'\n"),
                result);
    }

    @Test
    void whatIsNoModelIsRefusedWithoutAFile() throws IOException {
        Path target = folder.resolve("target.onnx");
        for (String text : List.of("", "a text", "version https://git-lfs.github.com/spec/v1\n")) {
            Path model = Files.writeString(folder.resolve("model.onnx"), text);
            Cli.Result result = Cli.run("convert", model, target);
            assertEquals(2, result.status());
            assertEquals("", result.out());
            assertEquals(2, result.err().lines().count(), result.err());
            assertTrue(result.err().contains(" Remedy: "), result.err());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
