package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.HostileModels.entry;
import static dev.convoy.importers.onnx.HostileModels.function;
import static dev.convoy.importers.onnx.HostileModels.longs;
import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.importers.onnx.OnnxFile.node;
import static dev.convoy.tensor.DataType.BOOL;
import static dev.convoy.tensor.DataType.FLOAT32;

import com.google.protobuf.ByteString;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.NodeProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Files that were made to do harm, and what they are refused with. */
enum HostileCases {
    FUNCTION_CALLS_ITSELF(
            "call each other more than",
            () -> OnnxFile.opset(17)
                    .function(function("F", "a -> b")
                            .addNode(local("F", "again", "a -> b"))
                            .build())
                    .input("x", FLOAT32, 2)
                    .add(local("F", "call", "x -> y"))
                    .output("y")
                    .model()),
    /** Ten functions, each of which calls the next ten times. */
    FUNCTIONS_MULTIPLY("written out are more than", () -> {
        OnnxFile file = OnnxFile.opset(17);
        for (int level = 0; level < 10; level++) {
            var body = function("F" + level, "a -> v10");
            for (int i = 1; i <= 10; i++) {
                String values = (i == 1 ? "a" : "v" + (i - 1)) + " -> v" + i;
                body.addNode(level == 9 ? node("Relu", "", values) : local("F" + (level + 1), "", values));
            }
            file.function(body.build());
        }
        return file.input("x", FLOAT32, 2)
                .add(local("F0", "call", "x -> y"))
                .output("y")
                .model();
    }),
    BRANCHES_NEST_DEEPLY("nest", () -> {
        GraphProto body = body(node("Relu", "", "x -> y"));
        for (int i = 0; i < 200; i++) {
            body = body(node(
                    "If",
                    "",
                    "c -> y",
                    attribute("then_branch", body),
                    attribute("else_branch", body(node("Relu", "", "x -> y")))));
        }
        return model(file -> file.input("c", BOOL), body.getNode(0));
    }),
    NODE_USES_ITS_OWN_RESULT("comes from nowhere", () -> model(node("Add", "loop", "x y -> y"))),
    NODES_IN_A_CIRCLE(
            "comes from nowhere",
            () -> model(
                    node("Add", "first", "x b -> a"), node("Relu", "second", "a -> b"), node("Relu", "", "b -> y"))),
    CIRCLE_OF_SIZES(
            "",
            () -> model(
                    node("Add", "a", "s s -> t"), node("Identity", "b", "t -> s"), node("Reshape", "r", "x s -> y"))),
    RESULT_COMES_TWICE("twice", () -> model(node("Relu", "one", "x -> y"), node("Sigmoid", "two", "x -> y"))),
    INPUT_COMES_TWICE(
            "twice",
            () -> OnnxFile.opset(17)
                    .input("x", FLOAT32, 2)
                    .input("x", FLOAT32, 3)
                    .add("Relu", "", "x -> y")
                    .output("y")
                    .model()),
    OUTPUT_COMES_TWICE(
            "twice",
            () -> OnnxFile.opset(17)
                    .input("x", FLOAT32, 2)
                    .add("Relu", "", "x -> y")
                    .output("y")
                    .output("y")
                    .model()),
    WEIGHT_COMES_TWICE(
            "twice",
            () -> OnnxFile.opset(17)
                    .input("x", FLOAT32, 2)
                    .initializer("w", Tensor.of(new float[] {1, 2}, 2))
                    .initializer("w", Tensor.of(new float[] {3, 4}, 2))
                    .add("Add", "", "x w -> y")
                    .output("y")
                    .model()),
    A_MILLION_NODES("more than", () -> model(node("Relu", "", "x -> y"))),
    /** Each node of the chain would be computed for the next again. */
    LONG_SHAPE_ARITHMETIC("", () -> {
        OnnxFile file = OnnxFile.opset(17).input("x", FLOAT32, 2).add("Shape", "", "x -> s0");
        int length = 3000;
        for (int i = 1; i <= length; i++) {
            file.add("Identity", "", "s" + (i - 1) + " -> s" + i);
            file.add("Reshape", "", (i == 1 ? "x" : "r" + (i - 1)) + " s" + i + " -> r" + i);
        }
        return file.output("r" + length).model();
    }),
    WEIGHT_IS_SHORT("takes", () -> weight(tensor().addDims(100).setRawData(ByteString.copyFrom(new byte[396])))),
    WEIGHT_IS_LONG("takes", () -> weight(tensor().addDims(100).setRawData(ByteString.copyFrom(new byte[404])))),
    WEIGHT_IS_HUGE(
            "dimension of",
            () -> weight(tensor().addDims(1L << 31).addDims(1L << 31).addDims(1L << 31))),
    WEIGHT_IS_BEYOND_THE_LIMIT("limit", () -> weight(tensor().addDims(1 << 30))),
    WEIGHT_IS_NOT_THERE("the file holds 0", () -> weight(tensor().addDims(1 << 28))),
    WEIGHT_IS_NEGATIVE("dimension of -3", () -> weight(tensor().addDims(-3))),
    ELEMENTS_ARE_NOT_OF_ITS_TYPE(
            "stored numbers", () -> weight(tensor().addDims(2).addInt64Data(1).addInt64Data(2))),
    ATTRIBUTE_OF_ANOTHER_KIND("of another kind", () -> model(node("Softmax", "s", "x -> y", attribute("axis", "one")))),
    CONSTANT_OF_HUGE_SHAPE("", () -> sized("ConstantOfShape", "size", "-> c", 1L << 31, 1L << 31)),
    CONSTANT_THAT_FITS_INDICES("", () -> sized("ConstantOfShape", "size", "-> c", Integer.MAX_VALUE - 10)),
    EXPAND_TO_THE_SKY("", () -> sized("Expand", "x size", "-> c", 1L << 40)),
    EXPAND_WEIGHTS_TO_THE_LIMIT("", () -> sized("Expand", "w size", "-> c", Integer.MAX_VALUE / 2, 1)),
    TILE_A_BILLION_TIMES("", () -> sized("Tile", "x size", "-> c", 1L << 60)),
    TILE_NUMBERS("", () -> sized("Tile", "size size", "-> c", 1 << 30)),
    PAD_BY_A_LOT("", () -> sized("Pad", "x size", "-> c", Integer.MAX_VALUE, Integer.MAX_VALUE)),
    PAD_BY_MORE_THAN_AN_INT("", () -> sized("Pad", "x size", "-> c", Long.MAX_VALUE, Long.MIN_VALUE)),
    ONE_HOT_OF_A_BILLION("", () -> sized("OneHot", "size size w", "-> c", 1_000_000_000)),
    RANGE_WITHOUT_END(
            "",
            () -> model(
                    file -> file.initializer("a", Tensor.scalar(0L))
                            .initializer("b", Tensor.scalar(Long.MAX_VALUE))
                            .initializer("step", Tensor.scalar(1L)),
                    node("Range", "r", "a b step -> c"),
                    node("Reshape", "", "x c -> y"))),
    RANGE_OF_TWO_BILLION(
            "",
            () -> model(
                    file -> file.initializer("a", Tensor.scalar(0f))
                            .initializer("b", Tensor.scalar(2e9f))
                            .initializer("step", Tensor.scalar(1f)),
                    node("Range", "r", "a b step -> y"))),
    LOOP_WITHOUT_END("", () -> {
        GraphProto body = GraphProto.newBuilder()
                .addInput(ValueInfoProto.newBuilder().setName("i"))
                .addInput(ValueInfoProto.newBuilder().setName("go"))
                .addInput(ValueInfoProto.newBuilder().setName("v"))
                .addNode(node("Relu", "", "v -> w"))
                .addOutput(ValueInfoProto.newBuilder().setName("go"))
                .addOutput(ValueInfoProto.newBuilder().setName("w"))
                .build();
        return model(
                file -> file.initializer("trips", Tensor.scalar(Long.MAX_VALUE))
                        .initializer("go", Tensor.wrap(new TensorSpec(BOOL, Shape.SCALAR), new boolean[] {true})),
                node("Loop", "loop", "trips go x -> y", attribute("body", body)));
    }),
    RESIZE_TO_THE_SKY(
            "too much memory",
            () -> model(
                    file -> file.initializer("size", longs(1, 1, 1 << 30, 1 << 30)),
                    node("Reshape", "", "x four -> r"),
                    node("Resize", "", "r - - size -> y").toBuilder()
                            .setInput(1, "")
                            .setInput(2, "")
                            .build())),
    DEPTH_TO_SPACE_OF_NOTHING("", () -> model(node("DepthToSpace", "", "x -> y", attribute("blocksize", 0)))),
    OUTSIDE_BY_DOTS("outside the model's folder", () -> external("../weights.bin", "0", "400")),
    OUTSIDE_ABSOLUTELY("outside the model's folder", () -> external("/etc/hostname", "0", "400")),
    OUTSIDE_BY_A_LINK("outside the model's folder", () -> external("link", "0", "400")),
    NO_SUCH_FILE("missing", () -> external("none.bin", "0", "400")),
    BEYOND_THE_END("ends at byte", () -> external("weights.bin", Long.toString(Long.MAX_VALUE - 10), "400")),
    LENGTH_IS_NOT_ITS_OWN("says 800", () -> external("weights.bin", "0", "800")),
    OFFSET_IS_NEGATIVE("negative", () -> external("weights.bin", "-4", "400")),
    LENGTH_IS_NO_NUMBER("'many'", () -> external("weights.bin", "0", "many"));

