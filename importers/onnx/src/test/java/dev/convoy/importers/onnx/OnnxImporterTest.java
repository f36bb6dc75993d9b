package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.importers.onnx.OnnxFile.node;
import static dev.convoy.tensor.DataType.BOOL;
import static dev.convoy.tensor.DataType.FLOAT32;
import static dev.convoy.tensor.DataType.INT64;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.layers.Input;
import dev.convoy.layers.Noise;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.models.ImportException;
import dev.convoy.models.ImportOptions;
import dev.convoy.models.ImportReport;
import dev.convoy.models.ImportReport.Problem;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.ModelSource;
import dev.convoy.models.Models;
import dev.convoy.models.Predictor;
import dev.convoy.models.Trace;
import dev.convoy.onnx.format.ElementTypes;
import dev.convoy.onnx.proto.FunctionProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.onnx.proto.StringStringEntryProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.spi.BackendOptions;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxImporterTest {

    @TempDir
    private Path folder;

    private Model load(OnnxFile file) throws IOException {
        return Models.load(file.write(folder));
    }

    private static Tensor predict(Model model, Tensor x) {
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            return predictor.predict(x);
        }
    }

    private static Tensor counting(int... sizes) {
        int elements = Math.toIntExact(TensorSpec.float32(sizes).shape().elements());
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            values[i] = i;
        }
        return Tensor.of(values, sizes);
    }

    private static List<String> names(Model model) {
        return model.layers().stream().map(LayerNode::name).toList();
    }

    private static OnnxFile convolution() {
        return OnnxFile.opset(15)
                .input("x", FLOAT32, "N", 2, 4, 4)
                .initializer("w", counting(3, 2, 1, 1))
                .initializer("gamma", Tensor.of(new float[] {1, 1, 1}, 3))
                .initializer("beta", Tensor.of(new float[] {0, 0, 0}, 3))
                .initializer("mean", Tensor.of(new float[] {0, 0, 0}, 3))
                .initializer("var", Tensor.of(new float[] {1, 1, 1}, 3))
                .add("Conv", "/features/conv/Conv", "x w -> a")
                .add("BatchNormalization", "/features/bn", "a gamma beta mean var -> b")
                .add("Relu", "", "b -> c")
                .add("Dropout", "", "c -> y")
                .output("y");
    }

    @Test
    void weightsAreParametersUnderTheNamesOfOperands() throws IOException {
        Model model = load(convolution());
        assertEquals(List.of("features/conv/Conv", "features/bn", "relu", "dropout"), names(model));
        assertEquals(
                List.of(
                        "features/conv/Conv/W true",
                        "features/bn/scale true",
                        "features/bn/B true",
                        "features/bn/input_mean false",
                        "features/bn/input_var false"),
                model.parameterSpecs().stream()
                        .map(p -> p.name() + " " + p.trainable())
                        .toList());
        assertEquals(counting(3, 2, 1, 1), model.parameters().get("features/conv/Conv/W"));
        assertEquals("{x=float32[batch, 2, 4, 4]}", model.inputs().toString());
        assertEquals("{y=float32[batch, 3, 4, 4]}", model.outputs().toString());
        Model frozen = model.frozen(Set.of("features"));
        assertTrue(frozen.parameterSpecs().stream().noneMatch(ParameterSpec::trainable));
    }

    @Test
    void trainingUpdatesStatisticsAndDrops() throws IOException {
        Trace trace = load(convolution()).trace(Map.of(), Mode.TRAINING);
        assertEquals(
                Set.of("features/bn/input_mean", "features/bn/input_var"),
                trace.graph().updates().keySet());
        assertEquals(
                List.of(new Noise.Bernoulli(0.5)), List.copyOf(trace.noise().values()));
    }

    /** Flatten as PyTorch used to write it: {@code x.view(x.size(0), -1)}. */
    @Test
    void shapeArithmeticIsNoLayerAndKeepsTheBatch() throws IOException {
        Model model = load(OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 2, 3)
                .initializer("zero", Tensor.scalar(0L))
                .initializer("axes", Tensor.of(new long[] {0}, 1))
                .initializer("rest", Tensor.of(new long[] {-1}, 1))
                .add("Shape", "shape", "x -> s")
                .add("Gather", "gather", "s zero -> n")
                .add("Unsqueeze", "unsqueeze", "n axes -> n1")
                .add("Concat", "concat", "n1 rest -> target", attribute("axis", 0))
                .add("Reshape", "flat", "x target -> y")
                .output("y"));
        assertEquals(List.of("flat"), names(model));
        assertEquals("{y=float32[batch, 6]}", model.outputs().toString());
        assertEquals(counting(4, 6), predict(model, counting(4, 2, 3)));
    }

    @Test
    void aBatchThatIsCalculatedWithIsAFreeAxis() throws IOException {
        OnnxFile file = OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 2, 3)
                .initializer("first", Tensor.of(new long[] {0}, 1))
                .initializer("two", Tensor.of(new long[] {2}, 1))
                .initializer("three", Tensor.of(new long[] {3}, 1))
                .add("Shape", "shape", "x -> s")
                .add("Gather", "gather", "s first -> n")
                .add("Mul", "mul", "n two -> rows")
                .add("Concat", "concat", "rows three -> target", attribute("axis", 0))
                .add("Reshape", "merged", "x target -> y")
                .output("y");
        Model model = load(file);
        assertEquals(counting(8, 3), predict(model, counting(4, 2, 3)));
        assertEquals(counting(2, 3), predict(model, counting(1, 2, 3)));
        ImportReport report = Models.inspect(ModelSource.of(folder.resolve("model.onnx")), ImportOptions.defaults());
        assertTrue(
                report.notes().getFirst().contains("size of the batch"),
                report.notes().toString());
    }

    /** Adds the input's height to every element, which is a number of another size of the input each time. */
    @Test
    void freeSizesAreTracedAnew() throws IOException {
        Model model = load(OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 1, "height", "width")
                .initializer("two", Tensor.scalar(2L))
                .add("Shape", "", "x -> s")
                .add("Gather", "", "s two -> h")
                .add("Cast", "", "h -> number", attribute("to", 1))
                .add("Add", "", "x number -> y")
                .output("y"));
        assertEquals(List.of("add"), names(model));
        assertEquals(Tensor.of(new float[] {2, 3}, 1, 1, 2, 1), predict(model, counting(1, 1, 2, 1)));
        assertEquals(Tensor.of(new float[] {3, 4, 5}, 1, 1, 3, 1), predict(model, counting(1, 1, 3, 1)));
    }

    @Test
    void anInputIsDeclaredByWhoLoads() throws IOException {
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, "N", "C")
                .add("Relu", "", "x -> y")
                .output("y")
                .write(folder);
        Model model = Models.load(ModelSource.of(file), ImportOptions.defaults().input("x", TensorSpec.float32(1, 5)));
        assertEquals("{y=float32[1, 5]}", model.outputs().toString());
    }

    @Test
    void allProblemsAreReportedAtOnce() throws IOException {
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 4)
                .add("Frobnicate", "first", "x -> a")
                .add("Relu", "behind", "a -> b")
                .add("NonZero", "second", "x -> c")
                .add("Elu", "third", "x -> d", attribute("mood", 1))
                .add("Flatten", "fourth", "x -> e", attribute("mood", 1), attribute("size", 2))
                .add(node("Gelu", "fifth", "x -> f").toBuilder()
                        .setDomain("com.example")
                        .build())
                .output("b")
                .output("c")
                .output("e")
                .output("f")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        assertEquals(
                List.of(
                        "layer 'first' (Frobnicate): the operator Frobnicate is not supported. Remedy: export it with"
                                + " other operators; docs/onnx.md lists those that are read",
                        "layer 'second' (NonZero): the shape of its result depends on the data, and shapes have to be"
                                + " known before a model runs. Remedy: export the model without this step, and do it in"
                                + " Java on the model's outputs",
                        "layer 'fourth' (Flatten): the attributes mood, size are not supported",
                        "layer 'fifth' (Gelu): the operator Gelu is not ONNX's own but of 'com.example', so the file"
                                + " does not say what it computes. Remedy: export the model with ONNX's own operators"
                                + " only"),
                refused.report().problems().stream().map(Problem::toString).toList());
    }

    /** What follows from it, a Conv without its kernel for example, is not reported besides. */
    @Test
    void weightsInAFileThatIsMissingAreOneProblem() throws IOException {
        TensorProto kernel = TensorProto.newBuilder()
                .setName("w")
                .setDataType(ElementTypes.number(FLOAT32))
                .addAllDims(List.of(3L, 2L, 1L, 1L))
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("gone.bin"))
                .build();
        TensorProto shape = kernel.toBuilder()
                .setName("shape")
                .setDataType(ElementTypes.number(INT64))
                .clearDims()
                .addDims(2)
                .build();
        Path file = OnnxFile.opset(15)
                .input("x", FLOAT32, "N", 2, 4, 4)
                .initializer(kernel)
                .initializer(shape)
                .add("Conv", "conv", "x w -> a")
                .add("Reshape", "reshape", "a shape -> y")
                .output("y")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        assertEquals(
                List.of(
                        new Problem(
                                "",
                                "",
                                "Tensor 'w': the file of its external data is missing: 'gone.bin'",
                                "put the file there, beside the model"),
                        new Problem(
                                "",
                                "",
                                "Tensor 'shape': the file of its external data is missing: 'gone.bin'",
                                "put the file there, beside the model")),
                refused.report().problems());
    }

    @Test
    void anInputWithoutTypeAndShapeIsOneProblem() throws IOException {
        Path file = OnnxFile.opset(13)
                .input(ValueInfoProto.newBuilder().setName("x").build())
                .add("Relu", "", "x -> y")
                .output("y")
                .write(folder);
        ImportException refused = assertThrows(ImportException.class, () -> Models.load(file));
        assertEquals(
                List.of("input 'x' is a tensor whose type and shape the file does not say"),
                refused.report().problems().stream().map(Problem::reason).toList());
    }

    @Test
    void aSecondFileWithWeightsIsRefused() throws IOException {
        Path file = convolution().write(folder);
        ModelSource source = new ModelSource(file, folder.resolve("weights.h5"));
        ImportException refused =
                assertThrows(ImportException.class, () -> new OnnxImporter().load(source, ImportOptions.defaults()));
        assertEquals("leave it out", refused.report().problems().getFirst().remedy());
    }

    @Test
    void aTensorThatSeveralNodesUseIsOneParameter() throws IOException {
        Model model = load(OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 2)
                .initializer("w", Tensor.of(new float[] {0, 1, 1, 0}, 2, 2))
                .add("MatMul", "", "x w -> a")
                .add("MatMul", "", "a w -> y")
                .output("y"));
        assertEquals(
                List.of("w/value"),
                model.parameterSpecs().stream().map(ParameterSpec::name).toList());
        assertEquals(counting(3, 2), predict(model, counting(3, 2)));
    }

    @Test
    void functionsAreWrittenOut() throws IOException {
        FunctionProto twice = FunctionProto.newBuilder()
                .setName("Twice")
                .addInput("a")
                .addOutput("b")
                .addNode(node("Add", "sum", "a a -> inner"))
                .addNode(node("Relu", "", "inner -> b"))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .build();
        Model model = load(OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 2)
                .function(twice)
                .add(node("Twice", "one", "x -> y1").toBuilder()
                        .setDomain("local")
                        .build())
                .add(node("Twice", "two", "y1 -> y").toBuilder()
                        .setDomain("local")
                        .build())
                .output("y"));
        assertEquals(List.of("one/sum", "relu", "two/sum", "relu_1"), names(model));
        assertEquals(Tensor.of(new float[] {0, 4}, 1, 2), predict(model, Tensor.of(new float[] {-1, 1}, 1, 2)));
    }

    @Test
    void branchesSeeWhatIsAroundThem() throws IOException {
        GraphProto negated = GraphProto.newBuilder()
                .addNode(node("Neg", "", "x -> n"))
                .addOutput(ValueInfoProto.newBuilder().setName("n"))
                .build();
        GraphProto scaled = GraphProto.newBuilder()
                .addNode(node("Mul", "", "x factor -> m"))
                .addOutput(ValueInfoProto.newBuilder().setName("m"))
                .build();
        Path file = OnnxFile.opset(13)
                .input("x", FLOAT32, "N", 2)
                .input("yes", BOOL)
                .initializer("factor", Tensor.of(new float[] {2, 3}, 2))
                .add("If", "if", "yes -> y", attribute("then_branch", negated), attribute("else_branch", scaled))
                .output("y")
                .write(folder);
        Model model = Models.load(file);
        Tensor x = Tensor.of(new float[] {1, 1}, 1, 2);
        try (Predictor predictor = Predictor.of(model, "cpu", BackendOptions.defaults())) {
            Tensor yes = Tensor.of(new boolean[] {true});
            Tensor no = Tensor.of(new boolean[] {false});
            assertEquals(
                    Tensor.of(new float[] {-1, -1}, 1, 2),
                    predictor.predict(Map.of("x", x, "yes", yes)).get("y"));
            assertEquals(
                    Tensor.of(new float[] {2, 3}, 1, 2),
                    predictor.predict(Map.of("x", x, "yes", no)).get("y"));
        }
        Model pinned = Models.load(
                ModelSource.of(file), ImportOptions.defaults().pinned("yes", Tensor.of(new boolean[] {false})));
        assertEquals(Tensor.of(new float[] {2, 3}, 1, 2), predict(pinned, x));
    }

    @Test
    void aBatchOfOneStaysAsDeclared() throws IOException {
        Model model = load(OnnxFile.opset(13)
                .input("x", FLOAT32, 1, 2)
                .add("Identity", "", "x -> y")
                .output("y"));
        assertEquals(Map.of("x", TensorSpec.float32(1, 2)), model.inputs());
        assertTrue(model.inputs().values().stream()
                .flatMap(s -> s.shape().dims().stream())
                .noneMatch(d -> Input.BATCH.equals(d.name())));
    }
}
