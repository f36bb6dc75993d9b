package dev.convoy.conformance.gradient;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.graph.Graph;
import dev.convoy.spi.Backend;
import dev.convoy.spi.Compilation;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds a backend, which computes in float32, to the gradients that the reference interpreter computes in double. */
public final class BackendGradients {

    /** The largest difference allowed, relative to the largest element of an operand's gradient, or 1 if that is less. */
    public static final double TOLERANCE = 2e-5;

    private BackendGradients() {}

    /**
     * Compiles and runs the gradients of a problem.
     *
     * @throws AssertionError if an element differs by more than {@link #TOLERANCE}; names the problem with its seed
     * @throws dev.convoy.spi.BackendException if the backend refuses an op
     */
    public static void requireAgreement(Backend backend, GradientProblem problem) {
        requireAgreement(backend, problem, problem.gradients());
    }

    /**
     * Compiles and runs the function of a problem itself.
     *
     * @throws AssertionError if an element differs by more than {@link #TOLERANCE}; names the problem with its seed
     * @throws dev.convoy.spi.BackendException if the backend refuses an op
     */
    public static void requireForwardAgreement(Backend backend, GradientProblem problem) {
        requireAgreement(backend, problem, problem.forward());
    }

    private static void requireAgreement(Backend backend, GradientProblem problem, Graph graph) {
        Map<String, Tensor> expected = ReferenceInterpreter.run(graph, problem.inputs(), Parameters.empty())
                .outputs();
        try (Executable executable = Compilation.compile(backend, graph);
                Session session = executable.open()) {
            Map<String, Tensor> actual = session.run(problem.inputs(), expected.keySet());
            expected.forEach((name, tensor) -> compare(name, tensor, actual.get(name), problem));
        }
    }

    private static void compare(String name, Tensor expected, @Nullable Tensor actual, GradientProblem problem) {
        if (actual == null || !actual.shape().equals(expected.shape())) {
            throw new AssertionError("Result " + name + " is " + actual + ": " + problem);
        }
        double largest = Arrays.stream(expected.doubles()).map(Math::abs).max().orElse(0);
        double allowed = TOLERANCE * Math.max(1, largest);
        for (int i = 0; i < expected.size(); i++) {
            if (!(Math.abs(expected.get(i) - actual.get(i)) <= allowed)) {
                throw new AssertionError("Result " + name + " differs at element " + i + ": expected " + expected.get(i)
                        + ", got " + actual.get(i) + ", allowed ±" + allowed + "; " + problem);
            }
        }
    }
}
