package dev.convoy.spi.interpret;

import dev.convoy.graph.ContractionOp;
import dev.convoy.graph.Node;
import dev.convoy.graph.Value;
import dev.convoy.spi.Plan;
import dev.convoy.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tells in the terms of {@link Plan} what a program does. */
final class Explanation {

    private Explanation() {}

    static Plan of(Schedule schedule, MemoryPlan memory, List<Program.Call> calls, Collection<Tensor> constants) {
        List<Plan.Step> steps = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            steps.add(of(schedule, schedule.steps().get(i), calls.get(i)));
        }
        return new Plan(
                steps,
                constants.stream()
                        .mapToLong(
                                t -> t.shape().elements() * t.type().storage().bytes())
                        .sum(),
                calls.stream().mapToLong(call -> call.kernel().packedBytes()).sum(),
                memory.liveBytes(),
                memory.buffers().stream()
                        .mapToLong(b -> (long) b.length() * b.storage().bytes())
                        .sum());
    }

    private static Plan.Step of(Schedule schedule, Step step, Program.Call call) {
        List<Value> results = IntStream.range(0, call.outputs().length)
                .filter(i -> call.outputs()[i] >= 0)
                .mapToObj(step.outputs()::get)
                .toList();
        Value result = step.outputs().getFirst();
        List<Value> written = step.inputs().stream()
                .filter(v -> schedule.source(v) == schedule.source(result))
                .toList();
        return new Plan.Step(
                step.nodes().stream().map(n -> n.op().name()).collect(Collectors.joining("+")),
                step.first().origin(),
                call.kernel().describe()
                        + (written.isEmpty()
                                ? ""
                                : ", " + written.size() + " of " + step.inputs().size() + " in place")
                        + (schedule.source(result) == result ? "" : " into Concat"),
                results.stream().map(Value::spec).toList(),
                step.nodes().stream().mapToLong(Explanation::multiplyAdds).sum(),
                bytes(Stream.concat(step.inputs().stream().distinct(), results.stream()))
                        - 2 * bytes(written.stream()));
    }

    private static long bytes(Stream<Value> values) {
        return values.mapToLong(
                        v -> v.shape().elements() * v.spec().type().storage().bytes())
                .sum();
    }

    private static long multiplyAdds(Node node) {
        if (!(node.op() instanceof ContractionOp contraction)) {
            return 0;
        }
        return switch (contraction) {
            case ContractionOp.MatMul op ->
                node.output().shape().elements() * node.input(0).shape().size(op.transposeA() ? -2 : -1);
            case ContractionOp.Convolution _ -> products(node.output(), node.input(1));
            case ContractionOp.ConvInputGrad _ -> products(node.input(0), node.input(1));
            case ContractionOp.ConvFilterGrad _ -> products(node.input(1), node.output());
        };
    }

    /** Windows times output channels, each of which takes all elements of the kernel that belong to the channel. */
    private static long products(Value result, Value kernel) {
        return result.shape().elements()
                * (kernel.shape().elements() / kernel.shape().size(-1));
    }
}
