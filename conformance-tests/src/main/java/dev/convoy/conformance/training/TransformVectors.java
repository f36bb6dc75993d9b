package dev.convoy.conformance.training;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.training.Vectors.Vector;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Value;
import dev.convoy.graph.gradient.Gradients;
import dev.convoy.layers.Constraint;
import dev.convoy.layers.Regularizer;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import dev.convoy.training.GradientTransform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** U3: clipping of gradients; U4: constraints; U5: regularizers and their gradients. */
final class TransformVectors {

    private static final double TOLERANCE = 2e-6;
    private static final int ROWS = 3;
    private static final int COLUMNS = 4;

    private static final Map<String, GradientTransform> TRANSFORMS = Map.of(
            "clipvalue", new GradientTransform.ClipValue(0.5),
            "clipnorm", new GradientTransform.ClipNorm(2),
            "global_clipnorm", new GradientTransform.GlobalClipNorm(3));

    private static final Map<String, Constraint> CONSTRAINTS = Map.of(
            "max_norm", new Constraint.MaxNorm(2, List.of(0)),
            "unit_norm", new Constraint.UnitNorm(List.of(0)),
            "non_negative", new Constraint.NonNegative());

    private TransformVectors() {}

    static List<ConformanceCheck> checks() {
        return Stream.of(
                        checks("U3", "transform", TransformVectors::transform),
                        checks("U4", "constraint", TransformVectors::constrain),
                        checks("U5", "regularizer", TransformVectors::regularize))
                .flatMap(List::stream)
                .toList();
    }

    private static List<ConformanceCheck> checks(String rule, String kind, BiConsumer<Subject, Vector> run) {
        return Vectors.of(kind).entrySet().stream()
                .map(e -> new ConformanceCheck(
                        "required/training." + rule + "/" + e.getKey(),
                        subject -> e.getValue().forEach(vector -> run.accept(subject, vector))))
                .toList();
    }

    private static void transform(Subject subject, Vector vector) {
        GradientTransform transform = Objects.requireNonNull(TRANSFORMS.get(vector.name()));
        GraphBuilder g = new GraphBuilder();
        List<Value> gradients = new ArrayList<>();
        Map<String, Tensor> inputs = new HashMap<>();
        for (double[] gradient : vector.tensors(0)) {
            String name = "gradient" + inputs.size();
            gradients.add(g.input(name, TensorSpec.float32(gradient.length)));
            inputs.put(name, Draw.tensor(gradient, gradient.length));
        }
        List<Value> results = transform.apply(g, gradients);
        for (int i = 0; i < results.size(); i++) {
            g.output("result" + i, results.get(i));
        }
        Map<String, Tensor> outputs = subject.run(g.build(), inputs);
        List<double[]> expected = vector.tensors(1);
        for (int i = 0; i < expected.size(); i++) {
            Tensor actual = Objects.requireNonNull(outputs.get("result" + i));
            Close.whole(vector.name() + " of gradient " + i, expected.get(i), actual, TOLERANCE);
        }
    }

    private static void constrain(Subject subject, Vector vector) {
        Constraint constraint = Objects.requireNonNull(CONSTRAINTS.get(vector.name()));
        GraphBuilder g = new GraphBuilder();
        g.output("result", constraint.apply(g, g.input("w", TensorSpec.float32(ROWS, COLUMNS))));
        Map<String, Tensor> outputs = subject.run(g.build(), weight(vector));
        Close.whole(vector.name(), vector.numbers(1), Objects.requireNonNull(outputs.get("result")), TOLERANCE);
    }

    private static void regularize(Subject subject, Vector vector) {
        GraphBuilder g = new GraphBuilder();
        Value weight = g.input("w", TensorSpec.float32(ROWS, COLUMNS));
        Value penalty = new Regularizer.L1L2(0.02, 0.03).penalty(g, weight);
        g.output("penalty", penalty);
        g.output("gradient", Gradients.of(g, penalty, List.of(weight)).getFirst());
        Map<String, Tensor> outputs = subject.run(g.build(), weight(vector));
        Close.whole("the penalty", vector.numbers(1), Objects.requireNonNull(outputs.get("penalty")), TOLERANCE);
        Close.whole("its gradient", vector.numbers(2), Objects.requireNonNull(outputs.get("gradient")), TOLERANCE);
    }

    private static Map<String, Tensor> weight(Vector vector) {
        return Map.of("w", Draw.tensor(vector.numbers(0), ROWS, COLUMNS));
    }
}
