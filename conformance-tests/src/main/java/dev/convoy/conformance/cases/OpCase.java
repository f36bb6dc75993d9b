package dev.convoy.conformance.cases;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.NotApplicableException;
import dev.convoy.conformance.check.Subject;
import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.Graph;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Op;
import dev.convoy.graph.Value;
import dev.convoy.spi.BackendException;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.DataType;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One op on given operands.
 *
 * @param rule what the case is about within the op: a numbered rule ({@code C3}), a function ({@code relu}), or
 *     {@code meaning}
 * @param name the rest of its id
 * @param operands one tensor each
 * @param constants which operands the graph holds as constants; the others are its inputs
 * @param expectation what has to come out
 * @param tolerance how close
 * @param isRequired whether a backend may not refuse it
 */
public record OpCase(
        String rule,
        String name,
        Op op,
        List<Tensor> operands,
        Set<Integer> constants,
        Expectation expectation,
        Tolerance tolerance,
        boolean isRequired) {

    /** What has to come out of a case. */
    public sealed interface Expectation {

        /** These results, derived by hand or taken from outside. */
        record Results(List<Tensor> tensors) implements Expectation {}

        /** What the {@link ReferenceInterpreter} gives. */
        record Reference() implements Expectation {}

        /** An exception when it runs. */
        record Failure() implements Expectation {}
    }

    public OpCase {
        operands = List.copyOf(operands);
        constants = Set.copyOf(constants);
    }

    /** For example {@code required/convolution.C3/groups-2-of-4-channels}. */
    public String id() {
        return (isRequired ? "required/" : "optional/") + op.key() + "." + rule + "/" + name;
    }

    /** The case as a check of a backend. */
    public ConformanceCheck check() {
        return new ConformanceCheck(id(), this::run);
    }

    /** The graph of one node: operands {@code x0, x1, …}, results {@code y0, y1, …}. */
    public Graph graph() {
        GraphBuilder g = new GraphBuilder();
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Tensor operand = operands.get(i);
            values.add(constants.contains(i) ? g.constant(operand) : g.input("x" + i, operand.spec()));
        }
        List<Value> results = g.add(op, values);
        for (int i = 0; i < results.size(); i++) {
            g.output("y" + i, results.get(i));
        }
        return g.build();
    }

    /** The operands that are inputs, by name. */
    public Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (int i = 0; i < operands.size(); i++) {
            if (!constants.contains(i)) {
                inputs.put("x" + i, operands.get(i));
            }
        }
        return inputs;
    }

    /** What has to come out, by name. */
    public Map<String, Tensor> expected() {
        return switch (expectation) {
            case Expectation.Results(List<Tensor> tensors) -> {
                Map<String, Tensor> expected = new LinkedHashMap<>();
                for (Tensor tensor : tensors) {
                    expected.put("y" + expected.size(), tensor);
                }
                yield expected;
            }
            case Expectation.Reference() ->
                ReferenceInterpreter.run(graph(), inputs(), Parameters.empty()).outputs();
            case Expectation.Failure() -> Map.of();
        };
    }

    private void run(Subject subject) {
        if (expectation instanceof Expectation.Failure) {
            requireFailure(subject);
            return;
        }
        Map<String, Tensor> actual = results(subject);
        Map<String, Tensor> magnitudes = tolerance instanceof Tolerance.Summed ? magnitudes() : Map.of();
        expected().forEach((name, tensor) -> {
            Tensor result = actual.get(name);
            if (result == null) {
                throw new AssertionError("No result '" + name + "'; there are " + actual.keySet());
            }
            try {
                Comparison.requireClose(name, tensor, result, tolerance, magnitudes.get(name));
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n  of " + describe(), e);
            }
        });
    }

    private Map<String, Tensor> results(Subject subject) {
        try {
            return subject.run(graph(), inputs());
        } catch (BackendException e) {
            if (isRequired) {
                throw e;
            }
            throw new NotApplicableException("refused: " + e.getMessage());
        }
    }

    private void requireFailure(Subject subject) {
        Graph graph = graph();
        try (Executable executable = Compilation.compile(subject.backend(), graph);
                Session session = executable.open()) {
            requireFailure(session, graph);
        }
    }

    private void requireFailure(Session session, Graph graph) {
        Map<String, Tensor> results;
        try {
            results = session.run(inputs(), graph.outputs().keySet());
        } catch (RuntimeException expected) {
            return;
        }
        throw new AssertionError("It ran, without an exception, to " + results + "\n  of " + describe());
    }

    /** For sums of products: the sums of their magnitudes. */
    private Map<String, Tensor> magnitudes() {
        List<Tensor> absolute = operands.stream().map(OpCase::absolute).toList();
        OpCase magnitude =
                new OpCase(rule, name, op, absolute, constants, new Expectation.Reference(), tolerance, isRequired);
        return magnitude.expected();
    }

    private static Tensor absolute(Tensor tensor) {
        if (tensor.type() != DataType.FLOAT32) {
            return tensor;
        }
        float[] values = tensor.floats().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.abs(values[i]);
        }
        return Tensor.wrap(tensor.spec(), values);
    }

    private String describe() {
        List<TensorSpec> specs = operands.stream().map(Tensor::spec).toList();
        return op + " on " + specs + (constants.isEmpty() ? "" : ", constant operands " + constants);
    }
}
