package dev.convoy.benchmarks.race;

import dev.convoy.graph.Graph;
import dev.convoy.graph.pass.Passes;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.Permute;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.onnx.lowering.OnnxLowering;
import dev.convoy.onnx.proto.ModelProto;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A model as ONNX Runtime likes it, with the input to match. Pictures are given and taken channels first; the file has no
 * transpose, and caps of activations are written as {@code Clip}, which ONNX Runtime puts into the convolution before it.
 *
 * @param input what the model is run on
 * @param output the shape of the output, channels first
 */
record OnnxForm(byte[] bytes, Tensor input, Shape output) {

    private static final int PICTURE = 4;

    /**
     * @param model with one input and one output, channels last
     * @param data its input
     */
    static OnnxForm of(Model model, Tensor data) {
        boolean picture = data.shape().rank() == PICTURE;
        Model turned = turned(model);
        Tensor input = picture ? channelsFirst(data) : data;
        Graph graph = turned.trace(
                        Map.of(turned.inputs().firstEntry().getKey(), InputSpec.of(input.spec())), Mode.INFERENCE)
                .graph()
                .freeze(turned.parameters()::get);
        Graph prepared = Passes.prepare(graph, OnnxLowering.LAYOUT, OnnxLowering::claims);
        ModelProto proto = ClipFusion.apply(OnnxLowering.lower(prepared).model());
        proto.getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("Transpose"))
                .findFirst()
                .ifPresent(node -> {
                    throw new IllegalStateException(
                            "Model '" + model.name() + "' keeps a transpose for ONNX Runtime, " + node.getName());
                });
        Shape output = prepared.outputs().firstEntry().getValue().shape();
        return new OnnxForm(proto.toByteArray(), input, output);
    }

    private static Model turned(Model model) {
        Shape in = model.inputs().firstEntry().getValue().shape();
        Shape out = model.outputs().firstEntry().getValue().shape();
        if (in.rank() != PICTURE) {
            return model;
        }
        List<Layer> layers = new ArrayList<>(List.of(Permute.of(2, 3, 1), model));
        if (out.rank() == PICTURE) {
            layers.add(Permute.of(3, 1, 2));
        }
        return Sequential.of(model.name(), Input.of(in.size(3), in.size(1), in.size(2)), layers);
    }

    /** The output as the other sides give it. */
    float[] channelsLast(float[] values) {
        if (output.rank() != PICTURE) {
            return values;
        }
        Shape shape = output;
        return swapped(values, shape.size(0), shape.size(1), shape.size(2) * shape.size(3));
    }

    private static Tensor channelsFirst(Tensor data) {
        Shape s = data.shape();
        float[] values = swapped(data.floats(), s.size(0), s.size(1) * s.size(2), s.size(3));
        return Tensor.of(values, s.size(0), s.size(3), s.size(1), s.size(2));
    }

    /** Swaps the last two of the axes {@code [n, a, b]}. */
    private static float[] swapped(float[] values, int n, int a, int b) {
        float[] result = new float[values.length];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < a; j++) {
                for (int k = 0; k < b; k++) {
                    result[(i * b + k) * a + j] = values[(i * a + j) * b + k];
                }
            }
        }
        return result;
    }
}
