package dev.convoy.conformance.examples;

import dev.convoy.conformance.check.Subject;
import dev.convoy.graph.Graph;
import dev.convoy.layers.Activations;
import dev.convoy.layers.Concatenate;
import dev.convoy.layers.Conv2D;
import dev.convoy.layers.Dense;
import dev.convoy.layers.Dropout;
import dev.convoy.layers.Flatten;
import dev.convoy.layers.Input;
import dev.convoy.layers.Layer;
import dev.convoy.layers.MaxPooling2D;
import dev.convoy.layers.Noise;
import dev.convoy.layers.Padding;
import dev.convoy.models.Functional;
import dev.convoy.models.InputSpec;
import dev.convoy.models.Mode;
import dev.convoy.models.Model;
import dev.convoy.models.Sequential;
import dev.convoy.models.Summary;
import dev.convoy.models.Symbol;
import dev.convoy.models.Trace;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/** Whole models of the documents, and the parts that only appear in them. */
final class ModelExamples {

    private ModelExamples() {}

    /** The table of shapes and parameters is the document's; a picture goes through. */
    static void model(Example example, Subject subject) {
        List<Layer> layers = new ArrayList<>();
        example.get("layers").forEach(entry -> layers.add(layer(entry)));
        int[] picture =
                List.of(example.integers("input")).stream().mapToInt(i -> i).toArray();
        Model model = Sequential.of("model", Input.of(picture), layers).initialized(7);
        Summary summary = model.summary();
        Run.requireEqual("number of layers", layers.size(), summary.rows().size());
        for (int i = 0; i < layers.size(); i++) {
            requireRow(example.get("layers").get(i), summary.rows().get(i));
        }
        Run.requireEqual("total parameters", (long) example.number("total_params"), summary.total());
        if (example.has("trainable_params")) {
            Run.requireEqual("trainable", (long) example.number("trainable_params"), summary.trainable());
            Run.requireEqual("non-trainable", (long) example.number("non_trainable_params"), summary.nonTrainable());
        }
        int[] batch = Shape.of(1).concat(Shape.of(picture)).sizes();
        Tensor y = Run.outputs(subject, model, Run.random(3, batch)).getFirst();
        Run.requireEqual(
                "result",
                summary.rows().getLast().outputs().getFirst().slice(1, 2),
                y.shape().slice(1, 2));
    }

    private static void requireRow(JsonNode expected, Summary.Row row) {
        String name = expected.path("class").asString();
        Run.requireEqual("class", name, row.className());
        if (expected.has("name")) {
            Run.requireEqual("name", expected.path("name").asString(), row.name());
        }
        Shape output = row.outputs().getFirst();
        Run.requireEqual(
                "output of " + row.name(),
                Shape.of(Example.integers(expected.path("output"))),
                output.slice(1, output.rank()));
        Run.requireEqual("parameters of " + row.name(), expected.path("params").asLong(), row.parameters());
    }

    private static Layer layer(JsonNode entry) {
        Layer layer = switch (entry.path("class").asString()) {
            case "Conv2D" -> {
                Conv2D conv = Conv2D.of(entry.path("filters").asInt(), integers(entry.path("kernel")))
                        .padding(padding(entry))
                        .activation(activation(entry));
                yield entry.has("strides") ? conv.strides(integers(entry.path("strides"))) : conv;
            }
            case "MaxPooling2D" -> {
                MaxPooling2D pool =
                        MaxPooling2D.of(integers(entry.path("pool"))).padding(padding(entry));
                yield entry.has("stride") ? pool.strides(integers(entry.path("stride"))) : pool;
            }
            case "Flatten" -> Flatten.of();
            case "Dense" -> Dense.of(entry.path("units").asInt()).activation(activation(entry));
            case "Dropout" -> Dropout.of(1 - entry.path("keep").asDouble());
            default -> throw new AssertionError("No check knows the layer " + entry);
        };
        return entry.has("name") ? layer.named(entry.path("name").asString()) : layer;
    }

    private static Integer[] integers(JsonNode list) {
        return Example.integers(list).toArray(Integer[]::new);
    }