    private final String reason;
    private final Supplier<ModelProto> model;

    HostileCases(String reason, Supplier<ModelProto> model) {
        this.reason = reason;
        this.model = model;
    }

    /** What its refusal says among other things; empty where it may load. */
    String reason() {
        return reason;
    }

    /** The bytes of the file; puts what it needs beside it. */
    byte[] write(Path folder) throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[400]);
        if (this == OUTSIDE_BY_A_LINK) {
            Path outside = Files.write(Files.createTempFile("convoy-outside", ".bin"), new byte[400]);
            outside.toFile().deleteOnExit();
            Files.createSymbolicLink(folder.resolve("link"), outside);
        }
        return this == A_MILLION_NODES ? repeated(model.get()) : model.get().toByteArray();
    }

    /** Messages that follow each other are read as one, their lists joined. */
    private static byte[] repeated(ModelProto model) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(model.toByteArray());
        byte[] nodes = ModelProto.newBuilder()
                .setGraph(GraphProto.newBuilder().addAllNode(model.getGraph().getNodeList()))
                .buildPartial()
                .toByteArray();
        for (int i = 1; i < 1_000_000; i++) {
            file.writeBytes(nodes);
        }
        return file.toByteArray();
    }

    private static NodeProto local(String opType, String name, String values) {
        return node(opType, name, values).toBuilder().setDomain("local").build();
    }

    private static GraphProto body(NodeProto node) {
        return GraphProto.newBuilder()
                .addNode(node)
                .addOutput(ValueInfoProto.newBuilder().setName("y"))
                .build();
    }

    private static ModelProto model(NodeProto... nodes) {
        return model(file -> file, nodes);
    }

    private static ModelProto model(UnaryOperator<OnnxFile> more, NodeProto... nodes) {
        OnnxFile file = OnnxFile.opset(17)
                .input("x", FLOAT32, 1, 100)
                .initializer("four", longs(1, 1, 10, 10))
                .initializer("w", Tensor.of(new float[] {1, 2}, 2));
        more.apply(file);
        List.of(nodes).forEach(file::add);
        return file.output("y").model();
    }

    /** A node with a known operand {@code size}; its result goes into a Reshape as a shape and into an Add as data. */
    private static ModelProto sized(String opType, String operands, String results, long... size) {
        return model(
                file -> file.initializer("size", longs(size)),
                node(opType, "sized", operands + " " + results),
                node("Cast", "", "c -> d", attribute("to", 7)),
                node("Shape", "", "c -> s"),
                node("ReduceSum", "", "d -> e", attribute("keepdims", 0)),
                node("ConstantOfShape", "", "s -> f"),
                node("ReduceSum", "", "f -> g", attribute("keepdims", 0)),
                node("Add", "", "x g -> h"),
                node("Cast", "", "e -> i", attribute("to", 1)),
                node("Add", "", "h i -> y"));
    }

    private static TensorProto.Builder tensor() {
        return TensorProto.newBuilder().setName("weight").setDataType(ElementTypes.number(FLOAT32));
    }

    private static ModelProto weight(TensorProto.Builder tensor) {
        ModelProto.Builder model = model(node("Add", "", "x weight -> y")).toBuilder();
        model.getGraphBuilder().addInitializer(tensor);
        return model.build();
    }

    private static ModelProto external(String location, String offset, String length) {
        return weight(tensor().addDims(100)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length)));
    }
}
