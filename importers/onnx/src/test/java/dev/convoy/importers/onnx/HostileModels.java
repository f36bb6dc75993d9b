package dev.convoy.importers.onnx;

import static dev.convoy.importers.onnx.OnnxFile.attribute;
import static dev.convoy.importers.onnx.OnnxFile.node;
import static dev.convoy.tensor.DataType.BOOL;
import static dev.convoy.tensor.DataType.FLOAT32;

import dev.convoy.onnx.proto.AttributeProto;
import dev.convoy.onnx.proto.FunctionProto;
import dev.convoy.onnx.proto.GraphProto;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.onnx.proto.OperatorSetIdProto;
import dev.convoy.onnx.proto.StringStringEntryProto;
import dev.convoy.onnx.proto.TensorProto;
import dev.convoy.onnx.proto.ValueInfoProto;
import dev.convoy.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Sound models of all that a file can hold, to be spoilt. */
enum HostileModels {

    /** A convolutional network as PyTorch writes it. */
    NETWORK {
        @Override
        ModelProto model() {
            return TorchLeNet.withWeights(1).model();
        }
    },

    /** Sizes that are computed by the graph itself. */
    ARITHMETIC {
        @Override
        ModelProto model() {
            return OnnxFile.opset(13)
                    .input("x", FLOAT32, "N", 3, 4)
                    .initializer("zero", Tensor.scalar(0L))
                    .initializer("one", Tensor.scalar(1L))
                    .initializer("three", Tensor.scalar(3L))
                    .initializer("axes", longs(0))
                    .initializer("minus", longs(-1))
                    .initializer("pads", longs(0, 1, 1, 0, 1, 1))
                    .initializer("repeats", longs(1, 2, 1))
                    .initializer("ends", longs(4))
                    .add("Shape", "", "x -> shape")
                    .add("Gather", "", "shape zero -> n")
                    .add("Unsqueeze", "", "n axes -> ns")
                    .add("ConstantOfShape", "", "axes -> nothing")
                    .add("Range", "", "zero three one -> range")
                    .add("Mul", "", "range three -> tripled")
                    .add("ReduceSum", "", "tripled -> nine", attribute("keepdims", 1))
                    .add("Div", "", "nine three -> three1")
                    .add("Concat", "", "ns three1 minus -> expanded", attribute("axis", 0))
                    .add("Reshape", "", "x expanded -> r")
                    .add("Pad", "", "r pads -> p")
                    .add("Tile", "", "p repeats -> t")
                    .add("Slice", "", "t minus ends axes -> s")
                    .add("Slice", "", "t axes ends one1 -> cut")
                    .initializer("one1", longs(1))
                    .add("Shape", "", "cut -> wide")
                    .add("Expand", "", "cut wide -> e")
                    .add("Split", "", "e -> u v", attribute("axis", 1))
                    .add("Concat", "", "u v -> y", attribute("axis", -1))
                    .output("y")
                    .model();
        }
    },

    /** Functions that call each other, branches within branches. */
    NESTED {
        @Override
        ModelProto model() {
            GraphProto inner = GraphProto.newBuilder()
                    .addNode(node("Relu", "r", "y -> ri"))
                    .addOutput(ValueInfoProto.newBuilder().setName("ri"))
                    .build();
            GraphProto outer = GraphProto.newBuilder()
                    .addNode(node(
                            "If",
                            "inner",
                            "cond -> o",
                            attribute("then_branch", inner),
                            attribute("else_branch", inner)))
                    .addOutput(ValueInfoProto.newBuilder().setName("o"))
                    .build();
            return OnnxFile.opset(17)
                    .function(function("Outer", "a -> b")
                            .addNode(node("Inner", "call", "a -> c").toBuilder().setDomain("local"))
                            .addNode(node("Sigmoid", "s", "c -> b"))
                            .build())
                    .function(function("Inner", "a -> b")
                            .addAttribute("slope")
                            .addAttributeProto(attribute("axis", 1))
                            .addNode(node("Softmax", "soft", "a -> b").toBuilder()
                                    .addAttribute(AttributeProto.newBuilder()
                                            .setName("axis")
                                            .setRefAttrName("axis")
                                            .setType(AttributeProto.AttributeType.INT)))
                            .build())
                    .input("x", FLOAT32, "N", 4)
                    .input("cond", BOOL)
                    .add(node("Outer", "first", "x -> y").toBuilder()
                            .setDomain("local")
                            .build())
                    .add("If", "choice", "cond -> z", attribute("then_branch", outer), attribute("else_branch", inner))
                    .output("z")
                    .model();
        }
    },

    /** Weights in a file of their own. */
    EXTERNAL {
        @Override
        ModelProto model() {
            ModelProto.Builder model = TorchLeNet.withWeights(1).model().toBuilder();
            long offset = 0;
            for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
                int bytes = tensor.getRawData().size();
                tensor.clearRawData()
                        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                        .addExternalData(entry("location", "weights.bin"))
                        .addExternalData(entry("offset", Long.toString(offset)))
                        .addExternalData(entry("length", Integer.toString(bytes)));
                offset += bytes;
            }
            return model.build();
        }
    };

    abstract ModelProto model();

    /** The model; puts what it needs beside it. */
    ModelProto write(Path folder) throws IOException {
        Files.write(folder.resolve("weights.bin"), new byte[TorchLeNet.PARAMETERS * Float.BYTES]);
        return model();
    }

    static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    static Tensor longs(long... values) {
        return Tensor.of(values, values.length);
    }

    /** A function with one line of operands and results, as {@link OnnxFile#node} takes it. */
    static FunctionProto.Builder function(String name, String values) {
        String[] sides = values.split("->");
        return FunctionProto.newBuilder()
                .setName(name)
                .addAllInput(Arrays.asList(sides[0].strip().split(" ")))
                .addAllOutput(Arrays.asList(sides[1].strip().split(" ")))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
    }
}
