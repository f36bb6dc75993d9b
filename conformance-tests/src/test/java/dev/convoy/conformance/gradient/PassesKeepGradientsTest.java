package dev.convoy.conformance.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.conformance.reference.ReferenceInterpreter.Results;
import dev.convoy.graph.Graph;
import dev.convoy.graph.Layout;
import dev.convoy.graph.pass.Passes;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The passes that prepare a graph for a backend leave gradients as they are, whatever layout it asks for. */
class PassesKeepGradientsTest {

    /** One problem in so many is taken. */
    private static final int STRIDE = 40;

    @TestFactory
    Stream<DynamicTest> preparedGraphsComputeTheSame() {
        return GradientProblems.all().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    List<GradientProblem> problems = entry.getValue();
                    for (int i = 0; i < problems.size(); i += STRIDE) {
                        compare(problems.get(i).inDouble());
                    }
                }));
    }

    private static void compare(GradientProblem problem) {
        Graph graph = problem.gradients();
        Results expected = ReferenceInterpreter.run(graph, problem.inputs(), Parameters.empty());
        for (Layout layout : Layout.values()) {
            for (boolean claims : new boolean[] {false, true}) {
                Graph prepared = Passes.prepare(graph, layout, composite -> claims);
                Results actual = ReferenceInterpreter.run(prepared, problem.inputs(), Parameters.empty());
                expected.outputs().forEach((name, tensor) -> compare(tensor, actual.output(name), problem, prepared));
            }
        }
    }

    private static void compare(Tensor expected, Tensor actual, GradientProblem problem, Graph prepared) {
        for (int i = 0; i < expected.size(); i++) {
            double allowed = 1e-9 * Math.max(1, Math.abs(expected.get(i)));
            assertEquals(expected.get(i), actual.get(i), allowed, () -> problem + "\n" + prepared);
        }
    }
}
