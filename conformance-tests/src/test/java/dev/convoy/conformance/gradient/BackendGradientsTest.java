package dev.convoy.conformance.gradient;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.convoy.conformance.reference.ReferenceProvider;
import dev.convoy.graph.ElementwiseOp;
import dev.convoy.graph.Layout;
import dev.convoy.graph.UnaryFn;
import dev.convoy.spi.Backend;
import dev.convoy.spi.BackendOptions;
import dev.convoy.spi.Executable;
import dev.convoy.spi.Session;
import dev.convoy.spi.Support;
import dev.convoy.tensor.Shape;
import dev.convoy.tensor.Tensor;
import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackendGradientsTest {

    @ParameterizedTest
    @EnumSource
    void theReferenceBackendAgreesInEitherLayout(Layout layout) {
        try (Backend backend = new ReferenceProvider(layout).create(BackendOptions.defaults())) {
            GradientProblems.sample()
                    .forEach((name, problems) -> BackendGradients.requireAgreement(backend, problems.getLast()));
        }
    }

    @Test
    void aBackendThatGivesSomethingElseIsFound() {
        GradientProblem right = GradientProblem.of(
                new ElementwiseOp.Unary(UnaryFn.EXP), 3, List.of(Draws.uniform(new Random(2), Shape.of(4), -1, 1)));
        Session session = mock();
        Executable executable = mock();
        Backend backend = mock();
        when(backend.layout()).thenReturn(Layout.CHANNELS_LAST);
        when(backend.check(any())).thenReturn(Support.FULL);
        when(backend.compile(any())).thenReturn(executable);
        when(executable.open()).thenReturn(session);
        when(session.run(any(), any())).thenReturn(Map.of("d0", Tensor.zeros(TensorSpec.float32(4))));
        AssertionError error =
                assertThrows(AssertionError.class, () -> BackendGradients.requireAgreement(backend, right));
        assertTrue(error.toString().contains("Result d0 differs at element 0"), error::toString);
        assertTrue(error.toString().endsWith("seed 3"), error::toString);
    }
}
