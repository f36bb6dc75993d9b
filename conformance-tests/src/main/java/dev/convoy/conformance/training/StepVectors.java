package dev.convoy.conformance.training;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.training.Vectors.Vector;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.update.AdamUpdate;
import dev.convoy.graph.update.RmsPropUpdate;
import dev.convoy.graph.update.UpdateOp.Slot;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/** U1: one optimizer step from each of 20 recorded states. */
public final class StepVectors {

    /** The largest difference allowed, relative to the larger of an element before and after the step. */
    public static final double TOLERANCE = 2e-6;

    private static final SequencedMap<String, Optimizer> OPTIMIZERS = optimizers();

    private StepVectors() {}

    /** Every optimizer of Keras with its defaults, and its variants, by the name that the vectors have. */
    public static SequencedMap<String, Optimizer> optimizers() {
        SequencedMap<String, Optimizer> all = new LinkedHashMap<>();
        all.put("sgd", Optimizer.sgd());
        all.put("sgd-momentum", Optimizer.sgd(0.9, false));
        all.put("sgd-nesterov", Optimizer.sgd(0.9, true));
        all.put("rmsprop", Optimizer.rmsprop());
        all.put("rmsprop-momentum", Optimizer.of(new RmsPropUpdate(0.9, 0.8, 1e-7, false), 0.001));
        all.put("rmsprop-centered", Optimizer.of(new RmsPropUpdate(0.9, 0, 1e-7, true), 0.001));
        all.put("rmsprop-centered-momentum", Optimizer.of(new RmsPropUpdate(0.9, 0.8, 1e-7, true), 0.001));
        all.put("adagrad", Optimizer.adagrad());
        all.put("adadelta", Optimizer.adadelta());
        all.put("adam", Optimizer.adam());
        all.put("adam-amsgrad", Optimizer.of(new AdamUpdate(0.9, 0.999, 1e-7, true), 0.001));
        all.put("adamw", Optimizer.adamW());
        all.put("adamax", Optimizer.adamax());
        all.put("nadam", Optimizer.nadam());
        return all;
    }

    static List<ConformanceCheck> checks() {
        return Vectors.of("step").entrySet().stream()
                .map(e -> new ConformanceCheck(
                        "required/training.U1/" + e.getKey(), subject -> run(subject, e.getKey(), e.getValue())))
                .toList();
    }

    private static void run(Subject subject, String name, List<Vector> vectors) {
        Optimizer optimizer = Objects.requireNonNull(OPTIMIZERS.get(name), name);
        Graph graph = graph(optimizer, vectors.getFirst().numbers(2).length);
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open()) {
            for (Vector vector : vectors) {
                Map<String, Tensor> results =
                        session.run(inputs(vector), graph.outputs().keySet());
                String at = name + " at step " + vector.fields().getFirst();
                compare(at + ": the parameter", vector.numbers(5), results.get("w"), vector.numbers(2));
                List<double[]> before = vector.tensors(4);
                List<double[]> after = vector.tensors(6);
                List<Slot> slots = optimizer.update().slots();
                for (int i = 0; i < slots.size(); i++) {
                    String slot = at + ": " + slots.get(i).name();
                    compare(slot, after.get(i), results.get("slot" + i), before.get(i));
                }
            }
        }
    }

    private static void compare(
            String what, double[] expected, @org.jspecify.annotations.Nullable Tensor actual, double[] before) {
        Close.elements(what, expected, Objects.requireNonNull(actual), before, TOLERANCE);
    }

    private static Graph graph(Optimizer optimizer, int elements) {
        GraphBuilder g = new GraphBuilder();
        TensorSpec spec = TensorSpec.float32(elements);
        Value parameter = g.input("w", spec);
        Value gradient = g.input("gradient", spec);
        Value rate = g.input("rate", TensorSpec.float32());
        Value step = g.input("step", new TensorSpec(DataType.INT64, Shape.SCALAR));
        List<Value> slots = new ArrayList<>();
        for (Slot slot : optimizer.update().slots()) {
            slots.add(g.input("slot" + slots.size(), slot.spec(spec)));
        }
        List<Value> results = optimizer.write(g, parameter, gradient, rate, step, slots);
        g.output("w", results.getFirst());
        for (int i = 1; i < results.size(); i++) {
            g.output("slot" + (i - 1), results.get(i));
        }
        return g.build();
    }

    private static Map<String, Tensor> inputs(Vector vector) {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        inputs.put("step", Tensor.scalar(Long.parseLong(vector.fields().getFirst())));
        inputs.put("rate", Tensor.scalar((float) vector.numbers(1)[0]));
        double[] parameter = vector.numbers(2);
        inputs.put("w", Draw.tensor(parameter, parameter.length));
        inputs.put("gradient", Draw.tensor(vector.numbers(3), parameter.length));
        List<double[]> slots = vector.tensors(4);
        for (int i = 0; i < slots.size(); i++) {
            double[] slot = slots.get(i);
            inputs.put("slot" + i, slot.length == 1 ? Tensor.scalar((float) slot[0]) : Draw.tensor(slot, slot.length));
        }
        return inputs;
    }
}
