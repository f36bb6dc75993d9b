package dev.convoy.spi;

import dev.convoy.tensor.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * What a backend made of a graph: the steps of a run in order, and the memory that they take.
 *
 * @param steps at least one
 * @param weightBytes the graph's constants
 * @param packedBytes copies of constants in the form that kernels want, in addition
 * @param liveBytes results that are needed at the same time, at the worst moment of a run
 * @param bufferBytes the arrays that hold all results of one session, inputs left out
 */
public record Plan(List<Step> steps, long weightBytes, long packedBytes, long liveBytes, long bufferBytes) {

    private static final double MEGA = 1e6;

    /**
     * What one kernel computes.
     *
     * @param ops the joined ops, {@code Convolution+Binary+Unary}
     * @param layer the path of the layer that wrote them; empty if none did
     * @param kernel how they are computed, {@code implicit GEMM} for example
     * @param results what leaves the step
     * @param multiplyAdds multiplications that the definition of a contraction asks for, whatever the kernel does; 0 for
     *     other ops
     * @param bytes operands read once and results written once
     */
    public record Step(
            String ops, String layer, String kernel, List<TensorSpec> results, long multiplyAdds, long bytes) {

        public Step {
            results = List.copyOf(results);
        }
    }

    public Plan {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A plan has at least one step");
        }
    }

    /** The plan of a graph that its backend runs as a whole. */
    static Plan of(Signature signature) {
        Step whole = new Step(
                "graph", "", "of its own", List.copyOf(signature.outputs().values()), 0, 0);
        return new Plan(List.of(whole), 0, 0, 0, 0);
    }

    /** A table of the steps, and the memory below. */
    @Override
    public String toString() {
        int ops = width("op".length(), s -> s.ops().length());
        int kernel = width("kernel".length(), s -> s.kernel().length());
        int result = width("result".length(), s -> results(s).length());
        StringBuilder table = new StringBuilder();
        String heading = "%3s  %-" + ops + "s  %-" + kernel + "s  %-" + result + "s  %10s  %8s  %s%n";
        table.append(String.format(heading, "", "op", "kernel", "result", "Mmul-adds", "MB", "layer"));
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            table.append(String.format(
                    heading,
                    i + 1,
                    step.ops(),
                    step.kernel(),
                    results(step),
                    step.multiplyAdds() == 0 ? "" : mega(step.multiplyAdds()),
                    mega(step.bytes()),
                    step.layer()));
        }
        return table.append(String.format(
                        "weights %s MB, packed %s MB, results %s MB at most at once, in buffers of %s MB",
                        mega(weightBytes), mega(packedBytes), mega(liveBytes), mega(bufferBytes)))
                .toString();
    }

    private int width(int least, ToIntFunction<Step> length) {
        return Math.max(least, steps.stream().mapToInt(length).max().orElse(0));
    }

    private static String results(Step step) {
        return String.join(
                ", ", step.results().stream().map(TensorSpec::toString).toList());
    }

    private static String mega(long count) {
        return String.format(Locale.ROOT, "%.2f", count / MEGA);
    }
}