    private static Padding padding(JsonNode entry) {
        return entry.has("padding") ? Example.padding(entry.path("padding")) : Padding.VALID;
    }

    private static Activations activation(JsonNode entry) {
        return entry.has("activation")
                ? Activations.valueOf(entry.path("activation").asString().toUpperCase(Locale.ROOT))
                : Activations.LINEAR;
    }

    /** Training keeps with probability p and multiplies by 1/p; testing changes nothing. */
    static void dropout(Subject subject) {
        double keep = 0.75;
        Tensor x = Run.random(9, 1, 1000);
        Model model = Run.model(Dropout.of(1 - keep), x);
        Run.require("testing", x, Run.outputs(subject, model, x).getFirst(), Run.CLOSE);
        String input = model.inputs().firstEntry().getKey();
        Trace trace = model.trace(Map.of(input, InputSpec.of(x.spec())), Mode.TRAINING);
        Run.requireEqual(
                "what is drawn",
                List.of(new Noise.Bernoulli(keep)),
                List.copyOf(trace.noise().values()));
        Random random = new Random(10);
        boolean[] kept = new boolean[1000];
        float[] expected = new float[1000];
        for (int i = 0; i < 1000; i++) {
            kept[i] = random.nextDouble() < keep;
            expected[i] = kept[i] ? (float) (x.get(i) / keep) : 0;
        }
        Graph graph = trace.graph();
        Map<String, Tensor> inputs = Map.of(input, x, trace.noise().firstEntry().getKey(), Tensor.of(kept, 1, 1000));
        Map<String, Tensor> outputs = subject.run(graph, inputs);
        Tensor y = outputs.get(graph.outputs().firstEntry().getKey());
        if (y == null) {
            throw new AssertionError("No output; there are " + outputs.keySet());
        }
        Run.require("training", Tensor.of(expected, 1, 1000), y, Run.CLOSE);
    }

    /** Four branches side by side, joined over channels: the result is that of each branch alone. */
    static void inception(Example example, Subject subject) {
        Symbol input = Symbol.input(8, 8, 3);
        List<Symbol> branches = new ArrayList<>();
        for (JsonNode words : example.get("branches")) {
            branches.add(branch(input, words.asString(), branches.size() + 2));
        }
        Symbol[] others = branches.subList(1, branches.size()).toArray(Symbol[]::new);
        Model module = Functional.of(input, branches.getFirst().to(Concatenate.of(), others))
                .initialized(11);
        Tensor x = Run.random(12, 2, 8, 8, 3);
        Tensor joined = Run.outputs(subject, module, x).getFirst();
        Run.requireEqual("shape", Shape.of(2, 8, 8, 2 + 3 + 4 + 5), joined.shape());
        int first = 0;
        for (Symbol branch : branches) {
            Model alone = Functional.of(input, branch);
            Map<String, Tensor> own = new LinkedHashMap<>();
            alone.parameters()
                    .names()
                    .forEach(name -> own.put(name, module.parameters().get(name)));
            Tensor y = Run.outputs(subject, alone.withParameters(Parameters.of(own)), x)
                    .getFirst();
            int channels = y.shape().size(-1);
            Run.require("channels from " + first, channels(joined, first, channels), y, Run.CLOSE);
            first += channels;
        }
    }

    /** For example {@code 1x1 -> 3x3}: convolutions of these sizes, or a pool, one behind the other. */
    private static Symbol branch(Symbol input, String words, int filters) {
        Symbol current = input;
        for (String step : words.split(" -> ")) {
            Layer layer = step.equals("pool")
                    ? MaxPooling2D.of(3).strides(1).padding(Padding.SAME)
                    : Conv2D.of(filters, Integer.valueOf(step.substring(0, 1))).padding(Padding.SAME);
            current = current.to(layer.named(("branch " + filters + " " + step).replace(' ', '_')));
        }
        return current;
    }

    private static Tensor channels(Tensor x, int first, int count) {
        int all = x.shape().size(-1);
        float[] values = new float[x.size() / all * count];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) x.get(i / count * all + first + i % count);
        }
        return Tensor.wrap(x.spec().withShape(x.shape().with(-1, count)), values);
    }
}
