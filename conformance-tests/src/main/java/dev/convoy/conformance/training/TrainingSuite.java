package dev.convoy.conformance.training;

import dev.convoy.conformance.check.ConformanceCheck;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of training.
 *
 * <ul>
 *   <li>U1: an optimizer step from a recorded state gives the recorded parameters and slots.
 *   <li>U2: losses and their gradients are those recorded.
 *   <li>U3, U4, U5: so are clipped gradients, constrained weights, and penalties with their gradients.
 *   <li>U6: a training follows the same training on the reference backend, step by step.
 *   <li>U7: so does one whose last batch is smaller, and an evaluation between steps sees the steps before it.
 *   <li>U8: the same seed gives the same bits.
 * </ul>
 */
public final class TrainingSuite {

    private TrainingSuite() {}

    public static List<ConformanceCheck> all() {
        List<ConformanceCheck> checks = new ArrayList<>();
        checks.addAll(StepVectors.checks());
        checks.addAll(LossVectors.checks());
        checks.addAll(TransformVectors.checks());
        checks.addAll(TrainingChecks.all());
        return checks;
    }
}
