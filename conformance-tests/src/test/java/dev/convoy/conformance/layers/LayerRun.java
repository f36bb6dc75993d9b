package dev.convoy.conformance.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.Graph;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.ParameterSpec;
import dev.convoy.models.Functional;
import dev.convoy.models.LayerNode;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Symbol;
import dev.convoy.models.Trace;
import dev.convoy.tensor.Dim;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs one layer as a model on the reference interpreter: traced with a named batch, then bound, so that every case also
 * shows that the layer does not need to know the batch.
 */
final class LayerRun {

    /** Keras computes in float32 and its outputs are written here with seven digits. */
    private static final double TOLERANCE = 2e-6;

    private final Layer layer;
    private final List<Tensor> inputs;
    private final Map<String, Tensor> parameters = new HashMap<>();
    private final List<Tensor> noise = new ArrayList<>();
    private Mode mode = Mode.INFERENCE;

    private LayerRun(Layer layer, List<Tensor> inputs) {
        this.layer = layer;
        this.inputs = inputs;
    }

    static LayerRun of(Layer layer, Tensor... inputs) {
        return new LayerRun(layer, List.of(inputs));
    }

    /** On inputs of these shapes, filled by {@link #input}. */
    static LayerRun of(Layer layer, int[]... shapes) {
        List<Tensor> inputs = new ArrayList<>();
        for (int[] shape : shapes) {
            inputs.add(input(shape));
        }
        return new LayerRun(layer, inputs);
    }

    /** Element i is {@code ((7 i + 3) mod 11 - 5) / 4}. */
    static Tensor input(int... shape) {
        return filled(7, 3, 11, 5, 4, shape);
    }

    /** Of parameter k of a layer, element i is {@code ((5 i + 2 + 3 k) mod 13 - 6) / 8}. */
    static Tensor weight(int k, int... shape) {
        return filled(5, 2 + 3 * k, 13, 6, 8, shape);
    }

    static int[] shape(int... sizes) {
        return sizes;
    }

    private static Tensor filled(int step, int start, int modulus, int centre, float divisor, int... shape) {
        float[] values = new float[(int) Shape.of(shape).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((step * i + start) % modulus - centre) / divisor;
        }
        return Tensor.of(values, shape);
    }

    /** Instead of {@link #weight}. */
    LayerRun parameter(String name, Tensor value) {
        parameters.put(name, value);
        return this;
    }

    /** In training, with these random numbers in the order in which the layer asks for them. */
    LayerRun training(Tensor... drawn) {
        mode = Mode.TRAINING;
        noise.addAll(List.of(drawn));
        return this;
    }

    /** Numbers separated by white space. */
    void gives(int[] shape, String expected) {
        gives(
                shape,
                Arrays.stream(expected.strip().split("\\s+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray());
    }

    void gives(int[] shape, double... expected) {
        Tensor y = run();
        assertEquals(Shape.of(shape), y.shape());
        assertArrayEquals(expected, y.doubles(), TOLERANCE * largest(expected));
    }

    private static double largest(double[] values) {
        double largest = 1;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private Tensor run() {
        List<Symbol> symbols = new ArrayList<>();
        for (Tensor input : inputs) {
            Shape shape = input.shape().with(0, Dim.named(Input.BATCH));
            symbols.add(Symbol.of(new Input(null, new TensorSpec(input.type(), shape))));
        }
        LayerNode node = LayerNode.named("layer", layer);
        Model model = Functional.of("model", symbols, Symbol.call(node, symbols));
        Trace trace = model.trace(Map.of(), mode);
        Graph graph =
                trace.graph().bind(Map.of(Input.BATCH, inputs.getFirst().shape().size(0)));
        Map<String, Tensor> feeds = new HashMap<>();
        List<String> names = List.copyOf(model.inputs().keySet());
        for (int i = 0; i < names.size(); i++) {
            feeds.put(names.get(i), inputs.get(i));
        }
        List<String> drawn = List.copyOf(trace.noise().keySet());
        assertEquals(drawn.size(), noise.size(), "random tensors asked for");
        for (int i = 0; i < drawn.size(); i++) {
            feeds.put(drawn.get(i), noise.get(i));
        }
        Parameters values = values(model.parameterSpecs());
        return ReferenceInterpreter.run(graph, feeds, values)
                .outputs()
                .firstEntry()
                .getValue();
    }

    private Parameters values(List<ParameterSpec> specs) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (ParameterSpec spec : specs) {
            String name = spec.name().substring("layer/".length());
            Tensor made = weight(values.size(), spec.spec().shape().sizes());
            values.put(spec.name(), parameters.getOrDefault(name, made));
        }
        return Parameters.of(values);
    }
}
