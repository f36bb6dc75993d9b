package dev.convoy.conformance.gradient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.reference.ReferenceInterpreter;
import dev.convoy.conformance.reference.ReferenceInterpreter.Results;
import dev.convoy.graph.CoreOp;
import dev.convoy.graph.GraphBuilder;
import dev.convoy.graph.Op;
import dev.convoy.graph.UnaryFn;
import dev.convoy.graph.Value;
import dev.convoy.graph.composite.LogSoftmax;
import dev.convoy.graph.gradient.CompositeGradient;
import dev.convoy.graph.gradient.Pullback;
import dev.convoy.tensor.Parameters;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every gradient rule against central differences in double, and the checker against wrong rules. */
class GradientsTest {

    private static final Map<String, List<GradientProblem>> PROBLEMS = GradientProblems.all();

    private static final List<String> OVER_WINDOWS = List.of(
            "Convolution", "ConvInputGrad", "ConvFilterGrad", "MaxPool", "MaxPoolGrad", "AvgPool", "AvgPoolGrad");

    @TestFactory
    Stream<DynamicTest> gradientsAreWhatDifferencesGive() {
        return PROBLEMS.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(), () -> entry.getValue().forEach(CentralDifferences::requireAgreement)));
    }

    @Test
    void thereAreProblemsEnough() {
        PROBLEMS.forEach((name, problems) -> {
            int least = OVER_WINDOWS.contains(name) ? 300 : 30;
            assertTrue(problems.size() >= least, () -> name + " has " + problems.size() + " problems");
        });
    }

    /** Nothing real comes out of, or goes into, the ops that are left out; Cast rounds. */
    @Test
    void everyOpHasProblems() {
        TreeSet<String> missing = new TreeSet<>();
        for (Class<?> family : CoreOp.class.getPermittedSubclasses()) {
            for (Class<?> op : family.getPermittedSubclasses()) {
                boolean found = PROBLEMS.keySet().stream()
                        .anyMatch(name -> name.equalsIgnoreCase(op.getSimpleName())
                                || name.toLowerCase(Locale.ROOT)
                                        .startsWith(op.getSimpleName().toLowerCase(Locale.ROOT) + "."));
                if (!found) {
                    missing.add(op.getSimpleName());
                }
            }
        }
        assertEquals(new TreeSet<>(List.of("ArgReduce", "Cast", "Compare", "Constant", "Iota")), missing);
    }

    @Test
    void compositesWithAGradientOfTheirOwnAgreeWithTheirDecomposition() {
        TreeSet<String> compared = new TreeSet<>();
        PROBLEMS.forEach((name, problems) -> {
            for (GradientProblem problem : problems) {
                if (hasOwnGradient(problem)) {
                    compared.add(name);
                    GradientProblem wide = problem.inDouble();
                    Results own = gradients(wide);
                    gradients(wide.decomposed()).outputs().forEach((operand, expected) -> {
                        Tensor actual = own.output(operand);
                        assertArrayEquals(expected.doubles(), actual.doubles(), 1e-12, problem::toString);
                    });
                }
            }
        });
        assertEquals(
                new TreeSet<>(List.of("BatchNormTraining", "LogSigmoid", "LogSoftmax", "Softmax", "Softplus")),
                compared);
    }

    private static boolean hasOwnGradient(GradientProblem problem) {
        return problem.forward().nodes().stream().anyMatch(node -> node.op() instanceof CompositeGradient);
    }

    private static Results gradients(GradientProblem problem) {
        return ReferenceInterpreter.run(problem.gradients(), problem.inputs(), Parameters.empty());
    }

    /** Twice what it should be. */
    private record Doubled() implements CompositeGradient {
        @Override
        public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
            return List.of(g.unary(UnaryFn.EXP, inputs.getFirst()));
        }

        @Override
        public void gradient(Pullback node) {
            node.to(0, () -> node.graph().mul(node.graph().mul(node.gradient(), node.result(0)), 2));
        }
    }

    /** Without the term that the normalisation brings. */
    private record Incomplete() implements CompositeGradient {
        @Override
        public List<Value> decompose(GraphBuilder g, List<Value> inputs) {
            return g.add(new LogSoftmax(0), inputs);
        }

        @Override
        public void gradient(Pullback node) {
            node.to(0, node::gradient);
        }
    }

    @Test
    void wrongGradientsAreFound() {
        Tensor x = Draws.uniform(new Random(1), Shape.of(50), -1, 1);
        for (Op wrong : List.of(new Doubled(), new Incomplete())) {
            GradientProblem problem = GradientProblem.of(wrong, 7, List.of(x));
            AssertionError error =
                    assertThrows(AssertionError.class, () -> CentralDifferences.requireAgreement(problem));
            assertTrue(error.toString().endsWith("seed 7"), error::toString);
        }
    }
}
