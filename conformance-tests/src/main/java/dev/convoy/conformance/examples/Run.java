package dev.convoy.conformance.examples;

import dev.convoy.conformance.cases.Comparison;
import dev.convoy.conformance.cases.Tolerance;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.Graph;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Runs models on the backend under test. */
final class Run {

    /** Examples are printed with few digits and small numbers; this is rounding in float32, not in print. */
    static final Tolerance CLOSE = new Tolerance.Within(1e-5);

    private Run() {}

    /** A model of one layer for inputs like {@code x}, the batch included. */
    static Model model(Layer layer, Tensor x) {
        Shape shape = x.shape();
        return Sequential.of(Input.of(shape.slice(1, shape.rank()).sizes()), layer);
    }

    /** The model with its parameters replaced, in their order. */
    static Model with(Model model, Tensor... parameters) {
        Map<String, Tensor> replaced = new LinkedHashMap<>();
        for (String name : model.parameters().names()) {
            replaced.put(name, parameters[replaced.size()]);
        }
        return model.withParameters(Parameters.of(replaced));
    }

    /** All outputs of the model in order, computed on the backend and held to the reference interpreter. */
    static List<Tensor> outputs(Subject subject, Model model, Tensor x) {
        String input = model.inputs().firstEntry().getKey();
        Graph graph = model.trace(Map.of(input, InputSpec.of(x.spec())), Mode.INFERENCE)
                .graph()
                .freeze(model.parameters()::get);
        Map<String, Tensor> outputs = subject.run(graph, Map.of(input, x));
        ReferenceInterpreter.run(graph, Map.of(input, x), Parameters.empty())
                .outputs()
                .forEach((name, tensor) ->
                        require("output '" + name + "'", tensor, output(outputs, name), new Tolerance.Within(1e-4)));
        return graph.outputs().keySet().stream()
                .map(name -> output(outputs, name))
                .toList();
    }

    private static Tensor output(Map<String, Tensor> outputs, String name) {
        Tensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new AssertionError("No output '" + name + "'; there are " + outputs.keySet());
        }
        return tensor;
    }

    /** The first output of a model of one layer. */
    static Tensor layer(Subject subject, Layer layer, Tensor x, Tensor... parameters) {
        return outputs(subject, with(model(layer, x), parameters), x).getFirst();
    }

    static void require(String what, Tensor expected, Tensor actual, Tolerance tolerance) {
        Comparison.requireClose(what, expected, actual, tolerance, null);
    }

    static void requireEqual(String what, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError(what + ": expected " + expected + ", got " + actual);
        }
    }

    /** A picture of one channel, {@code [1, h, w, 1]}. */
    static Tensor picture(double[][] rows) {
        return plane(rows, 1, rows.length, rows[0].length, 1);
    }

    static Tensor plane(double[][] rows, int... sizes) {
        float[] values = new float[rows.length * rows[0].length];
        int i = 0;
        for (double[] row : rows) {
            for (double value : row) {
                values[i++] = (float) value;
            }
        }
        return Tensor.of(values, sizes);
    }

    static Tensor random(long seed, int... sizes) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(Shape.of(sizes).elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return Tensor.wrap(TensorSpec.float32(sizes), values);
    }
}
