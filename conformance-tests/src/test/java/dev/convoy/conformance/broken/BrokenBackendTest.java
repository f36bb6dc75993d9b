package dev.convoy.conformance.broken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.convoy.conformance.ConformanceReport;
import dev.convoy.conformance.ConformanceRun;
import dev.convoy.conformance.ConformanceSuite;
import dev.convoy.conformance.check.ConformanceCheck;
import dev.convoy.conformance.check.Profile;
import dev.convoy.spi.BackendProvider;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds each fault, blames nothing else, and names the hand-made case that shows it. */
class BrokenBackendTest {

    /** Without what is generated, whole trainings and the slow examples. */
    private static final List<ConformanceCheck> HAND_MADE = ConformanceSuite.checks().stream()
            .filter(c -> !c.id().contains("problem-") && !c.id().contains("random-"))
            .filter(c -> !c.group().equals("training"))
            .filter(c -> !Set.of("example.model", "example.formula").contains(c.rule()))
            .toList();

    /** A fault, what may fail because of it, and a check that has to. */
    private static Arguments fault(BackendProvider fault, Set<String> groups, String... checks) {
        return Arguments.argumentSet(fault.name(), fault, groups, Set.of(checks));
    }

    static Stream<Arguments> faults() {
        Set<String> convolution = Set.of("convolution", "example");
        return Stream.of(
                fault(
                        Fault.ofOps("flipped-kernel", OpFaults.flippedKernel()),
                        convolution,
                        "required/convolution.meaning/the-kernel-is-not-flipped"),
                fault(
                        Fault.ofOps("ignored-dilation", OpFaults.ignoredDilation()),
                        convolution,
                        "required/convolution.C5/dilation-2"),
                fault(
                        Fault.ofOps("pads-on-the-wrong-side", OpFaults.padsOnTheWrongSide()),
                        convolution,
                        "required/convolution.C6/pads-at-the-end",
                        "required/convolution.C6/pads-at-the-begin"),
                fault(
                        Fault.ofOps("interleaved-groups", OpFaults.interleavedGroups()),
                        convolution,
                        "required/convolution.C3/groups-2-of-4-channels",
                        "required/convolution.C4/depthwise-with-multiplier-2"),
                fault(
                        Fault.ofOps("integers-as-floats", OpFaults.integersAsFloats()),
                        Set.of("convolution", "mat_mul"),
                        "required/convolution.C1/int32-is-not-float",
                        "required/mat_mul.C1/int32-is-not-float"),
                fault(
                        Fault.ofOps("padding-counted", OpFaults.paddingCounted()),
                        Set.of("avg_pool", "example"),
                        "required/avg_pool.C3/padding-does-not-count"),
                fault(
                        Fault.ofOps("last-of-equal-elements", OpFaults.lastOfEqualElements()),
                        Set.of("max_pool"),
                        "required/max_pool.meaning/the-first-of-equal-elements"),
                fault(
                        Fault.ofOps("argmax-takes-the-last", OpFaults.argMaxTakesTheLast()),
                        Set.of("arg_reduce"),
                        "required/arg_reduce.meaning/largest-first-on-tie"),
                fault(
                        Fault.ofOps("relu-swallows-nan", OpFaults.reluSwallowsNaN()),
                        Set.of("unary"),
                        "required/unary.relu/known-values"),
                fault(
                        new Fault("forgotten-updates", SessionFaults::forgottenUpdates, (session, options) -> session),
                        Set.of("state"),
                        "required/state.T2/update-after-the-run",
                        "required/state.T3/swap",
                        "required/state.T4/two-executables"),
                fault(
                        Fault.ofSessions("stale", SessionFaults::stale),
                        Set.of("session", "state"),
                        "required/session.S2/later-runs-leave-results-alone",
                        "required/state.T2/update-after-the-run"),
                fault(
                        Fault.ofSessions("shared-buffers", SessionFaults::sharedBuffers),
                        Set.of("session", "state"),
                        "required/session.S2/later-runs-leave-results-alone"),
                fault(
                        Fault.ofSessions("never-closed", SessionFaults::neverClosed),
                        Set.of("backend"),
                        "required/backend.B1/session"),
                fault(
                        new Fault("thread-dependent", graph -> graph, SessionFaults::threadDependent),
                        Set.of("session"),
                        "required/session.S6/threads-1-2-3"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void everyFaultIsFoundAndNamed(BackendProvider fault, Set<String> groups, Set<String> checks) {
        ConformanceReport report = ConformanceRun.run(fault, Profile.COMPLETE, HAND_MADE, result -> {});
        Set<String> failed = report.failures().stream().map(r -> r.check().id()).collect(Collectors.toSet());
        Set<String> missed = new TreeSet<>(checks);
        missed.removeAll(failed);
        assertEquals(Set.of(), missed, () -> "not found; what failed: " + failed);
        Set<String> blamed =
                report.failures().stream().map(r -> r.check().group()).collect(Collectors.toSet());
        assertTrue(groups.containsAll(blamed), () -> "expected failures in " + groups + " only, got " + failed);
    }
}
