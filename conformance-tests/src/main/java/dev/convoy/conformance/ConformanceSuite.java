package dev.convoy.conformance;

import dev.convoy.conformance.cases.OpCase;
import dev.convoy.conformance.cases.OpCases;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.examples.DocumentedExamples;
import dev.convoy.conformance.gradient.GradientChecks;
import dev.convoy.conformance.session.LifecycleChecks;
import dev.convoy.conformance.session.SessionChecks;
import dev.convoy.conformance.session.StateChecks;
import dev.convoy.conformance.training.TrainingSuite;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every check of the kit; the JUnit class and the runner take theirs from here. */
public final class ConformanceSuite {

    private ConformanceSuite() {}

    /** All checks: lifecycle, sessions, states, documented examples, ops, gradients, composites and training. Ids are unique. */
    public static List<ConformanceCheck> checks() {
        List<ConformanceCheck> checks = new ArrayList<>();
        checks.addAll(LifecycleChecks.all());
        checks.addAll(SessionChecks.all());
        checks.addAll(StateChecks.all());
        checks.addAll(DocumentedExamples.all());
        OpCases.all().stream().map(OpCase::check).forEach(checks::add);
        checks.addAll(GradientChecks.all());
        checks.addAll(TrainingSuite.all());
        Set<String> ids = new HashSet<>();
        for (ConformanceCheck check : checks) {
            if (!ids.add(check.id())) {
                throw new IllegalStateException("Two checks are called " + check.id());
            }
        }
        return List.copyOf(checks);
    }
}
