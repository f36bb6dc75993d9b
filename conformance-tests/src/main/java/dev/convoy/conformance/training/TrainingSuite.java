package dev.convoy.conformance.training;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.gradient.BackendGradients;
import dev.convoy.conformance.gradient.GradientProblem;
import dev.convoy.conformance.gradient.GradientProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
 *
 * <p>The checks named {@code gradient.<op>} hold the gradients of generated problems to those that the reference
 * interpreter computes in double.
 */
public final class TrainingSuite {

    private TrainingSuite() {}

    public static List<ConformanceCheck> all() {
        List<ConformanceCheck> checks = new ArrayList<>();
        checks.addAll(gradients());
        checks.addAll(StepVectors.checks());
        checks.addAll(LossVectors.checks());
        checks.addAll(TransformVectors.checks());
        checks.addAll(TrainingChecks.all());
        return checks;
    }

    private static List<ConformanceCheck> gradients() {
        List<ConformanceCheck> checks = new ArrayList<>();
        GradientProblems.sample().forEach((name, problems) -> {
            Map<Long, Integer> ofSeed = new HashMap<>();
            for (GradientProblem problem : problems) {
                int number = ofSeed.merge(problem.seed(), 1, Integer::sum);
                String id = "required/gradient." + rule(name) + "/seed-" + problem.seed()
                        + (number == 1 ? "" : "-" + number);
                checks.add(new ConformanceCheck(
                        id, subject -> BackendGradients.requireAgreement(subject.backend(), problem)));
            }
        });
        return checks;
    }

    private static String rule(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
