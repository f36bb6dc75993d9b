package dev.convoy.conformance.gradient;

import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.graph.CoreOp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The gradient problems as checks of a backend: {@code required/gradient.softmax/problem-2} holds the gradients of Softmax
 * to the reference interpreter's, {@code required/composite.softmax/problem-2} Softmax itself, which a backend may have
 * claimed, to its decomposition.
 */
public final class GradientChecks {

    private static final int GRADIENTS_PER_OP = 4;

    private GradientChecks() {}

    /** Some gradients of each op, and each composite itself. */
    public static List<ConformanceCheck> all() {
        Set<String> coreOps = coreOps(CoreOp.class)
                .map(op -> op.getSimpleName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        List<ConformanceCheck> checks = new ArrayList<>();
        GradientProblems.sample().forEach((name, problems) -> {
            String op = name.split("[. ]")[0].toLowerCase(Locale.ROOT);
            String key = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
            int stride = Math.ceilDiv(problems.size(), GRADIENTS_PER_OP);
            for (int i = 0; i < problems.size(); i++) {
                GradientProblem problem = problems.get(i);
                if (i % stride == 0) {
                    checks.add(new ConformanceCheck(
                            "required/gradient." + key + "/problem-" + i,
                            subject -> BackendGradients.requireAgreement(subject.backend(), problem)));
                }
                if (!coreOps.contains(op)) {
                    checks.add(new ConformanceCheck(
                            "required/composite." + key + "/problem-" + i,
                            subject -> BackendGradients.requireForwardAgreement(subject.backend(), problem)));
                }
            }
        });
        return List.copyOf(checks);
    }

    private static Stream<Class<?>> coreOps(Class<?> family) {
        return family.isSealed()
                ? Arrays.stream(family.getPermittedSubclasses()).flatMap(GradientChecks::coreOps)
                : Stream.of(family);
    }
}
